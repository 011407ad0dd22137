/** What can come between a sealed object and what is in it, as text: what happened, and what to do. No key is ever shown. */
import type { CollectRefusal, HandedOn, IdentityFault } from '../../delivery';
import type { ContractPlan } from '../../wire/contracts';
import { orList, systemWords, visible } from '../../words';
import { faultText } from './deposit';
import type { RefusalText } from './refusals';

/** The refusals that sealed agreements alone have. */
type SealedRefusal = Extract<
  CollectRefusal,
  {
    refused:
      | 'no-identity'
      | 'faulty-identity'
      | 'sealed-to-others'
      | 'seal-damaged'
      | 'not-sealed'
      | 'opened-faulty'
      | 'scan-found';
  }
>;

/** A refusal in words. @param plan of the contract, by which faults are explained */
export function sealedText(refusal: SealedRefusal, plan: ContractPlan | undefined): RefusalText {
  switch (refusal.refused) {
    case 'no-identity':
      return {
        happened:
          'The agreement is sealed, and no identity was given: without one nobody can open what is shared under it. Nothing of it was collected.',
        mend: `Give the file with your organisation’s secret key by --identity FILE. The register says who keeps it: ${orList(refusal.keptBy)}. To open it elsewhere, collect it as it is with --leave-sealed.`,
      };
    case 'faulty-identity':
      return identityText(refusal.path, refusal.why, refusal.line);
    case 'sealed-to-others':
      return {
        happened: `${visible(refusal.key)}: it is sealed to somebody else: none of your secret keys opens it. It was not kept.`,
        mend: 'Give the identity file that belongs to the public key in the agreement, old ones too if the key was changed. If that is the right one, ask the owner to deposit it again with the profile of today.',
      };
    case 'seal-damaged':
      return {
        happened: `${visible(refusal.key)}: it arrived as S3 has it, and is a damaged age file: something was changed or cut off before it was deposited. Nothing of it was kept.`,
        mend: 'Ask the owner to deposit it again with concordat deposit.',
      };
    case 'not-sealed':
      return {
        happened: `${visible(refusal.key)}: the agreement is sealed, and this file is in clear. It was not kept.`,
        mend: 'Tell the owner: administrators could read it. If you need it as it is, collect it with --leave-sealed.',
      };
    case 'opened-faulty':
      return {
        happened: `${visible(refusal.key)}: it was opened, and would have been rejected, had anybody on the way been able to look into it. It was not kept.\n\n${faultText(visible(refusal.key), refusal.fault, plan)}\n`,
        mend: 'Send this to the owner, who mends the file and deposits it again. To look at it yourself, collect it with --leave-sealed and open it with age.',
      };
    case 'scan-found':
      return {
        happened: `${visible(refusal.key)}: it was opened, and the command of --scan ${endedHow(refusal.how)}. It was not kept.`,
        mend: 'If that means that it found something, tell your security team and the owner. Otherwise mend the command, and run this again.',
      };
  }
}

function endedHow(how: HandedOn): string {
  if ('code' in how) return `ended with exit code ${how.code}`;
  return 'signal' in how
    ? `was ended by ${how.signal}`
    : `could not be started (${systemWords(how.failed, 'start')})`;
}

function identityText(path: string, why: IdentityFault, line: number | undefined): RefusalText {
  const file = visible(path);
  const at = line === undefined ? file : `Line ${line} of ${file}`;
  switch (why) {
    case 'missing':
      return {
        happened: `There is no file ${file}.`,
        mend: 'Give the path of your identity file. Have one made by concordat identity new or age-keygen, and its public key put into the agreement.',
      };
    case 'unreadable':
      return {
        happened: `${file} cannot be read.`,
        mend: 'Run this as the user whose file it is, or give the path of a file that you may read.',
      };
    case 'readable-by-others':
      return {
        happened: `${file} can be read or written by others than its owner, so that the key in it is not yours alone. It was not used.`,
        mend: `Take their rights away: chmod 600 ${file}. If others may have read it, have a new key made, and its public key put into the agreement.`,
      };
    case 'no-key':
      return {
        happened: `${file} holds no secret key of age.`,
        mend: 'Give the file that concordat identity new or age-keygen wrote: a line in it begins with AGE-SECRET-KEY-.',
      };
    case 'locked':
      return {
        happened: `${file} is encrypted itself, with a passphrase or to another key.`,
        mend: 'Decrypt it with age into a file that nobody else may read, give that, and delete it afterwards.',
      };
    case 'plugin':
      return {
        happened: `${at} names a key on a security token or a passkey, for which age has plugins.`,
        mend: 'This program cannot use them: a passkey is at hand in a browser alone. Give a key that begins with AGE-SECRET-KEY-, or collect with --leave-sealed and open with age and its plugin.',
      };
    case 'ssh':
      return {
        happened: `${at} is a key of SSH.`,
        mend: 'Agreements are sealed to keys of age. Give the file that concordat identity new or age-keygen wrote.',
      };
    case 'public':
      return {
        happened: `${at} is a public key, and a public key opens nothing.`,
        mend: 'Give the file with its secret half: a line in it begins with AGE-SECRET-KEY-.',
      };
    case 'malformed':
      return {
        happened: `${at} is no secret key of age, or was not copied whole. It is not shown.`,
        mend: 'Copy the whole line again from where the key was made.',
      };
  }
}
