/** What AWS is taken to do, by what it is about. */
import { dayWords } from '../../register/calendar';
import { count, type Html, html } from '../../words';
import type { Evidence, EvidenceAssumption } from '../model';
import { marked, paragraph, table } from './govuk';

/** The states that a tag can have, in the styles of the states of goals. */
const STYLES: Readonly<Record<EvidenceAssumption['state'], string>> = {
  'seen live': 'shown',
  documented: 'partly',
  assumed: 'not-shown',
  refuted: 'failed',
};

const SOURCES: Readonly<Record<EvidenceAssumption['source'], string>> = {
  documented: 'A page of AWS says so',
  open: 'AWS’s pages leave it open',
  undocumented: 'Undocumented',
};

const IF_FALSE: Readonly<Record<EvidenceAssumption['ifFalse']['how'], string>> = {
  closed: 'Fails closed',
  told: 'Is told',
  unseen: 'Nobody is told',
};

/** The list with its states. */
export function assumptionsSection({ assumptions }: Evidence): Html {
  const of = (state: EvidenceAssumption['state']) =>
    count(assumptions.filter((each) => each.state === state).length);
  const topics = [...new Set(assumptions.map(({ topic }) => topic))];
  return html`<section><h2 class="govuk-heading-l" id="assumptions">What AWS is taken to do</h2>
${paragraph(
  `The templates rest on these. ${of('seen live')} were seen live, ${of('documented')} are documented by AWS and were not seen live, ${of('assumed')} are assumed, ${of('refuted')} refuted. Live tests are recorded by npx concordat probe.`,
)}
${topics.map((topic) =>
  table(
    topic,
    [
      'Assumption',
      'State, and what AWS’s pages say',
      'What rests on it, and if it is not so',
      'Smallest live test',
    ],
    assumptions.filter((each) => each.topic === topic).map(row),
    { even: true },
  ),
)}</section>
`;
}

function row({ id, assumes, state, seen, source, page, checked, rests, ifFalse, test }: EvidenceAssumption) {
  const says = SOURCES[source];
  return [
    html`${marked(assumes)}<br><span class="quiet">${id}</span>`,
    html`<strong class="govuk-tag ${STYLES[state]}">${stateWords({ state, seen })}</strong>${seen === undefined ? undefined : html`<br>${seen.saw}`}<p>${page === undefined ? says : html`<a class="govuk-link" href="${page}" rel="noreferrer">${says}</a>`}, as of ${dayWords(checked)}.</p>`,
    html`<p>${marked(rests)}</p><p>${IF_FALSE[ifFalse.how]}: ${marked(ifFalse.what)}.</p>`,
    marked(
      test.because === undefined
        ? `By npx concordat probe${test.needsOrganisation ? ', with --organisation' : ''}: ${test.steps.join('; ')}.`
        : `By hand, since ${test.because}. ${test.steps.join(' ')}`,
    ),
  ];
}

function stateWords({ state, seen }: Pick<EvidenceAssumption, 'state' | 'seen'>): string {
  if (seen === undefined) return state;
  return state === 'refuted'
    ? `refuted on ${dayWords(seen.on)}`
    : `${state} on ${dayWords(seen.on)} in ${seen.region}`;
}
