/** Compares the grants that there are with those that are to be, and says what to do. Pure: no clock, no AWS. */
import { type GrantList, inForceAt, isCollectRole, isShareId, type ListedShare } from '../../lib/wire';
import type { Closing, Grant, GrantOrder } from './ports';
import type { Stops } from './stops';

/** What a share’s grant permits. */
const OPERATIONS = ['Decrypt', 'DescribeKey'] as const;

/** Why a grant is revoked. Only `unexpected` is a security event: the others come of what the register says. */
type Why =
  | 'stopped'
  | 'share-ended'
  | 'share-not-begun'
  | 'share-not-listed'
  | 'broker-removed'
  | 'duplicate'
  | 'grantee-recreated'
  | 'unexpected';

/** A grant that goes. */
export interface Revocation {
  readonly grant: Grant;
  readonly why: Why;
  /** The share whose access point is to be closed first. */
  readonly accessPoint: string | undefined;
}

/** A share whose access point is to be closed, whether or not a grant hangs on it. */
interface ToClose {
  readonly share: string;
  readonly why: Closing;
}

/** What a run is to do. */
export interface Plan {
  /** Shares of the list that are stopped, whether or not they have a grant. */
  readonly stopped: readonly ListedShare[];
  readonly revoke: readonly Revocation[];
  /**
   * Access points that must be closed: of stopped shares, of shares of the list that are over, and of those that lose a grant
   * and are no longer listed. An earlier run may have failed to close them, and have ended the grant.
   */
  readonly close: readonly ToClose[];
  readonly create: readonly ListedShare[];
  /** Shares in force that have their grant, with its id. */
  readonly keep: readonly { readonly share: ListedShare; readonly grant: string }[];
  /** Grants of AWS services, which are left alone. */
  readonly services: number;
}

/** The grant that a share is to have. */
export function orderFor(share: ListedShare, bucketArn: string, brokerRole: string): GrantOrder {
  return {
    name: share.share,
    grantee: share.grantee,
    retiring: brokerRole,
    operations: OPERATIONS,
    contextEquals: { 'aws:s3:arn': bucketArn },
  };
}

/**
 * What to do at the moment, in milliseconds since 1970.
 * @param stops what was stopped and not lifted; a share that is, gets no grant and loses the one that it has
 */
export function planOf(
  list: GrantList | undefined,
  brokerRole: string,
  grants: readonly Grant[],
  now: number,
  stops: Stops,
): Plan {
  const shares = new Map(list?.shares.map((share) => [share.share, share]));
  const kept = new Map<string, string>();
  const revoke: Revocation[] = [];
  let services = 0;
  for (const grant of oldestFirst(grants)) {
    if (isForService(grant)) {
      services += 1;
      continue;
    }
    const share = grant.name === undefined ? undefined : shares.get(grant.name);
    if (grant.name !== undefined && isShareId(grant.name) && stops.isStopped(grant.name)) {
      revoke.push({ grant, why: 'stopped', accessPoint: grant.name });
      continue;
    }
    const why = reasonToRevoke(grant, share, list, brokerRole, now, kept);
    if (why !== undefined) revoke.push({ grant, why, accessPoint: accessPointToClose(grant, share, now) });
    else if (share) kept.set(share.share, grant.id);
  }
  const stopped = (list?.shares ?? []).filter(({ share }) => stops.isStopped(share));
  const inForce = (list?.shares ?? []).filter(
    (share) => inForceAt(share, now) && !stops.isStopped(share.share),
  );
  return {
    stopped,
    revoke,
    close: toClose(list, revoke, stops, now),
    create: inForce.filter((share) => !kept.has(share.share)),
    keep: inForce.flatMap((share) => {
      const grant = kept.get(share.share);
      return grant === undefined ? [] : [{ share, grant }];
    }),
    services,
  };
}

/** Each access point once, for the reason that weighs most. */
function toClose(
  list: GrantList | undefined,
  revoke: readonly Revocation[],
  stops: Stops,
  now: number,
): ToClose[] {
  const closings = new Map<string, Closing>();
  for (const { accessPoint } of revoke) if (accessPoint !== undefined) closings.set(accessPoint, 'ended');
  for (const { share, until } of list?.shares ?? [])
    if (Date.parse(until) <= now) closings.set(share, 'expired');
  const all = [...closings.keys(), ...(list?.shares ?? []).map(({ share }) => share)];
  for (const share of all) if (stops.isStopped(share)) closings.set(share, 'stopped');
  return [...closings].map(([share, why]) => ({ share, why }));
}

/**
 * Whether a grant belongs to an AWS service. A service is named as such, or is a principal `x.amazonaws.com`, which an ARN
 * never is: a role may be called `x.amazonaws.com`. Only IAM makes roles under /aws-service-role/.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 * @internal Only tests import it.
 */
export function isForService({ grantee, granteeService }: Grant): boolean {
  if (granteeService !== undefined) return true;
  return (
    grantee !== undefined &&
    (/^[a-z0-9.-]+\.amazonaws\.com$/.test(grantee) ||
      /^arn:aws:iam::\d{12}:role\/aws-service-role\/[a-z0-9.-]+\.amazonaws\.com\/[\w+=,.@-]+$/.test(grantee))
  );
}

/** Why the grant must go, or undefined where it is the one that its share in force is to have. */
function reasonToRevoke(
  grant: Grant,
  share: ListedShare | undefined,
  list: GrantList | undefined,
  brokerRole: string,
  now: number,
  kept: ReadonlyMap<string, string>,
): Why | undefined {
  const recreated = isUniqueRoleId(grant.grantee);
  const shaped = isShaped(grant, list?.key.bucketArn, brokerRole);
  if (!share) {
    const once = shaped && isShareId(grant.name ?? '') && (recreated || isCollectRole(grant.grantee ?? ''));
    if (!once) return 'unexpected';
    return list ? 'share-not-listed' : 'broker-removed';
  }
  if (!shaped || !(recreated || grant.grantee === share.grantee)) return 'unexpected';
  if (!inForceAt(share, now)) return now < Date.parse(share.from) ? 'share-not-begun' : 'share-ended';
  if (recreated) return 'grantee-recreated';
  return kept.has(share.share) ? 'duplicate' : undefined;
}

/** Whether all but name and grantee is as the broker makes it. With no list, any one bucket will do. */
function isShaped(grant: Grant, bucketArn: string | undefined, brokerRole: string): boolean {
  const context = Object.entries(grant.contextEquals ?? {});
  const [key, value] = context[0] ?? [];
  return (
    context.length === 1 &&
    key === 'aws:s3:arn' &&
    (bucketArn === undefined || value === bucketArn) &&
    !grant.otherConstraints &&
    grant.granteeService === undefined &&
    grant.retiring === brokerRole &&
    grant.retiringService === undefined &&
    grant.operations.length === OPERATIONS.length &&
    OPERATIONS.every((operation) => grant.operations.includes(operation))
  );
}

/**
 * The access point to close before the grant goes: that of a share that has ended or is no longer listed. The access point
 * of a share to come is left alone: its dates keep it shut, and nothing would open it again in time. That of a share in
 * force is not closed because of a stray grant.
 */
function accessPointToClose(
  { name }: Grant,
  share: ListedShare | undefined,
  now: number,
): string | undefined {
  if (name === undefined || !isShareId(name)) return undefined;
  return share === undefined || Date.parse(share.until) <= now ? name : undefined;
}

/** KMS lists a grantee that was deleted by its unique id, even if a role of that name is made again. */
function isUniqueRoleId(grantee: string | undefined): boolean {
  return grantee !== undefined && /^AROA[A-Z0-9]{12,}$/.test(grantee);
}

/** The order in which of two equal grants the same one is always kept. */
function oldestFirst(grants: readonly Grant[]): Grant[] {
  return [...grants].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}
