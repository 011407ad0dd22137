/** Fields of a form, and what is said where they are filled in wrongly. */
import { orList } from '../../../words';
import { type Child, el } from '../dom';
import type { FileRefusal } from '../letters/compose';
import { sizeWords, typeWords } from '../words/amounts';

/** A fault of what was filled in: at which field, and what to do. */
export type Fault = readonly [field: string, words: string];

/** What a label stands above: then faults are told between the two. */
const LABELLED = new Set(['subject', 'text', 'from', 'files']);

/** A field with its label. @param hint what stands between the two */
export function field(
  faults: readonly Fault[],
  name: string,
  label: string,
  control: HTMLElement,
  hint?: string,
): HTMLElement {
  const isWrong = faults.some(([at]) => at === name);
  if (isWrong) control.classList.add(`${control.classList[0]}--error`);
  const describedBy = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(isWrong ? [`${name}-error`] : []),
  ];
  if (describedBy.length > 0) control.setAttribute('aria-describedby', describedBy.join(' '));
  return group(
    faults,
    name,
    el('label', { class: 'govuk-label govuk-label--s', for: name }, label),
    hint === undefined ? undefined : el('div', { class: 'govuk-hint', id: `${name}-hint` }, hint),
    control,
  );
}

/** What belongs together, with what is wrong of it. */
export function group(faults: readonly Fault[], name: string, ...inner: readonly Child[]): HTMLElement {
  const own = faults.filter(([at]) => at === name);
  const [first, ...rest] = inner;
  const said = own.map(([, words], index) =>
    el(
      'p',
      { class: 'govuk-error-message', ...(index === 0 && { id: `${name}-error` }) },
      el('span', { class: 'govuk-visually-hidden' }, 'Error: '),
      words,
    ),
  );
  const kind = own.length > 0 ? ' govuk-form-group--error' : '';
  return el(
    'div',
    { class: `govuk-form-group${kind}` },
    ...(LABELLED.has(name) ? [first, said, rest] : [said, first, rest]),
  );
}

/** Shows all that is wrong above the form, and leads there, unless somebody is at work elsewhere. @param control of a field */
export function showFaults(
  summary: HTMLElement,
  faults: readonly Fault[],
  control: (field: string) => HTMLElement | null,
  how: 'moves' | 'stays' = 'moves',
): void {
  if (faults.length === 0) {
    summary.replaceChildren();
    return;
  }
  const list = faults.map(([at, words]) => {
    const go = (event: Event) => {
      event.preventDefault();
      control(at)?.focus();
    };
    return el('li', {}, el('a', { href: `#${at}`, onclick: go }, words));
  });
  const box = el(
    'div',
    { class: 'govuk-error-summary', tabindex: '-1' },
    el(
      'div',
      { role: 'alert' },
      el('h2', { class: 'govuk-error-summary__title' }, 'There is a problem'),
      el(
        'div',
        { class: 'govuk-error-summary__body' },
        el('ul', { class: 'govuk-list govuk-error-summary__list' }, list),
      ),
    ),
  );
  summary.replaceChildren(box);
  if (how === 'moves') box.focus();
}

/** Why a file does not go. */
export function fileWords(refusal: FileRefusal): string {
  switch (refusal.why) {
    case 'media-type':
      return `${refusal.name} is of a kind that the agreement does not allow. Remove it, or save it as ${orList(typeWords(refusal.allowed))}`;
    case 'name':
      return `The name of ${refusal.name} has characters that nobody sees, or is too long. Give the file another name`;
    case 'empty':
      return `${refusal.name} is empty. Remove it`;
    case 'too-large':
      return `The files come to ${sizeWords(refusal.bytes)} on their way, and a message may have ${sizeWords(refusal.most)}. Send them in several messages`;
  }
}
