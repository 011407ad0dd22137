/** Lists of messages, and what is common to them: labels of states, the search, what could not be loaded. */
import { standingOn } from '../../../delivery';
import { today } from '../../../register/calendar';
import { button, type Child, el, link, para } from '../dom';
import type { Missing } from '../letters/mail';
import { refusalWords } from '../words/refusals';
import type { StateWords } from '../words/states';

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

/** A list with a search in what is loaded. */
export function searchable(lines: readonly Line[], none: string): Child {
  if (lines.length === 0) return para(none);
  const items = lines.map((line) =>
    el(
      'li',
      { class: 'line' },
      el(
        'div',
        { class: 'line-head' },
        el('h2', { class: 'govuk-heading-s' }, link(line.to, line.title)),
        stateTag(line.state),
      ),
      el('p', { class: 'govuk-body-s' }, line.about.join(' · ')),
    ),
  );
  const count = el('p', { class: 'govuk-body-s', role: 'status' });
  const said = (shown: number, words: string) =>
    words === ''
      ? `${lines.length} ${lines.length === 1 ? 'message' : 'messages'}`
      : `${shown} of ${lines.length} have “${words}” in them`;
  count.textContent = said(lines.length, '');
  const input = el('input', {
    class: 'govuk-input',
    id: 'search',
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      const words = input.value.trim();
      let shown = 0;
      for (const [index, line] of lines.entries()) {
        const isIn = words === '' || line.says(words.toLowerCase());
        (items[index] as HTMLElement).hidden = !isIn;
        if (isIn) shown++;
      }
      count.textContent = said(shown, words);
    },
  });
  return [
    el(
      'div',
      { class: 'govuk-form-group search', role: 'search' },
      el('label', { class: 'govuk-label', for: 'search' }, 'Search in these messages'),
      input,
    ),
    count,
    el('ol', { class: 'lines' }, items),
  ];
}

/** What of it could not be loaded, and why. */
export function missingWords(missing: readonly Missing[], now: number): Child {
  return missing.map(({ correspondence: { sends, collects }, error }) => {
    const standing = standingOn(collects.days, today(new Date(now)));
    const { happened, mend } = refusalWords(error);
    const ended = standing.state === 'over';
    return el(
      'div',
      { class: 'govuk-inset-text' },
      el('p', { class: 'govuk-body' }, el('strong', {}, sends.title)),
      ended
        ? para('This agreement has ended: its messages cannot be opened any more.')
        : para(happened, ' ', mend),
    );
  });
}

/** What an empty list says: of what could not be loaded, nobody knows whether there is anything. @param none where all was loaded */
export function emptyWords(missing: readonly Missing[], none: string): string {
  return missing.length === 0 ? none : 'Nothing that can be shown was found.';
}

/** Loads it again, or further back. */
export function more(look: string, days: number, load: (days: number) => void): Child {
  return el(
    'div',
    { class: 'govuk-button-group' },
    button(look, () => load(days)),
    days < 3_650 ? button('Show older messages', () => load(days * 6)) : undefined,
  );
}
