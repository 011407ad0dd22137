/** Whom to turn to: the same words at the same place of every screen, before and after sign-in. */
import { type Child, el, para } from '../dom';

/** What is said. */
export function helpWords(): Child {
  return [
    said(
      'The page does not work, or you cannot sign in',
      'Tell your organisation’s IT help desk. Tell them the code if the page shows one.',
    ),
    said(
      'You sent a message to the wrong team',
      'Open it in Sent and take it back. Then tell your organisation’s data protection officer at once, even if nobody has read it.',
    ),
    said(
      'You received a message that is not for your team',
      'Do not save it or pass it on. Reply to say so, and tell your organisation’s data protection officer at once.',
    ),
    said(
      'You do not know what an agreement allows, or when it ends',
      'Ask whoever looks after the agreement in your organisation.',
    ),
  ];
}

function said(when: string, what: string): Child {
  return para(el('strong', {}, when, '.'), el('br'), what);
}
