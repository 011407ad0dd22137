/** The roles through which an organisation’s own people and systems deposit and collect. */
import type { Construct } from 'constructs';
import {
  AGREEMENTS_PREFIX,
  accessPointsFor,
  anyKey,
  anyZoneKey,
  bucketArn,
  REPORTS_PREFIX,
} from '../../names';
import {
  collectPermissions,
  depositPermissions,
  receiptFiles,
  receiptPermissions,
  trustedByOwn,
} from '../../policy';
import {
  type Member,
  type Organisation,
  sessionSeconds,
  signedInFor,
  signInOf,
  type Zone,
} from '../../register';
import { boundaryIn, type RolesBoundary, ScopedRole } from './scoped-role';

/**
 * The longest session of these roles in seconds, where nobody signs in. Where people do, it is what the register says for them:
 * a role that takes on one of these gets an hour at most, whatever they may give.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
const SESSION_SECONDS = 3600;

/** Whose role it is. */
export interface ExchangeRoleProps<Kind extends Organisation> {
  readonly zone: Zone;
  readonly organisation: Kind;
  /** False while the organisation is paused or gone. */
  readonly active: boolean;
}

/** The role that deposits into the organisation’s own bucket. */
export class DepositRole extends ScopedRole {
  constructor(scope: Construct, id: string, props: ExchangeRoleProps<Member> & { readonly keyArn: string }) {
    const { zone, organisation, keyArn, active } = props;
    super(scope, id, {
      purpose: 'deposit',
      boundary: boundaryOf(organisation),
      description: `Concordat: deposits what ${organisation.id} shares; ${trustedBy(organisation)}`,
      maxSessionSeconds: secondsOf(organisation, 'deposit'),
      trust: trustedByOwn('deposit', organisation.account, organisation.mayDeposit, organisation.signIn),
      permissions: active
        ? depositPermissions(zone, organisation.account, keyArn, organisation.leaves)
        : undefined,
      wildcards: {
        [`${bucketArn(zone, organisation.account)}/${AGREEMENTS_PREFIX}*`]:
          'Objects get their names when they are deposited. The prefix holds shared data only, in the organisation’s own bucket.',
        [`${bucketArn(zone, organisation.account)}/${REPORTS_PREFIX}*`]:
          'Reports are named after deposits. The prefix holds them alone, and nobody but the release gate writes there.',
      },
    });
  }
}

/** The role that collects what other organisations share. */
export class CollectRole extends ScopedRole {
  constructor(scope: Construct, id: string, props: ExchangeRoleProps<Organisation>) {
    const { zone, organisation, active } = props;
    const accessPoints = accessPointsFor(zone, organisation.id);
    const onlyOurs =
      'Owners make access points for this organisation as agreements start. Their names end in its id, which no other id can match, and each has a policy that must say yes as well.';
    super(scope, id, {
      purpose: 'collect',
      boundary: boundaryOf(organisation),
      description: `Concordat: collects what is shared with ${organisation.id}; ${trustedBy(organisation)}`,
      maxSessionSeconds: secondsOf(organisation, 'collect'),
      trust: trustedByOwn('collect', organisation.account, organisation.mayCollect, signInOf(organisation)),
      permissions: active ? collectPermissions(zone, organisation.id) : undefined,
      wildcards: {
        [accessPoints]: onlyOurs,
        [`${accessPoints}/object/${AGREEMENTS_PREFIX}*`]: onlyOurs,
        [anyKey(zone)]:
          'The ids of owners’ keys are not known beforehand. Only keys in the AWS organisation, only through S3, and only where the owner has made a grant to this role.',
      },
    });
  }
}

/** The role with which those who deposit or collect read the organisation’s receipts in the ledger. */
export class ReceiptsRole extends ScopedRole {
  constructor(scope: Construct, id: string, props: ExchangeRoleProps<Organisation>) {
    const { zone, organisation, active } = props;
    const { account, mayCollect } = organisation;
    const mayDeposit = organisation.membership === 'member' ? organisation.mayDeposit : [];
    const folders = receiptFiles(zone, account).filter((file) => /[*?]/.test(file));
    const why =
      'The ledger grows, and its files are named by their place in it. These folders hold the organisation’s own receipts, and what tells nothing of anybody.';
    super(scope, id, {
      purpose: 'receipts',
      boundary: boundaryOf(organisation),
      description: `Concordat: reads the receipts of ${organisation.id} in the ledger; ${trustedBy(organisation)}`,
      maxSessionSeconds: secondsOf(organisation, 'receipts'),
      trust: trustedByOwn(
        'receipts',
        account,
        [...new Set([...mayDeposit, ...mayCollect])],
        signInOf(organisation),
      ),
      permissions: active ? receiptPermissions(zone, account) : undefined,
      wildcards: {
        ...Object.fromEntries(folders.map((folder) => [folder, why])),
        [anyZoneKey(zone)]:
          'The id of the ledger’s key is not known here. It is in the operator’s account, and a condition holds it to the ledger’s bucket.',
      },
    });
  }
}

/** For a description: whom its trust lets in. */
function trustedBy(organisation: Organisation): string {
  return signInOf(organisation) === undefined
    ? 'trusted only by the roles that its register file names'
    : 'trusted only by the roles, and those who sign in, that its register file names';
}

/** A role to which nobody signs in gives no longer session than it did. */
function secondsOf(organisation: Organisation, purpose: 'deposit' | 'collect' | 'receipts'): number {
  const signIn = signInOf(organisation);
  return signIn === undefined || signedInFor(signIn, purpose).length === 0
    ? SESSION_SECONDS
    : sessionSeconds(signIn);
}

function boundaryOf({ membership, account }: Organisation): RolesBoundary | 'handed over' {
  return membership === 'member' ? boundaryIn('member', account) : 'handed over';
}
