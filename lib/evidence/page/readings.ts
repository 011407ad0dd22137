/** Who reads objects under which agreement, on which days, by which statements. */
import { dayWords } from '../../register/calendar';
import { count, type Html, html } from '../../words';
import type { Evidence, Reading } from '../model';
import { broken, list, paragraph, table } from './govuk';
import { type Named, namedAmong } from './named';
import { stateTag } from './state-tag';

/** One row for each share in force or to come. */
export function readingsSection({ readings, proof, organisations }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="readings">Who reads which objects, and when</h2>
${readings === undefined ? paragraph('Not asked, since the access proof was not run.') : readingsText(readings, proof, namedAmong(organisations))}</section>
`;
}

function readingsText(readings: readonly Reading[], proof: Evidence['proof'], named: Named): Html {
  const common = commonTo(readings);
  const wrong = readings.filter(({ within, beyond }) => !within || beyond).length;
  return html`${paragraph(
    `To find who reads an object on a day, find its agreement by the beginning of its key, and the rows whose days hold the day, both included. Each row was asked of the templates in the first and the last second of its days, and in the second before and after: ${wrong === 0 ? 'each reads within its days and not beyond them' : `${count(wrong)} are not as agreed`}. An agreement that is not here lets nobody read as of the day of this pack. ${nobodyElse(proof)}`,
  )}
${paragraph('Whoever reads takes on the role concordat/concordat-collect of the recipient’s account; csv/readers.csv names the role, the roles of its people that may take it on, and the policy of each statement. An object must also be found clean and be released by the gate, and be asked for over TLS, through the access point.')}
${common.length > 0 ? html`<p class="govuk-body">Each row rests on these statements as well:</p>${list(common.map((each) => html`<code>${each}</code>`))}` : undefined}
${table(
  'Readers',
  ['Objects below', 'Owner', 'Reader', 'Days', 'By'],
  readings.map((each) => row(each, common, named)),
  { underHeading: true },
)}`;
}

function nobodyElse(proof: Evidence['proof']): string {
  if (!proof.run) return 'Whether anybody else reads, only the access proof can say, which was not run.';
  return proof.holds
    ? 'Nobody else reads: the access proof above holds for every other way.'
    : 'Who else reads, the findings of the access proof above say.';
}

function row(reading: Reading, common: readonly string[], named: Named) {
  const { prefix, owner, recipient, firstDay, lastDay, within, beyond, statements, missing } = reading;
  const own = statements.map(told).filter((each) => !common.includes(each));
  return [
    html`<code>${broken(prefix)}</code>`,
    named.cell(owner),
    html`${named.cell(recipient)}${within && !beyond ? undefined : html` ${stateTag('failed')}`}`,
    html`<span class="day">${dayWords(firstDay)}</span> to <span class="day">${dayWords(lastDay)}</span>`,
    within
      ? html`${own.map((each, index) => html`${index > 0 ? html`<br>` : undefined}<code>${broken(each)}</code>`)}${beyond ? ' on other days as well' : undefined}`
      : `does not read: ${missing.join('; ') || 'not on all of its days'}`,
  ];
}

/** A grant by its own name, which says of whose share it is. */
function told({ name, policy }: Reading['statements'][number]): string {
  return name === 'grant' ? `grant ${policy.split(' ')[0]}` : name;
}

/** What every row that reads rests on, so that it is said once. */
function commonTo(readings: readonly Reading[]): string[] {
  const [first, ...others] = readings
    .filter(({ within }) => within)
    .map(({ statements }) => new Set(statements.map(told)));
  return others.length === 0 || first === undefined
    ? []
    : [...first].filter((each) => others.every((other) => other.has(each)));
}
