/** What was in the way, as a plain sentence, and what to do. No name of a technology, unless whoever helps needs it. */

import type { SignInRefusal } from '../../../client/in-browsers';
import {
  DeliveryRefused,
  type RecallRefusal,
  type ReceiptRefusal,
  type SharedRefusal,
  StoreFailure,
} from '../../../delivery';
import { dayWords } from '../../../register/calendar';
import { WireError } from '../../../wire';
import { momentWords } from '../../../words';
import type { FetchRefusal } from '../letters/fetching';
import { sizeWords } from './amounts';

/** What happened, and what to do. */
export interface RefusalWords {
  readonly happened: string;
  readonly mend: string;
  /** For whoever is asked for help: says nothing to others. */
  readonly code: string;
}

type Refusal = SharedRefusal | SignInRefusal | FetchRefusal | ReceiptRefusal | RecallRefusal;

const AGAIN = 'Try again in a few minutes. If it happens again, tell your IT help desk the code below.';
const HELP = 'Tell your IT help desk, with the code below.';

/** An error in words. */
export function refusalWords(error: unknown): RefusalWords {
  // What the parts throw says itself what happened: their classes are others than those here.
  if (error instanceof Error && 'words' in error) return error.words as RefusalWords;
  // What fails side by side fails for one reason, mostly. What does not pass by itself comes first.
  if (error instanceof AggregateError)
    return refusalWords(error.errors.find((each) => !(each instanceof StoreFailure)) ?? error.errors[0]);
  if (error instanceof StoreFailure) return failed(error.kind, error.code, error.of);
  if (error instanceof DeliveryRefused)
    return { code: codeOf(error.refusal.refused), ...refused(error.refusal as Refusal) };
  if (error instanceof WireError)
    return { happened: 'The settings of this mailbox cannot be read.', mend: HELP, code: 'profile' };
  if (error instanceof RangeError)
    return {
      happened: `The message cannot be written: ${error.message}.`,
      mend: 'Change it, and send it again.',
      code: 'letter',
    };
  return {
    happened: 'Something went wrong in this page.',
    mend: HELP,
    code: error instanceof Error ? error.name : 'unknown',
  };
}

/** Nothing answers. */
export function notReachedWords(code: string): RefusalWords {
  return {
    happened: 'The mailbox cannot be reached.',
    mend: 'See that this computer is online, and try again. Nothing is lost.',
    code,
  };
}

/** Something answers, and not with what was asked for. */
export function notAnsweredWords(code: string): RefusalWords {
  return { happened: 'The mailbox did not do what was asked.', mend: AGAIN, code };
}

/** What whoever is asked for help is told instead of words of the technology. */
const CODES: Readonly<Record<string, string>> = {
  s3: 'store',
  sts: 'sign-in',
  'no-bucket': 'no-place',
  'no-credentials': 'no-sign-in',
  'credentials-expired': 'sign-in-ended',
  'no-role': 'no-right',
  'role-denied': 'right-refused',
  'token-refused': 'sign-in-refused',
  'token-times': 'sign-in-times',
};
const TECHNOLOGY =
  /s3|bucket|role|access ?point|token|credential|aws|amazon|(?<![a-z])(?:sts|arn|kms|iam)(?![a-z])/i;

/** Codes in one line. What a service answered is left out where it is in its own words. */
function codeOf(...codes: readonly string[]): string {
  return codes
    .map((each) => CODES[each] ?? each)
    .filter((each) => !TECHNOLOGY.test(each))
    .join(' ');
}

function failed(kind: StoreFailure['kind'], code: string, of: string): RefusalWords {
  const told = { code: codeOf(of, kind, code) };
  switch (kind) {
    case 'unreachable':
      return notReachedWords(told.code);
    case 'busy':
      return {
        ...told,
        happened: 'The mailbox is busy.',
        mend: 'Try again in a few minutes. Nothing is lost.',
      };
    case 'no-key':
      return {
        ...told,
        happened: 'The key that protects this cannot be used now: it may have been switched off.',
        mend: 'Ask whoever looks after the agreement in your organisation. Nothing is lost.',
      };
    case 'denied':
    case 'no-bucket':
      return {
        ...told,
        happened:
          'You are not allowed to do this, or not any more. An agreement may have ended or been stopped.',
        mend: 'Ask whoever looks after the agreement in your organisation.',
      };
    case 'clock':
      return {
        ...told,
        happened: 'The clock of this computer is wrong.',
        mend: 'Set it to the right time, and reload this page.',
      };
    case 'damaged':
      return {
        ...told,
        happened: 'What arrived is not what was sent.',
        mend: 'Try again. If it happens again, choose the files again: one may have been changed meanwhile.',
      };
    default:
      return notAnsweredWords(told.code);
  }
}

function refused(refusal: Refusal): Omit<RefusalWords, 'code'> {
  switch (refusal.refused) {
    case 'clock-off':
      return {
        happened: `The clock of this computer is ${Math.round(Math.abs(refusal.seconds) / 60)} minutes ${refusal.seconds > 0 ? 'ahead' : 'behind'}.`,
        mend: 'Set it to the right time, and reload this page.',
      };
    case 'token-times':
      return {
        happened: 'Your sign-in is over already, or begins later, by the clock of this computer.',
        mend: 'See that the clock is right, and sign in again.',
      };
    case 'session-over':
      return {
        happened: `Your sign-in was over on ${momentWords(refusal.ends)}.`,
        mend: 'Sign in again. Nothing is lost.',
      };
    case 'not-signed-in':
      return {
        happened: 'You signed in as somebody else than before.',
        mend: 'Sign out here, then sign in again as yourself.',
      };
    case 'not-let-in':
    case 'role-denied':
      return {
        happened:
          'You are signed in, but your organisation has not let you use this mailbox, or asks you to confirm your sign-in in a second way, such as with your phone.',
        mend: 'Ask your IT help desk to let you use it, then sign in again.',
      };
    case 'consent-denied':
      return {
        happened: 'Your organisation’s sign-in said no.',
        mend: 'Sign in again. If you did not say no yourself, ask your IT help desk.',
      };
    case 'provider-unreachable':
    case 'provider-busy':
    case 'provider-unseen':
      return { happened: 'Your organisation’s sign-in does not answer.', mend: AGAIN };
    case 'provider-faulty':
    case 'provider-refused':
    case 'other-issuer':
    case 'other-audience':
    case 'token-refused':
    case 'other-answer':
      return { happened: 'Your organisation’s sign-in is not set up for this mailbox.', mend: HELP };
    case 'no-role':
    case 'no-sign-in':
    case 'no-agreement':
    case 'other-account':
      return {
        happened: 'Your organisation has not set this mailbox up for what you want to do.',
        mend: HELP,
      };
    case 'over':
      return {
        happened: `The agreement ${refusal.since === undefined ? 'is over' : `ended on ${dayWords(refusal.since)}`}.`,
        mend: 'Ask whoever looks after it whether there is a new one.',
      };
    case 'to-come':
      return { happened: `The agreement begins on ${dayWords(refusal.from)}.`, mend: 'Wait until then.' };
    case 'too-large-to-show':
      return {
        happened: `The message is ${sizeWords(refusal.bytes)}: too large to show here.`,
        mend: 'Ask your IT help desk to collect it.',
      };
    case 'no-checksum':
    case 'wrong-bytes':
      return {
        happened: 'The message arrived damaged, so it is not shown.',
        mend: 'Try again. If it happens again, ask the sender to send it once more.',
      };
    case 'changed':
      return {
        happened: 'The message is not there any more as it was: the sender has taken it back or replaced it.',
        mend: 'Go back to the inbox, and look again.',
      };
    case 'not-sealed':
    case 'no-transfer':
      return {
        happened: 'The receipt is not ready yet.',
        mend: 'It can take up to a day until what happened to a message is in the record. Come back later.',
      };
    case 'faulty-ledger':
    case 'other-log':
    case 'not-signed':
    case 'not-proved':
    case 'not-continued':
      return {
        happened: 'The record of what happened to messages does not prove what it says.',
        mend: 'Do not rely on it. Tell the operator of this service at once, with the code below.',
      };
    case 'not-there':
      return {
        happened: 'The message is not there any more: it was taken back before.',
        mend: 'There is nothing to do.',
      };
    case 'other-version':
      return {
        happened: 'Another message has taken its place, so nothing was taken back.',
        mend: 'Go back to what was sent, and look again.',
      };
    default:
      return { happened: 'This did not work.', mend: HELP };
  }
}
