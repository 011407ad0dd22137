/** Fields of a form, and what is said where they are filled in wrongly. */
import { orList } from '../../../words';
import { type Child, el } from '../dom';
import type { FileRefusal } from '../letters/compose';
import { tellInTitle } from '../title';
import { sizeWords, typeWords } from '../words/amounts';

/** A fault of what was filled in: at which field, and what to do. */
export type Fault = readonly [field: string, words: string];

/** A field: its label, the hint, what is wrong of it, and the control. @param below what stands under the control */
export function field(
  faults: readonly Fault[],
  name: string,
  label: string,
  control: HTMLElement,
  hint?: string,
  below?: Child,
): HTMLElement {
  const wrong = faultsOf(faults, name);
  if (wrong !== undefined) control.classList.add(errorClass(control));
  const describedBy = [hint && `${name}-hint`, wrong?.id].filter((each) => each !== undefined);
  if (describedBy.length > 0) control.setAttribute('aria-describedby', describedBy.join(' '));
  return group(wrong, [
    el('label', { class: 'govuk-label govuk-label--s', for: name }, label),
    hint === undefined ? undefined : el('div', { class: 'govuk-hint', id: `${name}-hint` }, hint),
    wrong,
    control,
    below,
  ]);
}

/** Something to choose: a legend, what is wrong of it, and the choices. */
export function choices(
  faults: readonly Fault[],
  name: string,
  legend: string,
  control: HTMLElement,
): HTMLElement {
  const wrong = faultsOf(faults, name);
  return group(
    wrong,
    el(
      'fieldset',
      { class: 'govuk-fieldset', 'aria-describedby': wrong?.id },
      el('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, legend),
      wrong,
      control,
    ),
  );
}

/** Says no more what was wrong of a field, which stays as it is otherwise. */
export function clearFaults(control: HTMLElement): void {
  const around = control.closest('.govuk-form-group');
  around?.classList.remove('govuk-form-group--error');
  const wrong = around?.querySelector('[id$="-error"]');
  wrong?.remove();
  control.classList.remove(errorClass(control));
  const others = control
    .getAttribute('aria-describedby')
    ?.split(' ')
    .filter((id) => id !== wrong?.id);
  control.setAttribute('aria-describedby', others?.join(' ') ?? '');
}

function group(wrong: HTMLElement | undefined, content: Child): HTMLElement {
  return el('div', { class: `govuk-form-group${wrong ? ' govuk-form-group--error' : ''}` }, content);
}

/** All that is wrong of a field; nothing where nothing is. */
function faultsOf(faults: readonly Fault[], name: string): HTMLElement | undefined {
  const own = faults.filter(([at]) => at === name);
  if (own.length === 0) return undefined;
  return el(
    'div',
    { id: `${name}-error` },
    own.map(([, words]) =>
      el(
        'p',
        { class: 'govuk-error-message' },
        el('span', { class: 'govuk-visually-hidden' }, 'Error: '),
        words,
      ),
    ),
  );
}

/** Of GOV.UK Frontend, for a control by its first class. */
function errorClass(control: HTMLElement): string {
  return `${control.classList[0]}--error`;
}

/** Shows all that is wrong above the form, and leads there, unless somebody is at work elsewhere. @param control of a field */
export function showFaults(
  summary: HTMLElement,
  faults: readonly Fault[],
  control: (field: string) => HTMLElement | null,
  how: 'moves' | 'stays' = 'moves',
): void {
  tellInTitle(faults.length > 0);
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
