/** How much is known of a list of messages: said once, however many there are, and beside them, not in their place. */
import { standingOn } from '../../../delivery';
import { today } from '../../../register/calendar';
import { type Child, el, para } from '../dom';
import type { Arrived } from '../letters/inbox';
import type { Loaded, Missing, Opening } from '../letters/loaded';
import { refusalWords } from '../words/refusals';

/** A message as far as this counts them. */
interface Counted {
  readonly opened: Opening;
  /** Nothing of what was sent. */
  readonly access?: Arrived['access'];
}

/**
 * One sentence above a list. It has the height of its longest from the beginning, so that nothing moves while somebody reads or
 * points; a screen reader says it, and not the labels of the messages one by one.
 */
export class StandingLine {
  readonly element = el('p', { class: 'govuk-body-s standing', role: 'status' });
  readonly reasons = el('div');

  /** @param done what was done with messages that are not new any more */
  constructor(private readonly done: 'opened' | 'read') {}

  /** Says what is known by now. */
  show({ lines, isLookingUp, notFoundOut }: Loaded<Counted>): void {
    const [fault] = notFoundOut;
    const unknown = this.#unknownOf(lines);
    if (fault === undefined || unknown === undefined) {
      this.#say(isLookingUp ? `Looking up which messages have been ${this.done}.` : this.#counted(lines));
      this.reasons.replaceChildren();
      return;
    }
    if (isLookingUp) return;
    const { happened, mend, code } = refusalWords(fault);
    const why = el(
      'div',
      { class: 'govuk-inset-text', tabindex: '-1' },
      para(el('strong', {}, unknown)),
      para(happened, ' ', mend),
      el('p', { class: 'govuk-hint' }, `Code: ${code}`),
    );
    this.reasons.replaceChildren(why);
    const leads = (event: Event) => {
      event.preventDefault();
      why.focus();
    };
    this.#say(unknown, ' ', el('a', { class: 'govuk-link', href: '#', onclick: leads }, 'See why'));
  }

  /** What nobody could find out; nothing where all is known of these messages. */
  #unknownOf(lines: readonly Counted[]): string | undefined {
    if (lines.length === 0 || lines.some(({ opened }) => opened === 'not found out'))
      return `It is not known which have been ${this.done}.`;
    if (!lines.some(({ access }) => access === 'not found out')) return undefined;
    return `${this.#counted(lines)} It is not known whether all of them can be opened.`;
  }

  #counted(lines: readonly Counted[]): string {
    const count = lines.filter(({ opened }) => typeof opened === 'number').length;
    if (lines.length === 1)
      return count === 1 ? `It has been ${this.done}.` : `It has not been ${this.done}.`;
    if (count === 0) return `None of them have been ${this.done}.`;
    return `${count === lines.length ? 'All' : count} of them ${count === 1 ? 'has' : 'have'} been ${this.done}.`;
  }

  #say(...words: readonly (string | Node)[]): void {
    const said = words.map((each) => (typeof each === 'string' ? each : each.textContent)).join('');
    // What is said already is not said again.
    if (this.element.textContent !== said) this.element.replaceChildren(...words);
  }
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

/** What an empty list says: of what could not be asked, nobody knows whether there is anything. @param none where all was asked */
export function emptyWords({ missing, notFoundOut }: Loaded<unknown>, none: string): string {
  return missing.length + notFoundOut.length === 0 ? none : 'Nothing that can be shown was found.';
}
