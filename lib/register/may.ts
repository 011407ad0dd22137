/** Whether anybody at an organisation may deposit or collect, as a role of its account or by signing in. */
import type { Organisation } from './schema/organisation';
import type { SignedIn, SignIn } from './schema/sign-in';

/** An hour: what AWS gives if nobody says otherwise, and the least that it holds. */
const HOUR = 3600;

/** Whether anybody may deposit: only then is there a role for it. */
export function somebodyDeposits(organisation: Organisation): boolean {
  if (organisation.membership === 'external') return false;
  return organisation.mayDeposit.length > 0 || organisation.signIn?.mayDeposit !== undefined;
}

/** Whether anybody may collect: only then is there a role for it. */
export function somebodyCollects(organisation: Organisation): boolean {
  return organisation.mayCollect.length > 0 || signInOf(organisation)?.mayCollect !== undefined;
}

/** How people of an organisation sign in; undefined where none does. */
export function signInOf(organisation: Organisation): SignIn | undefined {
  return organisation.membership === 'member' ? organisation.signIn : undefined;
}

/** Who may take on a role by signing in: its purposes read receipts, too. */
export function signedInFor(
  signIn: SignIn,
  purpose: 'deposit' | 'collect' | 'receipts',
): readonly SignedIn[] {
  const { mayDeposit, mayCollect } = signIn;
  const wanted = { deposit: [mayDeposit], collect: [mayCollect], receipts: [mayDeposit, mayCollect] }[
    purpose
  ];
  return wanted.filter((each) => each !== undefined);
}

/** The longest session by a sign-in, in seconds. */
export function sessionSeconds({ maxSession = 'PT1H' }: SignIn): number {
  return Number(/\d+/.exec(maxSession)?.[0] ?? 1) * HOUR;
}
