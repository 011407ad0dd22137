/** That somebody is signed out. */
import type { Frame } from '../app';
import { button, el, para, warning } from '../dom';
import type { SignedOut } from '../session/signed-out';

/** What it needs of the page. */
interface SignedOutPorts {
  /** The organisation’s. */
  readonly name: string;
  /** Where the person ends their session with the provider, if it says so. */
  readonly ended: Promise<string | undefined>;
  /** Whether the page has been loaded anew since, so that its memory has nothing of before. */
  readonly isLoadedAnew: boolean;
  readonly signInAgain: () => void;
}

const LOST: Readonly<Record<NonNullable<SignedOut['lost']>, string>> = {
  sending: 'The message that was being sent in this tab was not sent. Write it again.',
  writing: 'The message that you were writing in this tab was not sent, and is not kept.',
};

/** Shows it. */
export function signedOutScreen(
  frame: Frame,
  { where, lost }: SignedOut,
  { name, ended, isLoadedAnew, signInAgain }: SignedOutPorts,
): void {
  const buttons = el('div', { class: 'govuk-button-group' }, button('Sign in again', signInAgain, 'main'));
  frame.navigate(undefined);
  frame.show({
    title: 'You are signed out',
    content: [
      where === 'here' ? undefined : para('You signed out in another tab, and so here too.'),
      lost === undefined ? undefined : para(LOST[lost]),
      isLoadedAnew
        ? para(
            'Nothing of your messages is left in this tab, and other tabs of this page are signed out too.',
          )
        : warning(
            'Close this tab: the mailbox cannot be reached now, and until the tab is closed this computer’s memory may still hold what you read in it.',
          ),
      para(
        'Close the browser if others use this computer: your organisation’s own sign-in may still be open in it.',
      ),
      buttons,
    ],
  });
  void ended.then((address) => {
    if (address !== undefined)
      buttons.append(button(`Sign out of everything at ${name}`, () => location.assign(address)));
  });
}
