/** Pieces of a page in the classes of the GOV.UK Design System. */
import { type Html, html, type Part } from '../../words';

/** How a table is set. */
export interface TableSettings {
  /** Columns of numbers, from 0. */
  readonly numbers?: readonly number[];
  /** Whether a heading above says the same, so that the caption need not be seen. */
  readonly underHeading?: boolean;
  /** Whether its columns are of one width, for sentences that would else squeeze one another. */
  readonly even?: boolean;
}

/** A table of which each row begins with its heading. On a phone each cell has a line of its own, behind the name of its column. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Part[])[],
  { numbers = [], underHeading = false, even = false }: TableSettings = {},
): Html {
  const align = (column: number) => (numbers.includes(column) ? html` class="number"` : undefined);
  const cell = (part: Part, column: number) =>
    column === 0
      ? html`<th scope="row">${part}`
      : html`<td${align(column)} data-label="${heads[column] ?? ''}">${part}`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table${even ? html` class="even"` : undefined}><caption${underHeading ? html` class="govuk-visually-hidden"` : undefined}>${caption}</caption>
<thead><tr>${heads.map((head, column) => html`<th scope="col"${align(column)}>${head}`)}</thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map(cell)}
`,
  )}</tbody></table></div>
`;
}

/**
 * A picture that needs its width for its names to be read: on a phone it goes sideways, and says so.
 * @param label what it shows, for whoever hears the page
 */
export function widePicture(label: string, picture: Part): Html {
  return html`<p class="govuk-hint narrow">Where this picture is wider than the screen, so that its names can be read, move it sideways.</p><div class="scroll" tabindex="0" role="region" aria-label="${label}">${picture}</div>`;
}

/** A list, or a dash where it is empty. */
export function list(items: readonly Part[]): Html {
  return items.length === 0
    ? html`<p>None.</p>`
    : html`<ul class="govuk-list govuk-list--bullet">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** What a reader opens to see more. */
export function details(summary: Part, content: Part): Html {
  return html`<details><summary>${summary}</summary><div>${content}</div></details>
`;
}

/** A text in which names for machines stand between backticks. */
export function marked(text: string): Part[] {
  return text.split('`').map((part, odd) => (odd % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** A name without spaces that may be cut between its words, `CollectThrough|AccessPoints`, and not within one. */
export function broken(name: string): Part[] {
  return name
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-/:])(?=[^-/:])/)
    .map((word, index) => (index > 0 ? html`<wbr>${word}` : word));
}

/** A paragraph. */
export function paragraph(...parts: readonly Part[]): Html {
  return html`<p class="govuk-body">${parts}</p>
`;
}
