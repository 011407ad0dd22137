/** How a message stands, in words that an officer uses. */
import type { GateReason } from '../../../wire';
import { momentWords, orList } from '../../../words';
import type { Arrived } from '../letters/inbox';
import type { Opening } from '../letters/loaded';
import type { Gone } from '../letters/outbox';
import { sizeWords, typeWords } from './amounts';

/** A state: what its label says, what it means, and what to do. */
export interface StateWords {
  readonly label: string;
  readonly kind: 'good' | 'waits' | 'bad' | 'quiet';
  readonly means: string;
}

/** How a message that was sent stands. @param now in milliseconds since 1970 @param isSealed nobody looks into it then */
export function sentState(
  { line: { verdict, recipients, collectBy }, opened }: Pick<Gone, 'line' | 'opened'>,
  now: number,
  isSealed = false,
): StateWords {
  const [party] = recipients;
  const name = party?.name ?? 'the recipient';
  switch (verdict.state) {
    case 'awaiting':
      return verdict.what === 'scan'
        ? {
            label: 'Sent',
            kind: 'waits',
            means: `It is being checked for malware. ${name} cannot open it before that. This usually takes a few minutes.`,
          }
        : {
            label: 'Scanned',
            kind: 'waits',
            means: `${isSealed ? 'It is sealed, so that nobody can look into it.' : 'No malware was found.'} It is being checked against what the agreement allows. ${name} cannot open it before that.`,
          };
    case 'released':
      return releasedState(name, opened, collectBy, now);
    case 'rejected':
      return {
        label: 'Stopped',
        kind: 'bad',
        means: `It does not keep to the agreement, so ${name} cannot open it. Nobody there has read it.`,
      };
    case 'not-clean':
      return { label: STOPPED[verdict.scan].label, kind: 'bad', means: STOPPED[verdict.scan].means(name) };
    case 'replaced':
      return { label: 'Replaced', kind: 'quiet', means: 'Another message has taken its place.' };
    case 'recalled':
      return {
        label: 'Taken back',
        kind: 'quiet',
        means: `It was taken back: ${name} cannot open it any more.`,
      };
  }
}

/** How one stands that can be opened. Before the record was asked nobody says whether it was read. */
function releasedState(name: string, opened: Gone['opened'], collectBy: number, now: number): StateWords {
  const [label, kind] = ['Delivered', 'good'] as const;
  const by = `It ${now > collectBy ? 'was' : 'is'} to be read by ${momentWords(collectBy)}`;
  if (typeof opened === 'number')
    return { label: 'Read', kind, means: `Opened by ${name} on ${momentWords(opened)}.` };
  if (opened === 'being looked up')
    return { label, kind, means: `${name} can open it. ${by}. Looking up whether it has been read.` };
  if (opened === 'not found out')
    return { label, kind, means: `${name} can open it. ${by}. It is not known whether it has been read.` };
  return now > collectBy
    ? {
        label: 'Not read in time',
        kind: 'bad',
        means: `${by}, and there is no record that it was. ${name} can still open it while the agreement lasts.`,
      }
    : { label, kind, means: `${name} can open it. ${by}.` };
}

const STOPPED = {
  infected: {
    label: 'Stopped: malware',
    means: (name: string) =>
      `Malware was found in it, so ${name} cannot open it. Do not send the file again. Tell your IT help desk where it came from.`,
  },
  unscannable: {
    label: 'Stopped: not scanned',
    means: (name: string) =>
      `It could not be checked for malware, so ${name} cannot open it. A file in it may be locked with a password, or be too large. Send it again without the password, or in smaller files.`,
  },
  failed: {
    label: 'Check failed',
    means: (name: string) =>
      `The check for malware did not come to an end, so ${name} cannot open it yet. If it stays so for a day, tell the operator of this service.`,
  },
} as const;

/** Why the check of the agreement stopped a message, one sentence each, with what to do. */
export function stoppedWords(reason: GateReason): string {
  switch (reason.why) {
    case 'attachment-type':
      return `File ${reason.attachment} of the message is of a kind that the agreement does not allow (${typeWords([reason.found])[0]}). It allows ${orList(typeWords(reason.allowed.filter((each) => each !== 'message/rfc822')))}. Send the message again with the file in one of these formats, or without it.`;
    case 'too-large':
      return `The message is ${sizeWords(reason.bytes)}. The agreement allows ${sizeWords(reason.most)}. Send its files in several messages.`;
    case 'agreement-ended':
      return 'The agreement had ended. Ask whoever looks after it whether there is a new one.';
    case 'locked':
      return 'A file is locked with a password, so it could not be checked. Send it again without the password: it is encrypted on its way in any case.';
    case 'message':
      return `The message is not written as mail programs agree on (line ${reason.line}), so two programs could show it differently. Write it again here.`;
    case 'not-sealed':
    case 'seal-kind':
    case 'seal-keys':
      return 'It was not sealed as the agreement asks. Its keys may have changed since you loaded this page. Reload it, and write the message again.';
    case 'checksum-differs':
    case 'no-checksum':
    case 'seal-damaged':
      return 'It arrived damaged. Send it again.';
    default:
      return 'It was stopped by a check that should not stop messages from this page. Tell the operator of this service when you sent it.';
  }
}

/** When a message was read, as far as that is known. */
export function openingWords(opened: Opening): string {
  switch (opened) {
    case 'never':
      return 'No record of this yet';
    case 'being looked up':
      return 'Being looked up';
    case 'not found out':
      return 'Not known';
    default:
      return momentWords(opened);
  }
}

/** How a message that came stands. One that may have been opened is never called new. */
export function inboxState({ access, opened }: Pick<Arrived, 'access' | 'opened'>): StateWords {
  if (access === 'held')
    return {
      label: 'Cannot be opened',
      kind: 'waits',
      means:
        'It is still being checked, or a check has stopped it. If it was stopped, the sender is told why and can send it again. There is nothing for you to do.',
    };
  if (typeof opened === 'number')
    return { label: 'Read', kind: 'quiet', means: `Opened by your organisation on ${momentWords(opened)}.` };
  if (access === 'being looked up' || opened === 'being looked up')
    return { label: 'Not known yet', kind: 'quiet', means: 'Looking up how it stands.' };
  if (access === 'not found out' || opened === 'not found out')
    return { label: 'Not known', kind: 'quiet', means: 'It is not known how it stands.' };
  return {
    label: 'New',
    kind: 'good',
    means: 'There is no record that your organisation has opened it.',
  };
}
