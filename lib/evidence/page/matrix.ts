/** Who can read whom, as a sparse matrix grouped by sector: the whole network on one screen, and empty blocks where none can. */

import { isLiveState, SECTORS } from '../../register';
import { dayWords } from '../../register/calendar';
import { count, type Html, html } from '../../words';
import type { Evidence, EvidenceOrganisation, EvidenceShare } from '../model';
import { widePicture } from './govuk';

const SIDE = 720;
const LABELS = 170;
/** From so many organisations on, only sectors are named. */
const MOST_NAMED = 40;

/** In the order of sectors, then of ids. */
function bySector(organisations: readonly EvidenceOrganisation[]): EvidenceOrganisation[] {
  const rank = (each: EvidenceOrganisation) => SECTORS.indexOf(each.sector);
  return [...organisations].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** How a pair stands, by its share that says most: read today, to be read, or neither any more. */
const STANDINGS = ['now', 'later', 'no longer'] as const;
type Standing = (typeof STANDINGS)[number];

function standingOf(state: EvidenceShare['state']): Standing {
  return state === 'in-force' ? 'now' : isLiveState(state) ? 'later' : 'no longer';
}

/** A figure: rows read, columns are read. A full square is a share in force on the day of the pack. */
export function matrixFigure({ organisations, shares, asOf }: Evidence): Html {
  const ordered = bySector(organisations);
  const place = new Map(ordered.map(({ id }, index) => [id, index]));
  const cell = Math.min(24, SIDE / Math.max(1, ordered.length));
  const side = cell * ordered.length;
  const pairs = new Map<string, Standing>();
  for (const { recipient, owner, state } of shares) {
    const pair = `${recipient} ${owner}`;
    const [known = 'no longer', found] = [pairs.get(pair), standingOf(state)];
    pairs.set(pair, STANDINGS.indexOf(found) < STANDINGS.indexOf(known) ? found : known);
  }
  const number = (standing: Standing) => [...pairs.values()].filter((each) => each === standing).length;
  const groups = SECTORS.flatMap((sector) => {
    const members = ordered.filter((each) => each.sector === sector);
    const first = members[0] && place.get(members[0].id);
    return first === undefined ? [] : [{ sector, from: first, size: members.length }];
  });
  const at = (index: number) => round(index * cell);
  const lines = [0, ...groups.map(({ from, size }) => from + size)]
    .map((index) => `M${at(index)} 0V${round(side)}M0 ${at(index)}H${round(side)}`)
    .join('');
  const gap = cell > 6 ? 2 : 0;
  const size = round(cell - 2 * gap);
  const marksOf = (standing: Standing) =>
    [...pairs]
      .filter(([, each]) => each === standing)
      .map(([pair]) => {
        const [reader = '', owner = ''] = pair.split(' ');
        const from = `M${round((place.get(owner) ?? 0) * cell + gap)} ${round((place.get(reader) ?? 0) * cell + gap)}`;
        return standing === 'no longer'
          ? `${from}l${size} ${size}m0 -${size}l-${size} ${size}`
          : `${from}h${size}v${size}h-${size}z`;
      })
      .join('');
  const outlined = html`fill="none" stroke="currentColor" stroke-width="1.5"`;
  const named = ordered.length <= MOST_NAMED;
  const labels = named
    ? ordered.map(({ id, name }, index) => ({ text: id, name, middle: (index + 0.5) * cell }))
    : groups.map(({ sector, from, size: members }) => ({
        text: `${sector} (${members})`,
        name: undefined,
        middle: (from + members / 2) * cell,
      }));
  // Slanted names of the last sectors reach beyond the grid.
  const width = round(LABELS + side + (named ? 10 : 120));
  const picture = html`<svg viewBox="0 0 ${width} ${round(LABELS + side + 10)}" width="${width}" role="img" aria-label="Matrix of who can read whom: ${count(number('now'))} pairs now, ${count(number('later'))} later; the table of shares lists each">
<g transform="translate(${LABELS} ${LABELS})"><path class="grid" fill="none" d="${lines}"/><path class="dot" d="${marksOf('now')}"/><path ${outlined} d="${marksOf('later')}"/><path ${outlined} d="${marksOf('no longer')}"/>
${labels.map(
  ({
    text,
    name,
    middle,
  }) => html`<text x="-6" y="${round(middle + 4)}" class="end">${title(name)}${text}</text><text class="start" transform="translate(${round(middle + 4)} -6) rotate(-${named ? 90 : 45})">${title(name)}${text}</text>
`,
)}</g></svg>`;
  return html`<figure><figcaption class="govuk-body">Who can read whom on ${dayWords(asOf)}, of ${count(ordered.length * (ordered.length - 1))} ordered pairs of organisations: ${count(number('now'))} read now (a full square), ${count(number('later'))} are to (an empty square), ${count(number('no longer'))} no longer do or are stopped (a cross). Each row is a reader, each column whose data it reads; lines part the sectors. ${named ? 'Organisations stand here by their ids, which the tables have beside their names. ' : ''} What is empty is no access. <a class="govuk-link" href="#shares">The table of shares</a> says the same in words.</figcaption>
${widePicture('Matrix of who can read whom', picture)}</figure>
`;
}

/** What a pointer that rests on an id is told: there is no room for names. */
function title(name: string | undefined): Html | undefined {
  return name === undefined ? undefined : html`<title>${name}</title>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
