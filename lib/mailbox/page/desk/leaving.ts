/**
 * What comes after a sign-out: the page is loaded anew, so that the messages that were opened, the keys and the sign-in go with the
 * memory that they were in. What a page merely refers to no longer, a browser may hold for as long as the tab is open.
 * @see https://html.spec.whatwg.org/multipage/browsing-the-web.html#reload
 */
import type { Frame } from '../app';
import { signedOutScreen } from '../screens/signed-out';
import type { Session } from '../session/session';
import { type SignedOut, tellOnceLoaded } from '../session/signed-out';

/** How long the provider has to forget what renews the sign-in, and how long the page to answer, in milliseconds. */
const PATIENCE = 3_000;

/** How long until the page is asked for again, in milliseconds. */
const AGAIN = 2_000;

/** Loads the page anew; where it does not answer, says that the tab is to be closed, until it does. */
export async function leaves(
  frame: Frame,
  session: Session,
  signedOut: SignedOut,
  ended: Promise<string | undefined>,
): Promise<void> {
  await Promise.race([ended, pause(PATIENCE)]);
  for (let isTold = false; !(await isServed()); isTold = true) {
    if (!isTold)
      signedOutScreen(frame, signedOut, {
        name: session.profile.organisation.name,
        ended,
        isLoadedAnew: false,
        signInAgain: () => location.reload(),
      });
    await pause(AGAIN);
  }
  tellOnceLoaded(signedOut);
  location.reload();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** Whether the page can be had now: what a browser shows in place of one that cannot says nothing of a sign-out. */
function isServed(): Promise<boolean> {
  const how = { cache: 'no-cache', credentials: 'omit' } as const;
  return fetch(location.pathname, { ...how, signal: AbortSignal.timeout(PATIENCE) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
