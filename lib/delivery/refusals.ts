/** Why sending or collecting did not come about: facts with types. `lib/client/words` says what happened and what to do. */
import type { Profile } from '../wire';
import type { FailureKind } from './store';

/** Which of the organisation’s roles is taken on. */
export type DeliveryRole = keyof Profile['roles'];

/** What can be in the way of every command of delivery. */
export type SharedRefusal =
  /** There is no profile at any of the places. */
  | { readonly refused: 'no-profile'; readonly looked: readonly string[] }
  /** The file is no profile, or cannot be read. */
  | { readonly refused: 'faulty-profile'; readonly file: string; readonly problems: readonly string[] }
  /** The organisation has no such role: it shares nothing of its own. */
  | { readonly refused: 'no-role'; readonly role: DeliveryRole }
  /** The profile has no such agreement. `near` is what was most likely meant. */
  | {
      readonly refused: 'no-agreement';
      readonly agreement: string;
      readonly near: string | undefined;
      /** What it has, for this direction. */
      readonly agreements: readonly string[];
      readonly direction: 'sends' | 'collects';
      /** Whether it has that agreement in the other direction. */
      readonly otherWay: boolean;
    }
  /** The agreement is not in force on this day. */
  | { readonly refused: 'to-come'; readonly agreement: string; readonly from: string }
  | { readonly refused: 'over'; readonly agreement: string; readonly since: string | undefined }
  /** The credentials belong to another account than the profile’s. */
  | { readonly refused: 'other-account'; readonly wanted: string; readonly found: string }
  /** AWS does not let these credentials take on the role. */
  | { readonly refused: 'role-denied'; readonly role: string; readonly caller: string }
  /** This computer’s clock is that many seconds ahead of AWS’s; behind where it is negative. */
  | { readonly refused: 'clock-off'; readonly seconds: number }
  /** S3 or STS did not do what was asked. */
  | {
      readonly refused: 'failed';
      readonly kind: FailureKind;
      readonly code: string;
      readonly what: 's3' | 'sts';
      /** The address, where it is not AWS’s own. */
      readonly endpoint?: string;
    }
  /** A file or folder on this computer does not do. `code` is Node’s, such as `ENOSPC`. */
  | { readonly refused: 'disk'; readonly path: string; readonly code: string; readonly act: 'read' | 'write' }
  /** Somebody stopped it. */
  | { readonly refused: 'stopped' };

/** A command of delivery could not do what it was asked. @typeParam R the refusals of that command */
export class DeliveryRefused<R extends { readonly refused: string } = SharedRefusal> extends Error {
  override readonly name = 'DeliveryRefused';
  constructor(
    readonly refusal: R,
    options?: ErrorOptions,
  ) {
    super(refusal.refused, options);
  }
}
