/** Who can read whom, who holds which key, and the picture of each organisation. */

import type { Viz } from '@viz-js/viz';
import { STATE_IN_WORDS } from '../../register';
import { dayWords } from '../../register/calendar';
import { andList, count, type Html, html } from '../../words';
import { custodyFile } from '../custody-files';
import type { Evidence, EvidenceShare } from '../model';
import { broken, details, list, marked, paragraph, table, widePicture } from './govuk';
import { matrixFigure } from './matrix';
import { type Named, namedAmong } from './named';
import { neighboursOf, organisationPicture, sectorPicture } from './pictures';

/** The matrix, the picture by sector, the table of shares. */
export function sharingSection(evidence: Evidence, viz: Viz): Html {
  const { shares, organisations, undeclared, agreements } = evidence;
  const marks = new Map(
    agreements.map(({ id, markings, sealed }) => [
      id,
      [...markings, ...(sealed ? ['sealed'] : [])].join(', '),
    ]),
  );
  const named = namedAmong(organisations);
  // The last to be put there is the first of its agreement.
  const firstOf = new Map([...shares].reverse().map((share) => [share.agreement, share]));
  return html`<section><h2 class="govuk-heading-l" id="sharing">Who can read whom</h2>
${paragraph(
  `${count(agreements.length)} agreements make ${count(shares.length)} shares. A share is one access point, which lets one role of the recipient read the agreement’s objects, and one grant on the owner’s key. Both must say yes.`,
)}
${matrixFigure(evidence)}
<figure><figcaption class="govuk-body">The ways that data goes between sectors. The numbers are shares in force or to come.</figcaption>${widePicture('Data flow between sectors', sectorPicture(viz, organisations, shares))}</figure>
${sealedPart(agreements, named)}
${inboxPart(agreements, named)}
${undeclared.length > 0 ? html`<h3 class="govuk-heading-m">Access points that no agreement asks for</h3>${list(undeclared.map(({ saw, file, pointer }) => html`${saw} <code>${file}${pointer}</code>`))}` : undefined}
<h3 class="govuk-heading-m" id="shares">Every share</h3>
${paragraph('The last column is the logical id of the access point in the template of the owner’s stack. evidence.json has its whole path.')}
${agreementLinks(shares)}
${table(
  'Shares',
  ['Reader', 'Owner', 'Agreement', 'State', 'Access point'],
  shares.map((share) =>
    shareRow(share, named, marks.get(share.agreement), firstOf.get(share.agreement) === share),
  ),
  { underHeading: true },
)}</section>
`;
}

/** Of sealed agreements: who alone can read what is shared, and what is given up for it. */
function sealedPart(agreements: Evidence['agreements'], named: Named): Html | undefined {
  const all = agreements.flatMap(({ id, sealed, inboxes = [] }) =>
    sealed ? [{ id, ...sealed, isLetters: inboxes.length > 0 }] : [],
  );
  if (all.length === 0) return undefined;
  const letters = all.filter(({ isLetters }) => isLetters).map(({ id }) => id);
  return html`<h3 class="govuk-heading-m">What is sealed</h3>
${paragraph(
  'What is shared under these agreements is encrypted to keys of the recipients before it leaves the owner. Only who holds one of them can read it: neither AWS, nor the operator, nor the administrators of owner or recipient. Given up for it: the malware scan sees nothing inside, and the release gate checks the form of what is sealed, not its contract. The recipient’s client does both once it is opened. That the keys are whose the register says, and kept as it says, no template shows.',
)}
${
  letters.length === 0
    ? ''
    : paragraph(
        `Letters under ${andList(letters)} are sealed and opened in the mailbox’s page, in people’s browsers. It has them in clear, and the key that opens them: whoever can put another page in its place could read what is written and opened there from then on.`,
      )
}
${list(
  all.map(
    ({ id, keys, why }) =>
      html`${id}: ${keys.map(({ holder, keptBy }) => `${named.name(holder)} (${keptBy})`).join('; ')} Why: ${why}`,
  ),
)}`;
}

/** Of agreements under which people write to each other: to whom, and what that does not hold. */
function inboxPart(agreements: Evidence['agreements'], named: Named): Html | undefined {
  const all = agreements.flatMap(({ id, inboxes = [] }) =>
    inboxes.map((inbox) => ({ agreement: id, ...inbox })),
  );
  if (all.length === 0) return undefined;
  return html`<h3 class="govuk-heading-m">Who writes to whom</h3>
${paragraph(
  'Under these agreements people write messages to inboxes of teams. An inbox says whom a message is for. What AWS holds is the organisation: whoever may collect there can read what lies in all its inboxes.',
)}
${list(all.map(({ agreement, id, of, team }) => html`${agreement}: ${team} of ${named.name(of)} (<code>${id}</code>)`))}`;
}

/** Every agreement that has a share, from A to Z, each with a link to its first row. */
function agreementLinks(shares: readonly EvidenceShare[]): Html | undefined {
  const ids = [...new Set(shares.map(({ agreement }) => agreement))].sort();
  if (ids.length === 0) return undefined;
  return html`<p class="govuk-body-s">${ids.map((id, index) => html`${index > 0 ? ' · ' : ''}<a class="govuk-link" href="#agreement-${id}">${id}</a>`)}</p>`;
}

function shareRow(
  { recipient, owner, agreement, state, from, until, accessPoint, grant }: EvidenceShare,
  named: Named,
  marks: string | undefined,
  isFirst: boolean,
) {
  const called = marks ? `${agreement} (${marks})` : agreement;
  return [
    named.cell(recipient),
    named.cell(owner),
    isFirst ? html`<span id="agreement-${agreement}">${called}</span>` : called,
    stateWithDay(state, from, until),
    accessPoint === undefined
      ? 'none'
      : html`<code>${broken(accessPoint.pointer.replace('/Resources/', ''))}</code>${grant ? '' : ', no grant'}`,
  ];
}

/** How a share stands, with the day that matters next. */
export function stateWithDay(state: EvidenceShare['state'], from: string, until: string): Html {
  const none = { 'awaiting-approval': '', paused: '', suspended: '' };
  const day = { 'in-force': until, 'to-come': from, ended: until, ...none }[state];
  const before = { 'in-force': ' until', 'to-come': ' from', ended: ' on', ...none }[state];
  return html`${STATE_IN_WORDS[state]}${before}${day === '' ? undefined : html` <span class="day">${dayWords(day)}</span>`}`;
}

/** Who holds each key. */
export function custodySection({ custody, custodyAttention, organisations }: Evidence): Html {
  const named = namedAmong(organisations);
  const common = {
    administers: inEach(custody.map(({ administers }) => administers)),
    decrypts: inEach(custody.map(({ decrypts }) => decrypts)),
    grants: inEach(custody.map(({ grants }) => grants)),
  };
  // A column in which no key has anybody of its own would say so again and again: the sentence above the table has it all.
  const columns = DOES.filter(
    ({ of }) => common[of].length === 0 || custody.some((key) => key[of].length > common[of].length),
  );
  const clean = custody.filter(({ attention }) => attention.length === 0).length;
  return html`<section><h2 class="govuk-heading-l" id="custody">Custody register: who holds each key</h2>
${paragraph(
  `${count(clean)} of ${count(custody.length)} keys of shared data have nothing to look at twice. The whole statement of a key is in custody/, as npx concordat custody prints it.`,
)}
${custodyAttention.length > 0 ? list([...custodyAttention]) : undefined}
${commonWords(common, columns)}
${table(
  'Keys of shared data',
  ['Organisation', 'Held', ...columns.map(({ head }) => head)],
  custody.map((key) => [
    html`${named.cell(key.organisation)}<br><span class="quiet">account ${key.account}, <a class="govuk-link" href="${custodyFile(key.organisation, 'md')}">whole statement<span class="govuk-visually-hidden"> of ${named.name(key.organisation)}</span></a></span>${key.attention.map((each) => html`<p><strong>Look at twice:</strong> ${each}</p>`)}`,
    `${key.held}${key.shownBy === 'register' ? ' (the register says so; no template shows it)' : ''}`,
    ...columns.map(({ of }) => besides(key[of], common[of], named)),
  ]),
  { underHeading: true },
)}</section>
`;
}

/** Who does what with a key, as the table heads it and as a sentence says it of every key. */
const DOES = [
  { of: 'administers', head: 'Administered by', how: 'administered by' },
  { of: 'decrypts', head: 'Decrypt by the key’s policy', how: 'decrypted with, by its policy, by' },
  { of: 'grants', head: 'Decrypt by a grant', how: 'decrypted with, by a grant, by' },
] as const;
type Does = (typeof DOES)[number]['of'];

/** What stands in each list; nothing where there are too few to say so once for all. */
function inEach(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  return others.length < 2 ? [] : first.filter((each) => others.every((other) => other.includes(each)));
}

/** What is so of every key, said once. */
function commonWords(
  common: Readonly<Record<Does, readonly string[]>>,
  columns: readonly { readonly of: Does }[],
) {
  return DOES.filter(({ of }) => common[of].length > 0).map(
    ({
      of,
      how,
    }) => html`<p class="govuk-body">Every key is ${how}${columns.some((each) => each.of === of) ? undefined : ' these, and nobody besides'}:</p>
${list(common[of].map((each) => marked(each)))}`,
  );
}

function besides(words: readonly string[], common: readonly string[], named: Named) {
  const own = words.filter((each) => !common.includes(each));
  return common.length > 0 && own.length === 0 ? 'nobody besides' : several(own, named);
}

/** Each asker on a line: a role between backticks, or the id of an organisation. */
export function several(words: readonly string[], named: Named) {
  if (words.length === 0) return 'nobody';
  return words.map((each, index) => [
    index > 0 ? html`<br>` : undefined,
    each.includes('`') ? marked(each) : named.cell(each),
  ]);
}

/** One picture for each organisation, with its neighbours in words. */
export function organisationsSection({ organisations, shares }: Evidence, viz: Viz): Html {
  const sectorOf = new Map(organisations.map(({ id, sector }) => [id, sector]));
  const named = namedAmong(organisations);
  const byParty = new Map<string, EvidenceShare[]>(organisations.map(({ id }) => [id, []]));
  for (const share of shares) {
    byParty.get(share.owner)?.push(share);
    if (share.recipient !== share.owner) byParty.get(share.recipient)?.push(share);
  }
  return html`<section><h2 class="govuk-heading-l" id="organisations">Each organisation</h2>
${organisations.map((each) => {
  const sides = neighboursOf(each.id, byParty.get(each.id) ?? []);
  return details(
    `${each.name} (${each.id}): reads ${sides.reads.length}, read by ${sides.readBy.length}`,
    html`${widePicture(`Whom ${each.name} reads, and who reads it`, organisationPicture(viz, each, sides, sectorOf))}
<p>${each.sector}, ${each.membership}, account ${each.account}. Reads: ${named.all(sides.reads) || 'nobody'}. Read by: ${named.all(sides.readBy) || 'nobody'}.</p>`,
  );
})}</section>
`;
}
