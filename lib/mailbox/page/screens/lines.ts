/** Lists of messages, and what is common to them: labels of states, the search, what more is learnt of a list that is shown. */
import { button, type Child, el, link, para } from '../dom';
import { ALL_DAYS } from '../letters/loaded';
import type { StateWords } from '../words/states';
import type { StandingLine } from './standing';

const TAGS = { good: 'green', waits: 'blue', bad: 'red', quiet: 'grey' } as const;

/** The label of a state. */
export function stateTag({ label, kind }: StateWords): HTMLElement {
  return el('strong', { class: `govuk-tag govuk-tag--${TAGS[kind]}` }, label);
}

/** One line of a list. */
export interface Line {
  readonly to: string;
  readonly title: string;
  readonly about: readonly string[];
  readonly state: StateWords;
  /** What the search looks through, in lower case. */
  readonly says: (words: string) => boolean;
}

/** A line as it is shown. */
interface Item {
  readonly element: HTMLLIElement;
  readonly state: HTMLElement;
  line: Line;
}

/** A list with a search in what is loaded. What is learnt of it later is shown where it stands, and moves nothing. */
export class MessageList {
  readonly element = el('div');
  readonly #items = new Map<string, Item>();
  readonly #list = el('ol', { class: 'lines' });
  readonly #count = el('p', { class: 'govuk-body-s', role: 'status' });
  readonly #input = el('input', {
    class: 'govuk-input',
    id: 'search',
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => this.#search(),
  });
  readonly #whole: readonly HTMLElement[];

  /** @param standing says how much is known of the lines */
  constructor(standing: StandingLine) {
    this.#whole = [
      el(
        'div',
        { class: 'govuk-form-group search', role: 'search' },
        el('label', { class: 'govuk-label', for: 'search' }, 'Search in these messages'),
        this.#input,
      ),
      this.#count,
      standing.element,
      this.#list,
    ];
  }

  /** Shows these lines in the place of those before. @param none where there are none */
  show(lines: readonly Line[], none: string): void {
    for (const [to, { element }] of this.#items)
      if (!lines.some((line) => line.to === to)) {
        element.remove();
        this.#items.delete(to);
      }
    let last: HTMLElement | undefined;
    for (const line of lines) {
      const { element } = this.#shown(line);
      // One that is there already is left where it is: what has the focus keeps it.
      if (element.parentElement === null)
        if (last === undefined) this.#list.prepend(element);
        else last.after(element);
      last = element;
    }
    if (lines.length === 0) this.element.replaceChildren(para(none));
    else if (this.#list.parentElement === null) this.element.replaceChildren(...this.#whole);
    this.#search();
  }

  #shown(line: Line): Item {
    const known = this.#items.get(line.to);
    if (known !== undefined) {
      const { label, kind } = line.state;
      if (known.line.state.label !== label || known.line.state.kind !== kind)
        known.state.replaceChildren(stateTag(line.state));
      known.line = line;
      return known;
    }
    const state = el('div', { class: 'line-state' }, stateTag(line.state));
    const element = el(
      'li',
      { class: 'line' },
      el(
        'div',
        { class: 'line-head' },
        el('h2', { class: 'govuk-heading-s' }, link(line.to, line.title)),
        state,
      ),
      el('p', { class: 'govuk-body-s' }, line.about.join(' · ')),
    );
    const made = { element, state, line };
    this.#items.set(line.to, made);
    return made;
  }

  #search(): void {
    const words = this.#input.value.trim();
    const all = [...this.#items.values()];
    let shown = 0;
    for (const { element, line } of all) {
      const isIn = words === '' || line.says(words.toLowerCase());
      element.hidden = !isIn;
      if (isIn) shown++;
    }
    const count =
      words === ''
        ? `${all.length} ${all.length === 1 ? 'message' : 'messages'}`
        : `${shown === 0 ? 'None' : shown} of ${all.length} ${shown === 1 ? 'has' : 'have'} “${words}” in ${shown === 1 ? 'it' : 'them'}`;
    // What is said already is not said again.
    if (this.#count.textContent !== count) this.#count.textContent = count;
  }
}

/** Loads it again, or further back. */
export function more(look: string, days: number, load: (days: number) => void): Child {
  return el(
    'div',
    { class: 'govuk-button-group' },
    button(look, () => load(days)),
    days < ALL_DAYS ? button('Show older messages', () => load(days * 6)) : undefined,
  );
}
