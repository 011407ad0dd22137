/** The page: reads the profile that lies beside it, signs the person in, and shows one screen after another. */
import { MOST_SECONDS_OFF, ServerClock } from '../../client/in-browsers';
import type { Elsewhere } from '../../delivery';
import { PROFILE_FILE, type Profile, parseProfile } from '../../wire';
import { askAgain, Frame } from './app';
import { Desk } from './desk/desk';
import { button, para } from './dom';
import { ownRelease } from './own-release';
import { signedOutScreen } from './screens/signed-out';
import { keptToken, Session } from './session/session';
import {
  answerHere,
  clearAddress,
  goToProvider,
  handOver,
  refusesToRenew,
  type SignInPlace,
  signedInByAnswer,
  signOutAddress,
} from './session/sign-in';
import { justSignedOut } from './session/signed-out';
import { notAnsweredWords, notReachedWords } from './words/refusals';
import { Told } from './words/told';

declare const CONCORDAT_VERSION: string;

/** Where the page was told to look instead of the real places: written by whoever serves a play. */
function elsewhereIn(): Elsewhere | undefined {
  const text = document.querySelector<HTMLMetaElement>('meta[name="concordat-elsewhere"]')?.content;
  return text === undefined ? undefined : (JSON.parse(text) as Elsewhere);
}

/** Which code this is, so that it can be compared with what was released. */
function versionWords(): string {
  const integrity = document.querySelector('script[integrity]')?.getAttribute('integrity') ?? '';
  return `Concordat ${CONCORDAT_VERSION}, code ${integrity.slice(0, 31)}`;
}

async function begin(): Promise<void> {
  const elsewhere = elsewhereIn();
  const frame = new Frame('Secure messages', elsewhere !== undefined, versionWords());
  const again = () => location.reload();
  try {
    frame.waits('Secure messages');
    const clock = new ServerClock();
    const profile = await profileBeside(clock);
    frame.tellHelp(profile.help);
    const off = clock.secondsOff ?? 0;
    if (Math.abs(off) > MOST_SECONDS_OFF)
      frame.notice(
        'clock',
        para(
          `The clock of this computer is ${Math.round(Math.abs(off) / 60)} minutes ${off > 0 ? 'ahead' : 'behind'}. Messages are sent with the right time all the same. Ask your IT help desk to correct it.`,
        ),
      );
    // By the clock of the servers: what is signed or shown here must not depend on whether this one is right.
    const now = () => Date.now() - off * 1000;
    await withProfile(frame, profile, { elsewhere, clock, now });
    // Whoever cannot be told it is no worse off: the page itself works.
    await ownRelease().then(
      (digest) => frame.tellRelease(digest),
      () => undefined,
    );
  } catch (error) {
    frame.failed(error, again);
  }
}

/** The profile that lies beside the page. @throws Told where nothing answers, or not with it; WireError where it cannot be read */
async function profileBeside(clock: ServerClock): Promise<Profile> {
  const before = Date.now();
  const { answer, text } = await fetchedText(PROFILE_FILE).catch((cause: unknown) => {
    throw new Told(notReachedWords('page network'), { cause });
  });
  if (!answer.ok) throw new Told(notAnsweredWords(`page ${answer.status}`));
  const date = Date.parse(answer.headers.get('date') ?? '');
  // What a cache on the way has kept for a while says how long.
  const age = Number(answer.headers.get('age') ?? 0) * 1000;
  if (!Number.isNaN(date)) clock.heard(new Date(date + age).toUTCString(), (before + Date.now()) / 2);
  return parseProfile(text);
}

async function fetchedText(name: string): Promise<{ readonly answer: Response; readonly text: string }> {
  const answer = await fetch(name, { cache: 'no-cache', credentials: 'omit' });
  return { answer, text: await answer.text() };
}

type World = {
  readonly elsewhere: Elsewhere | undefined;
  readonly clock: ServerClock;
  readonly now: () => number;
};

async function withProfile(frame: Frame, profile: Profile, world: World): Promise<void> {
  const { signIn, organisation } = profile;
  if (signIn === undefined) {
    frame.show({
      title: 'Secure messages',
      content: para(`${organisation.name} has not set up how its people sign in. Ask your IT help desk.`),
    });
    return;
  }
  const place: SignInPlace = { signIn, elsewhere: world.elsewhere, now: world.now };
  const signedOut = justSignedOut();
  const answer = answerHere();
  if (answer !== undefined) {
    if (refusesToRenew(answer)) {
      await goToProvider(place);
      return;
    }
    const signedIn = await signedInByAnswer(place, answer).finally(clearAddress);
    if (signedIn === undefined) {
      await otherTab(frame, answer, organisation.name, place);
      return;
    }
    const setting = sessionSetting(frame, profile, signIn, world, place);
    new Desk(frame, new Session(setting, signedIn.token, signedIn.renewal)).begin();
    return;
  }
  const setting = sessionSetting(frame, profile, signIn, world, place);
  const known = keptToken(setting);
  if (signedOut !== undefined && known === undefined)
    signedOutScreen(frame, signedOut, {
      name: organisation.name,
      ended: signOutAddress(place),
      isLoadedAnew: true,
      signInAgain: () => signInScreen(frame, organisation.name, place),
    });
  else if (known === undefined) signInScreen(frame, organisation.name, place);
  else new Desk(frame, new Session(setting, known)).begin();
}

function sessionSetting(
  frame: Frame,
  profile: Profile,
  signIn: NonNullable<Profile['signIn']>,
  world: World,
  place: SignInPlace,
) {
  return { profile, signIn, ...world, signInAgain: () => askAgain(place, frame) };
}

function signInScreen(frame: Frame, organisation: string, place: SignInPlace): void {
  frame.navigate(undefined);
  frame.show({
    title: 'Secure messages',
    content: [
      para(
        `Write to teams of other public bodies with which ${organisation} has an agreement, and read what they write to you. You see when a message was read, and can prove it.`,
      ),
      button(
        `Sign in with ${organisation}`,
        () => {
          frame.waits('Signing in');
          goToProvider(place).catch((error: unknown) =>
            frame.failed(error, () => signInScreen(frame, organisation, place)),
          );
        },
        'main',
      ),
    ],
  });
}

/** An answer that another tab waits for, or none. */
async function otherTab(frame: Frame, answer: URL, organisation: string, place: SignInPlace): Promise<void> {
  if (await handOver(answer)) {
    frame.show({
      title: 'You are signed in again',
      content: para('Close this tab, and go back to the one that you came from: it goes on there.'),
    });
    return;
  }
  frame.notice(
    'answer',
    para('That sign-in was started in another tab, or before this page was reloaded. Sign in here.'),
  );
  signInScreen(frame, organisation, place);
}

void begin();
