/** Choices among which somebody has to find one: few are read, many are searched. */
import { plural } from '../../../words';
import { type Child, el } from '../dom';

/** More than these are not read through for one of them. */
const MANY = 8;

/**
 * Radio buttons; where they are many, in a box that scrolls, with a search above it and what was chosen before at its top. What is
 * chosen stays there whatever is searched for.
 */
export function findable(name: string, items: readonly HTMLElement[]): HTMLElement {
  if (items.length <= MANY) return el('div', { class: 'govuk-radios', id: name }, items);
  const [chosen, others] = [items.filter(isChosen), items.filter((each) => !isChosen(each))];
  const list = el('div', { class: 'govuk-radios scrolls', id: name }, chosen, others);
  return el('div', {}, searchIn(name, items), list);
}

function isChosen(item: HTMLElement): boolean {
  return item.querySelector('input')?.checked === true;
}

function searchIn(name: string, items: readonly HTMLElement[]): Child {
  const count = el('p', { class: 'govuk-body-s', role: 'status' }, plural(items.length, 'team'));
  const input = el('input', {
    class: 'govuk-input',
    id: `${name}-search`,
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    // It looks while somebody types: nothing is sent by it.
    onkeydown: (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter') event.preventDefault();
    },
    oninput: () => {
      const words = folded(input.value).split(/\s+/);
      let found = 0;
      for (const item of items) {
        const text = folded(item.textContent);
        const isFound = words.every((word) => text.includes(word));
        if (isFound) found++;
        item.hidden = !isFound && !isChosen(item);
      }
      count.textContent = `${found === 0 ? 'None' : found} of ${plural(items.length, 'team')} found`;
    },
  });
  return [
    el(
      'div',
      { class: 'govuk-form-group search' },
      el('label', { class: 'govuk-label', for: `${name}-search` }, 'Search for a team or organisation'),
      input,
    ),
    count,
  ];
}

/** Without accents and case: who searches for “Mon” finds “Môn”. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();
}
