/**
 * What comes after a sign-out: the page is loaded anew, so that the messages that were opened, the keys and the sign-in go with the
 * memory that they were in. What a page merely refers to no longer, a browser may hold for as long as the tab is open.
 * @see https://html.spec.whatwg.org/multipage/browsing-the-web.html#reload
 */
import type { Frame } from '../app';
import { signedOutScreen } from '../screens/signed-out';
import type { Session } from '../session/session';
import { justSignedOut, type SignedOut, tellOnceLoaded } from '../session/signed-out';

/** How long the provider has to forget what renews the sign-in, and how long the page to answer, in milliseconds. */
const PATIENCE = 3_000;

/** Loads the page anew; where it does not answer, says that the tab is to be closed, and goes on once the computer is online. */
export async function leaves(
  frame: Frame,
  session: Session,
  signedOut: SignedOut,
  ended: Promise<string | undefined>,
): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, PATIENCE));
  await Promise.race([ended, late]);
  if (await isServed()) {
    tellOnceLoaded(signedOut);
    location.reload();
    return;
  }
  justSignedOut();
  addEventListener('online', () => void leaves(frame, session, signedOut, ended), { once: true });
  const { name } = session.profile.organisation;
  signedOutScreen(frame, signedOut, {
    ...{ name, ended, isLoadedAnew: false },
    signInAgain: () => location.reload(),
  });
}

/** Whether the page can be had now: what a browser shows in place of one that cannot says nothing of a sign-out. */
function isServed(): Promise<boolean> {
  const how = { cache: 'no-cache', credentials: 'omit' } as const;
  return fetch(location.pathname, { ...how, signal: AbortSignal.timeout(PATIENCE) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
