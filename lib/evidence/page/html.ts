/** HTML as values: text is escaped on its way in, so that nothing of a register can become markup. */

/** Markup that is known to be sound. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, lists are joined, undefined is nothing. */
export type Part = Html | string | number | undefined | readonly Part[];

/** A piece of a page. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((sum, string, index) => sum + written(parts[index - 1]) + string));
}

/** Text for an element or a quoted attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

/** How a table is set. */
export interface TableSettings {
  /** Columns of numbers, from 0. */
  readonly numbers?: readonly number[];
  /** Whether a heading above says the same, so that the caption need not be seen. */
  readonly underHeading?: boolean;
}

/** A table that scrolls by itself where the window is narrow, by keyboard too. Each row begins with its heading. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Part[])[],
  { numbers = [], underHeading = false }: TableSettings = {},
): Html {
  const align = (column: number) => (numbers.includes(column) ? html` class="number"` : undefined);
  const cell = (part: Part, column: number) =>
    column === 0 ? html`<th scope="row">${part}` : html`<td${align(column)}>${part}`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption${underHeading ? html` class="govuk-visually-hidden"` : undefined}>${caption}</caption>
<thead><tr>${heads.map((head, column) => html`<th scope="col"${align(column)}>${head}`)}</thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map(cell)}
`,
  )}</tbody></table></div>
`;
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

/** A paragraph. */
export function paragraph(...parts: readonly Part[]): Html {
  return html`<p class="govuk-body">${parts}</p>
`;
}

/** `1,100`. */
export function count(number: number): string {
  return number.toLocaleString('en-GB');
}
