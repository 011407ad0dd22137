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
  | {
      readonly refused: 'other-account';
      readonly wanted: string;
      readonly found: string;
      /** Whether the organisation’s people can sign in with its own identity provider instead. */
      readonly signsIn?: true;
    }
  /** AWS does not let these credentials take on the role. */
  | { readonly refused: 'role-denied'; readonly role: string; readonly caller: string }
  /** The organisation’s people sign in, nobody has here, and there are no credentials of AWS either. */
  | { readonly refused: 'not-signed-in'; readonly issuer: string }
  /** Somebody had signed in; `ends` is when that was over, in milliseconds since 1970. */
  | {
      readonly refused: 'session-over';
      readonly issuer: string;
      readonly subject: string;
      readonly ends: number;
    }
  /** The role lets this person in by none of its statements. AWS does not say which of the things that it asks for is missing. */
  | {
      readonly refused: 'not-let-in';
      readonly role: string;
      readonly issuer: string;
      readonly subject: string;
      /** What the provider said of how they signed in (`amr`, RFC 8176); empty where it says nothing. */
      readonly methods: readonly string[];
    }
  /** AWS does not take tokens of this provider for this audience in this account. */
  | {
      readonly refused: 'token-refused';
      readonly issuer: string;
      readonly audience: string;
      readonly account: string;
      readonly code: string;
    }
  /** AWS could not reach the provider, whose keys it needs. */
  | { readonly refused: 'provider-unseen'; readonly issuer: string }
  /** This computer’s clock is that many seconds ahead of AWS’s, or of the identity provider’s; behind where it is negative. */
  | { readonly refused: 'clock-off'; readonly seconds: number; readonly of?: 'provider' }
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
  /** Another run deposits under this agreement, or gives up what is under way there. */
  | { readonly refused: 'deposit-busy'; readonly agreement: string; readonly by: string }
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
