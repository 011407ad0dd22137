/** Whom a message is to, and which inbox it is from: choices among those that agreements in force give. */

import type { Correspondence } from '../../../delivery';
import { standingOn } from '../../../delivery';
import { type IsoDate, today } from '../../../register/calendar';
import { type Child, el } from '../dom';
import type { Draft } from '../letters/draft';
import type { Session } from '../session/session';
import { endsWords } from './ending';
import { findable } from './finding';
import { choices, type Fault, field } from './form';

/** Those under which messages may be written today. */
export function writable(session: Session): readonly Correspondence[] {
  const day = today(new Date(session.now()));
  return session.correspondences.filter(
    ({ sends, inboxes }) => inboxes.length > 0 && standingOn(sends.days, day).state === 'in-force',
  );
}

/** What is said of a draft whose agreement ended while it was written; nothing of any other. */
export function endedWords(session: Session, { agreement }: Draft): string | undefined {
  const found = session.correspondences.find(({ sends }) => sends.agreement === agreement);
  if (found === undefined) return undefined;
  const { title, days } = found.sends;
  return standingOn(days, today(new Date(session.now()))).state === 'over'
    ? `The agreement “${title}” has ended, so nothing more can be sent under it. What you wrote is still here: copy it if you need it`
    : undefined;
}

/** The draft, to the only inbox there is where it is to none. */
export function addressed(draft: Draft, open: readonly Correspondence[]): Draft {
  const [only, ...others] = targetsOf(open);
  return only === undefined || others.length > 0 || draft.to !== ''
    ? draft
    : { ...draft, to: only.inbox.id, agreement: only.correspondence.sends.agreement };
}

/** The inboxes to choose from, by organisation and team. @param on today @param chosen told once another was chosen */
export function toField(
  open: readonly Correspondence[],
  draft: Draft,
  faults: readonly Fault[],
  on: IsoDate,
  chosen: () => void,
): HTMLElement {
  return choices(
    faults,
    'to',
    'To',
    findable(
      'to',
      targetsOf(open).map(({ correspondence: { sends }, inbox }, index) => {
        const id = `to-${index}`;
        return el(
          'div',
          { class: 'govuk-radios__item' },
          el('input', {
            class: 'govuk-radios__input',
            type: 'radio',
            name: 'to',
            id,
            value: `${sends.agreement} ${inbox.id}`,
            checked: inbox.id === draft.to && sends.agreement === draft.agreement,
            'aria-describedby': `${id}-hint`,
            onchange: chosen,
          }),
          el(
            'label',
            { class: 'govuk-label govuk-radios__label', for: id },
            `${inbox.team}, ${sends.recipients[0]?.name ?? ''}`,
          ),
          el('div', { class: 'govuk-hint govuk-radios__hint', id: `${id}-hint` }, agreementWords(sends, on)),
        );
      }),
    ),
  );
}

/** Under which agreement, and until when where that is soon. */
function agreementWords({ title, days }: Correspondence['sends'], on: IsoDate): string {
  const ends = endsWords(days, on);
  return ends === undefined ? `Agreement: ${title}` : `Agreement: ${title}. It ${ends}`;
}

/** The inboxes that it may be from; nothing to choose where there is one. */
export function fromField(inboxes: Correspondence['inboxes'], from: string, faults: readonly Fault[]): Child {
  if (inboxes.length < 2) return undefined;
  return field(
    faults,
    'from',
    'From',
    el(
      'select',
      { class: 'govuk-select', id: 'from', name: 'from' },
      inboxes.map(({ id, team }) => el('option', { value: id, selected: id === from }, team)),
    ),
  );
}

function targetsOf(open: readonly Correspondence[]) {
  const all = open.flatMap((correspondence) =>
    correspondence.writesTo.map((inbox) => ({ correspondence, inbox })),
  );
  const name = ({ correspondence: { sends }, inbox }: (typeof all)[number]) =>
    `${sends.recipients[0]?.name ?? ''} ${inbox.team}`;
  return all.sort((a, b) => name(a).localeCompare(name(b), 'en-GB', { numeric: true }));
}
