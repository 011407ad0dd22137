/**
 * Who called. The ledger is kept for years and shown to others, and the names of sessions and users are often those of
 * people. So of these only a fingerprint is kept: it ties the entries of one session name under one role together, and
 * those who may read the log archive find the name there by the event’s id. It is a pseudonym, not anonymous: it is made
 * of the role’s unique id too, which the ledger does not hold, so a list of likely names alone does not undo it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
import { createHash } from 'node:crypto';
import { fieldsOf, textOf } from './fields';

/** What a caller is. */
type PrincipalKind = 'role' | 'user' | 'root' | 'service' | 'account' | 'anonymous' | 'unknown';

/** A caller. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly account: string | undefined;
  /**
   * The ARN of the role, with its path. Absent where CloudTrail does not show it: in the owner’s copy of a call from
   * another account it shows the account alone.
   */
  readonly role: string | undefined;
  /** The AWS service that called, or through which the caller came. */
  readonly service: string | undefined;
  /** 16 hex digits for the session or user. */
  readonly fingerprint: string | undefined;
}

const ACCOUNT = /^\d{12}$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,600}$/;

/** Reads `userIdentity`. */
export function principalOf(value: unknown): Principal {
  const identity = fieldsOf(value);
  const issuer = fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer);
  const account = textOf(identity.accountId);
  const role = textOf(issuer.arn);
  const id = textOf(identity.principalId);
  const kind = kindOf(textOf(identity.type), account);
  return {
    kind,
    account: account !== undefined && ACCOUNT.test(account) ? account : undefined,
    role: kind === 'role' && role !== undefined && ROLE.test(role) ? role : undefined,
    service: textOf(identity.invokedBy),
    fingerprint: (kind === 'role' || kind === 'user') && id !== undefined ? fingerprintOf(id) : undefined,
  };
}

function kindOf(type: string | undefined, account: string | undefined): PrincipalKind {
  switch (type) {
    case 'AssumedRole':
    case 'Role':
      return 'role';
    case 'Root':
      return 'root';
    case 'AWSService':
      return 'service';
    case 'AWSAccount':
      return account !== undefined && ACCOUNT.test(account) ? 'account' : 'anonymous';
    case undefined:
      return 'unknown';
    default:
      // IAMUser, FederatedUser, SAMLUser, WebIdentityUser, IdentityCenterUser and whatever else comes.
      return 'user';
  }
}

/** CloudTrail’s principalId is the unique id of the role or user, and for a role the session’s name. */
function fingerprintOf(principalId: string): string {
  return createHash('sha256').update(principalId).digest('hex').slice(0, 16);
}
