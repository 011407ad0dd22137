/** Whom to turn to: the same words at the same place of every screen, before and after sign-in. */
import type { ProfileHelp } from '../../../wire';
import { type Child, el, para } from '../dom';

/**
 * What is said. Addresses stand as words: to follow one would ask whether to leave the page, with a message half written.
 * @param help nothing while the profile is not here, or where it names nobody
 */
export function helpWords(help: ProfileHelp | undefined): Child {
  const desk = [help?.desk, help?.telephone && `telephone ${help.telephone}`].filter(Boolean).join(', ');
  return [
    said(
      'The page does not work, or you cannot sign in',
      `Tell your organisation’s IT help desk${whom(desk)}. Tell them the code if the page shows one.`,
    ),
    said(
      'You sent a message to the wrong team',
      `Open it in Sent and take it back. Then tell your organisation’s data protection officer${whom(help?.dataProtection)} at once, even if nobody has read it.`,
    ),
    said(
      'You received a message that is not for your team',
      `Do not save it or pass it on. Reply to say so, and tell your organisation’s data protection officer${whom(help?.dataProtection)} at once.`,
    ),
    said(
      'You do not know what an agreement allows, or when it ends',
      'Ask whoever looks after the agreement in your organisation.',
    ),
  ];
}

function whom(address: string | undefined): string {
  return address ? ` (${address})` : '';
}

function said(when: string, what: string): Child {
  return para(el('strong', {}, when, '.'), el('br'), what);
}
