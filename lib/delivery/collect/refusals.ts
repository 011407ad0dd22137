/** What can come between an object and the folder that it is collected into. */

import type { FileFault } from '../deposit/look';
import { DeliveryRefused } from '../refusals';
import type { Algorithm, HandedOn } from './ports';

/** Why an object was not collected, or a run of collecting not begun; beside what every command of delivery may meet. */
export type CollectRefusal =
  /** What arrived does not come to the checksum that S3 holds. Nothing of it was kept. */
  | {
      readonly refused: 'wrong-bytes';
      readonly key: string;
      readonly algorithm: Algorithm;
      readonly stored: string;
      readonly read: string;
    }
  /** S3 holds no checksum that can be checked, so that nobody can say whether what arrived is whole. */
  | { readonly refused: 'no-checksum'; readonly key: string }
  /** Another version took its place meanwhile. It is collected next. */
  | { readonly refused: 'changed'; readonly key: string }
  /** It was there and is not any more: it was taken back. */
  | { readonly refused: 'gone'; readonly key: string }
  /** It could be read, and then not any more. */
  | { readonly refused: 'withdrawn'; readonly key: string }
  | {
      readonly refused: 'no-space';
      readonly folder: string;
      readonly needed: number;
      readonly free: number;
    }
  /** Thousands of files have its name already. */
  | { readonly refused: 'no-name'; readonly key: string }
  /** Another run collects into this folder. */
  | { readonly refused: 'folder-busy'; readonly folder: string; readonly by: string }
  /** The agreement is sealed, and nothing was given to open it by. Who has that, the register says. */
  | { readonly refused: 'no-identity'; readonly agreement: string; readonly keptBy: readonly string[] }
  /** The identity file does not do, in a line of it or as a whole. */
  | {
      readonly refused: 'faulty-identity';
      readonly path: string;
      readonly why: IdentityFault;
      readonly line?: number;
    }
  /** None of the identities opens it. */
  | { readonly refused: 'sealed-to-others'; readonly key: string }
  /** It arrived as S3 has it, and is no whole file of age. */
  | { readonly refused: 'seal-damaged'; readonly key: string }
  /** Its agreement is sealed, and it is in clear. */
  | { readonly refused: 'not-sealed'; readonly key: string }
  /** Once it was opened, it was seen that it would be rejected, had anybody been able to look. */
  | {
      readonly refused: 'opened-faulty';
      readonly agreement: string;
      readonly key: string;
      readonly fault: FileFault;
    }
  /** The command that is to scan what was opened did not end well. */
  | { readonly refused: 'scan-found'; readonly key: string; readonly how: HandedOn };

/** What is the matter with an identity file, or with what stands in one of its lines. */
export type IdentityFault =
  | 'missing'
  | 'unreadable'
  /** Others than its owner may read or write it. */
  | 'readable-by-others'
  | 'no-key'
  /** It is encrypted itself. */
  | 'locked'
  /** It needs a plugin, as for a security token or a passkey. */
  | 'plugin'
  | 'ssh'
  /** A public key. */
  | 'public'
  /** A secret key that was not copied whole. */
  | 'malformed';

/** @throws DeliveryRefused always */
export function refuse(refusal: CollectRefusal, cause?: unknown): never {
  throw new DeliveryRefused<CollectRefusal>(refusal, cause === undefined ? undefined : { cause });
}
