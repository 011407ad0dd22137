/** The ten data sharing principles: what is shown of each, by which checks, and what is left to people. */
import { type Html, html } from '../../words';
import type { Evidence, SharingPrinciple } from '../model';
import { paragraph, table } from './govuk';
import { stateTag } from './state-tag';

/** The section. */
export function sharingPrinciplesSection({ sharingPrinciples }: Evidence): Html {
  return html`<section><h2 class="govuk-heading-l" id="sharing-principles">The ten data sharing principles</h2>
${paragraph(
  'The Government Digital Service drafts ten principles of sharing data across government. They are written for organisations and their decisions, of which templates show little: what is left to people is said beside each. The wording of goals is ours; the text that counts is behind each link.',
)}
${sharingPrinciples.map(principleTable)}</section>
`;
}

function principleTable({ number, title, link, goals }: SharingPrinciple): Html {
  return html`<h3 class="govuk-heading-m" id="sharing-principle-${number}"><a class="govuk-link" href="${link}" rel="noreferrer">${number}. ${title}</a></h3>
${table(
  `Goals of data sharing principle ${number}`,
  ['Goal', 'State', 'Why, and what is left to people'],
  goals.map(({ text, state, why, checks, left }) => [
    text,
    stateTag(state),
    html`<p>${why}${checks.length > 0 ? html` (${checks.map((check, index) => html`${index > 0 ? ', ' : ''}<a class="govuk-link" href="#check-${check}">${check}</a>`)})` : undefined}.</p>${left.length > 0 ? html`<p>Left to people: ${left.join('; ')}.</p>` : undefined}`,
  ]),
  { underHeading: true },
)}`;
}
