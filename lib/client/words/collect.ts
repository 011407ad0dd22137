/** What can come between an object and the folder it is collected into, as text: what happened, and what to do. */
import type { CollectRefusal, SharedRefusal } from '../../delivery';
import type { ContractPlan } from '../../wire/contracts';
import { visible } from '../../words';
import { type Ending, endingOf } from '../exit';
import { bytesInWords } from '../meter';
import { type RefusalText, sharedText } from './refusals';
import { sealedText } from './sealed';

/**
 * A refusal of collecting, or one that any command may have. It names nobody.
 * @param plan of the contract, by which faults are explained
 */
export function collectText(refusal: CollectRefusal | SharedRefusal, plan?: ContractPlan): RefusalText {
  switch (refusal.refused) {
    case 'wrong-bytes':
      return {
        happened: `${visible(refusal.key)}: what arrived does not come to the ${NAMES[refusal.algorithm]} checksum that S3 holds (${refusal.stored}; what arrived comes to ${refusal.read}). None of it was kept.`,
        mend: 'Run the same command again. If it happens again, look at the network, the proxy and the disk, and tell the owner.',
      };
    case 'no-checksum':
      return {
        happened: `${visible(refusal.key)}: S3 holds no checksum of it that this program can work out, so nobody could say whether it is whole. It was not collected.`,
        mend: 'Ask the owner to deposit it again with concordat deposit, or with a current AWS command line.',
      };
    case 'changed':
      return {
        happened: `${visible(refusal.key)}: the owner has put another version in its place meanwhile. Nothing of the old one was kept.`,
        mend: 'Run the command again: it collects the new one once that is released.',
      };
    case 'gone':
      return {
        happened: `${visible(refusal.key)}: the owner has taken it back meanwhile.`,
        mend: 'Nothing is to be done. If you need it, ask the owner.',
      };
    case 'withdrawn':
      return {
        happened: `${visible(refusal.key)}: it could be read, and then S3 refused it. The agreement may have been stopped, or another scan may have found something.`,
        mend: 'Run the command again later: it goes on from what has arrived. If it is still refused, ask the owner.',
      };
    case 'no-space':
      return {
        happened: `The disk of ${refusal.folder} has room for ${bytesInWords(refusal.free)}; ${bytesInWords(refusal.needed)} are needed.`,
        mend: 'Make room, or name a folder on another disk with --to DIR, and run the command again.',
      };
    case 'no-name':
      return {
        happened: `${visible(refusal.key)}: thousands of files in the folder have its name already.`,
        mend: 'Move what was collected to where you keep it, or name another folder with --to DIR.',
      };
    case 'folder-busy':
      return {
        happened: `${refusal.by[0]?.toUpperCase()}${refusal.by.slice(1)} collects into ${refusal.folder} already.`,
        mend: 'Wait until it has ended, or name another folder with --to DIR. What a killed run has left holds nobody up for more than a minute.',
      };
    case 'no-identity':
    case 'faulty-identity':
    case 'sealed-to-others':
    case 'seal-damaged':
    case 'not-sealed':
    case 'opened-faulty':
    case 'scan-found':
      return sealedText(refusal, plan);
    default:
      return sharedText(refusal);
  }
}

/** How collecting ends by a refusal. */
export function collectEnding(refusal: CollectRefusal | SharedRefusal): Ending {
  switch (refusal.refused) {
    case 'no-checksum':
    case 'no-name':
    case 'no-identity':
    case 'sealed-to-others':
    case 'seal-damaged':
    case 'not-sealed':
    case 'opened-faulty':
    case 'scan-found':
      return 'refused';
    case 'faulty-identity':
      return 'faulty';
    case 'wrong-bytes':
    case 'changed':
    case 'gone':
    case 'withdrawn':
    case 'no-space':
    case 'folder-busy':
      return 'unfinished';
    default:
      return endingOf(refusal);
  }
}

const NAMES = {
  SHA512: 'SHA-512',
  MD5: 'MD5',
  XXHASH128: 'XXHash128',
  XXHASH3: 'XXHash3',
  XXHASH64: 'XXHash64',
  SHA256: 'SHA-256',
  CRC64NVME: 'CRC-64/NVME',
  CRC32C: 'CRC-32C',
  CRC32: 'CRC-32',
  SHA1: 'SHA-1',
} as const;
