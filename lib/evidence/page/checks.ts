/** Every check with what it judged; and what the rule packs found, and why that is accepted. */
import { dayWords } from '../../register/calendar';
import { count, type Html, html } from '../../words';
import type { CheckResult, Evidence } from '../model';
import { broken, details, list, paragraph, table } from './govuk';
import { stateTag } from './state-tag';

/** Places that are written out on the page; evidence.json has them all. */
const MOST_PLACES = 3;
const MOST_FAILURES = 50;

/** The checks. */
export function checksSection({ checks }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="checks">The checks</h2>
${paragraph(
  'Each check is a pure function of the templates. It judges every resource that it concerns, and each judgement has a JSON pointer to the property that showed it. A few of them are given here, evidence.json has them all, and verify.mjs follows every one.',
)}
${checks.map(checkDetails)}</section>
`;
}

function checkDetails(check: CheckResult): Html {
  const { id, title, why, reads, doesNotProve, remediation, judgements } = check;
  const { passed, failed, accepted, notApplicable } = check;
  const applies = passed + accepted + failed;
  const first = [
    ...judgements.filter(({ outcome }) => outcome === 'fail'),
    ...judgements.filter(({ outcome }) => outcome === 'pass').slice(0, MOST_PLACES),
    ...judgements.filter(({ outcome }) => outcome === 'not applicable').slice(0, 1),
  ].slice(0, Math.max(MOST_PLACES, Math.min(failed + accepted, MOST_FAILURES)));
  return html`<div id="check-${id}">${details(
    html`${id}: ${title} ${applies === 0 ? html`<span class="quiet">does not apply</span>` : html`${count(passed)} of ${count(applies)}`}${accepted > 0 ? html` <span class="quiet">${count(accepted)} accepted</span>` : undefined}${failed > 0 ? html` ${stateTag('failed')}` : undefined}`,
    html`<p>${why}</p><p>Reads: ${reads.join('; ')}.</p>
${doesNotProve === '' || doesNotProve === '-' ? undefined : html`<p>Does not prove: ${doesNotProve}</p>`}${failed > 0 ? html`<p>To fix: ${remediation}</p>` : undefined}
${list(first.map(({ outcome, file, pointer, saw, register, accepted: isAccepted }) => html`${outcome}${isAccepted ? ', accepted as an exception' : ''}: ${saw}${register === undefined ? '' : ` (${register})`}<br><code>${file} ${pointer}</code>`))}
${judgements.length > first.length ? html`<p>${count(judgements.length)} judgements in all${notApplicable > 0 ? `, ${count(notApplicable)} of them not applicable` : ''}: evidence.json has each.</p>` : undefined}`,
  )}</div>`;
}

/** What other packs found. */
export function findingsSection({ packs, findings }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="findings">Rule packs and open findings</h2>
${
  packs.length === 0
    ? paragraph('No rule pack has left a report in this assembly: make it with npx concordat synth.')
    : table(
        'Packs that ran',
        ['Pack', 'Open', 'Acknowledged'],
        packs.map(({ name, open, acknowledged }) => [name, count(open), count(acknowledged)]),
        { numbers: [1, 2] },
      )
}
${
  findings.length === 0
    ? paragraph('No finding is open.')
    : table(
        'Open findings',
        ['Rule', 'What', 'Place'],
        findings.map(({ rule, severity, description, place }) => [
          `${rule} (${severity})`,
          description,
          html`<code>${place}</code>`,
        ]),
      )
}</section>
`;
}

/** Findings that are accepted. */
export function exceptionsSection({ exceptions, asOf }: Evidence): Html {
  const past = exceptions.filter((each) => each.past).length;
  return html`<section><h2 class="govuk-heading-l" id="exceptions">Exceptions</h2>
${paragraph(
  `${count(exceptions.length)} exceptions, ${past === 0 ? 'none' : count(past)} past its day of review on ${dayWords(asOf)}. Each stands on single resources, and none hides anything from the checks above.`,
)}
${table(
  'Exceptions',
  ['Rule', 'Reason', 'Owner, and how long it holds', 'On'],
  exceptions.map(({ rule, reason, owner, review, past: isPast, resources }) => [
    html`<code>${broken(rule)}</code>`,
    reason,
    html`${owner}, until <span class="day">${dayWords(review)}</span>${isPast ? stateTag('failed') : undefined}`,
    html`<code>${broken(resources[0] ?? '')}</code>${resources.length > 1 ? html` and ${count(resources.length - 1)} more` : undefined}`,
  ]),
  { underHeading: true, even: true },
)}</section>
`;
}

/** How near the limits of AWS are. */
export function headroomSection({ headroom }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="headroom">Headroom under the limits of AWS</h2>
${paragraph('The fullest use of each limit, anywhere in the assembly.')}
${table(
  'Limits',
  ['Limit', 'Used', 'Of', 'Full', 'Where'],
  headroom.map(({ what, used, most, stack, adjustable, source }) => [
    html`<a class="govuk-link" href="${source}" rel="noreferrer">${what}</a>${adjustable ? html`<span class="quiet">, which AWS raises on request</span>` : undefined}`,
    count(used),
    count(most),
    `${((100 * used) / most).toFixed(1)}%`,
    stack,
  ]),
  { numbers: [1, 2, 3], underHeading: true },
)}</section>
`;
}
