/** Makes elements of the page, from words alone: nothing here ever reads HTML. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;
/** What may stand in an element. */
export type Child = Node | string | undefined | readonly Child[];

/**
 * Makes an element. An attribute that is `true` stands without a value, one that is `false` or undefined is left out; a function is
 * called on the event that the name says after `on`.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...nodesOf(children));
  return made;
}

/** All that may stand in an element, in one row. */
export function nodesOf(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((each): (Node | string)[] => {
    if (each === undefined) return [];
    return isMany(each) ? nodesOf(each) : [each];
  });
}

function isMany(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}

/** A button that does something here. */
export function button(
  words: string,
  does: () => void,
  kind: 'main' | 'secondary' | 'warning' = 'secondary',
): HTMLButtonElement {
  const classes = { main: '', secondary: ' govuk-button--secondary', warning: ' govuk-button--warning' };
  return el('button', { type: 'button', class: `govuk-button${classes[kind]}`, onclick: does }, words);
}

/** A link to another screen. */
export function link(to: string, ...words: readonly Child[]): HTMLAnchorElement {
  return el('a', { class: 'govuk-link', href: `#${to}` }, ...words);
}

/** A paragraph. */
export function para(...words: readonly Child[]): HTMLParagraphElement {
  return el('p', { class: 'govuk-body' }, ...words);
}

/** Names and values, one row each; a row without a value is left out. */
export function summary(rows: readonly (readonly [name: string, value: Child])[]): HTMLDListElement {
  return el(
    'dl',
    { class: 'govuk-summary-list' },
    rows.map(([name, value]) =>
      value === undefined
        ? undefined
        : el(
            'div',
            { class: 'govuk-summary-list__row' },
            el('dt', { class: 'govuk-summary-list__key' }, name),
            el('dd', { class: 'govuk-summary-list__value' }, value),
          ),
    ),
  );
}

/** Something that matters, with a sign that is not by colour alone. */
export function warning(...words: readonly Child[]): HTMLDivElement {
  return el(
    'div',
    { class: 'govuk-warning-text' },
    el('span', { class: 'govuk-warning-text__icon', 'aria-hidden': 'true' }, '!'),
    el(
      'strong',
      { class: 'govuk-warning-text__text' },
      el('span', { class: 'govuk-visually-hidden' }, 'Warning '),
      ...words,
    ),
  );
}

/** What is seen only by whoever asks for it. */
export function details(words: string, content: Child, attributes: Attributes = {}): HTMLDetailsElement {
  return el(
    'details',
    { class: 'govuk-details', ...attributes },
    el(
      'summary',
      { class: 'govuk-details__summary' },
      el('span', { class: 'govuk-details__summary-text' }, words),
    ),
    el('div', { class: 'govuk-details__text' }, content),
  );
}

/** Hands bytes to the person as a file. Whatever they are, the browser is told nothing that makes it open them here. */
export function saveAs(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const anchor = el('a', { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
