/** The principles with every goal, and the outcomes of the Cyber Assessment Framework. */

import { count, type Html, html } from '../../words';
import type { CafOutcome, Evidence, Goal, Principle, SubPrinciple } from '../model';
import { list, paragraph, table } from './govuk';
import { stateTag } from './state-tag';

/** The 14 principles. */
export function principlesSection({ principles }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="principles">The 14 principles, goal by goal</h2>
${paragraph(
  'The NCSC’s Cloud Security Principles are written from a customer about a provider. This zone is both: a customer of AWS, and a provider to its members. So each part says what is inherited from AWS, what the templates show of the operator, and what each member must do. The wording of goals is ours; the NCSC’s own is behind each link.',
)}
<p class="govuk-body-s">${principles.map(({ number, title }, index) => html`${index > 0 ? ' · ' : ''}<a class="govuk-link" href="#principle-${number}">${number}. ${title}</a>`)}</p>
${principles.map(principleSection)}</section>
`;
}

function principleSection({ number, title, link, parts }: Principle): Html {
  const name = `${number}. ${title}`;
  return html`<h3 class="govuk-heading-m" id="principle-${number}">${name}</h3>
<p class="govuk-body-s"><a class="govuk-link" href="${link}" rel="noreferrer">Principle ${number} at the NCSC</a></p>
${parts.map((part) => partSection(part, parts.length > 1, name))}`;
}

function partSection(part: SubPrinciple, several: boolean, principle: string): Html {
  const { id, title, inherited, member, goals, askFor, state, checks, passed, of } = part;
  return html`${several ? html`<h4 class="govuk-heading-s" id="part-${id}">${id} ${title}</h4>` : undefined}
<p class="govuk-body">${stateTag(state)} ${checks.length === 0 ? undefined : html`<span class="quiet">${count(passed)} of ${count(of)} judgements pass</span>`}</p>
<dl class="three govuk-body-s"><div><dt>Inherited from AWS</dt><dd>${inherited}</dd></div>
<div><dt>The operator shows</dt><dd>${checks.length === 0 ? 'Nothing by templates' : html`By ${checks.map((id, index) => html`${index > 0 ? ', ' : ''}<a class="govuk-link" href="#check-${id}">${id}</a>`)}`}</dd></div>
<div><dt>The member must do</dt><dd>${member}</dd></div></dl>
${goals.length === 0 ? html`<p class="govuk-body-s">The NCSC lists no single goals here.${askFor.length > 0 ? ` Ask for: ${askFor.join('; ')}.` : ''}</p>` : goalTable(several ? `Goals of ${id} ${title}` : `Goals of principle ${principle}`, goals)}`;
}

function goalTable(caption: string, goals: readonly Goal[]): Html {
  return table(
    caption,
    ['Goal', 'State', 'Why, and what to ask for'],
    goals.map(({ id, text, strength, state, why, askFor, checks }) => [
      html`${text}<br><span class="quiet">${id.replace('csp-', '').replace('_goal.', ', goal ')}: ${strength}</span>`,
      stateTag(state),
      html`<p>${why}${checks.length > 0 ? html` (${checks.map((check, index) => html`${index > 0 ? ', ' : ''}<a class="govuk-link" href="#check-${check}">${check}</a>`)})` : undefined}.</p>${askFor.length > 0 ? html`<p>Ask for: ${askFor.join('; ')}.</p>` : undefined}`,
    ]),
    { underHeading: true },
  );
}

/** The outcomes, by version. */
export function cafSection({ caf }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="caf">Outcomes of the Cyber Assessment Framework</h2>
${paragraph(
  'These are the outcomes that templates bear on. Nothing here says that one is achieved: that is for the organisation’s own assessment, to which the drafts in govassure/ can be a beginning. Outcomes that are not listed are not shown in any part.',
)}
${cafTable('CAF v3.2', caf.v32)}${cafTable('CAF v4.0', caf.v40)}</section>
`;
}

function cafTable(caption: string, outcomes: readonly CafOutcome[]): Html {
  return table(
    caption,
    ['Outcome', 'Principles that bear on it', 'Checks', 'Judgements that pass'],
    outcomes.map(({ id, title, parts, checks, passed, failed }) => [
      `${id} ${title}`,
      parts.join(', '),
      count(checks.length),
      `${count(passed)} of ${count(passed + failed)}`,
    ]),
    { numbers: [2, 3] },
  );
}

/** What it does not show. */
export function limitsSection({ limits, proof }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="limits">What this does not show</h2>
${list([...limits])}${
  proof.run
    ? html`<h3 class="govuk-heading-m">What the access proof does not judge</h3>${list([...proof.notJudged])}`
    : undefined
}</section>
`;
}
