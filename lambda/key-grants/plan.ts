/** Compares the grants that there are with those that are to be, and says what to do. Pure: no clock, no AWS. */
import { type GrantList, inForceAt, isCollectRole, isShareId, type ListedShare } from '../../lib/wire';
import type { Closing, Grant } from './ports';
import { isForService, isShaped, isUniqueRoleId, SHOWN_BY_THEN } from './shape';
import type { Stops } from './stops';

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
  /** Shares in force that have no grant of which that is certain. */
  readonly create: readonly ListedShare[];
  /**
   * By the ids of such shares, grants that may be theirs: KMS shows the grantee by its unique id. It is that of a role which was
   * made a moment ago, or of one that is gone; only asking for the share’s grant tells, so they stay until then.
   */
  readonly perhaps: ReadonlyMap<string, readonly Grant[]>;
  /** Shares in force that have their grant, with its id. */
  readonly keep: readonly { readonly share: ListedShare; readonly grant: string }[];
  /** Grants of AWS services, which are left alone. */
  readonly services: number;
}

/**
 * What to do at the moment, in milliseconds since 1970.
 * @param stops what was stopped and not lifted; a share that is, gets no grant and loses the one that it has
 * @param justLifted shares whose grants were ended a moment ago, perhaps, so that they may only still be listed
 */
export function planOf(
  list: GrantList | undefined,
  brokerRole: string,
  grants: readonly Grant[],
  now: number,
  stops: Stops,
  justLifted: (share: string) => boolean = () => false,
): Plan {
  const shares = new Map(list?.shares.map((share) => [share.share, share]));
  const kept = new Map<string, Grant>();
  const perhaps = new Map<string, Grant[]>();
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
    else if (share && (isUniqueRoleId(grant.grantee) || justLifted(share.share)))
      perhaps.set(share.share, [...(perhaps.get(share.share) ?? []), grant]);
    else if (share) kept.set(share.share, grant);
  }
  for (const [share, { createdAt }] of kept) {
    // Beside the right one, one that was there before is of a role that is gone. One that came after may be of a role that KMS
    // does not show yet, for as long as that may take.
    for (const grant of perhaps.get(share) ?? [])
      if (grant.createdAt <= createdAt || grant.createdAt <= now - SHOWN_BY_THEN)
        revoke.push({ grant, why: 'grantee-recreated', accessPoint: undefined });
    perhaps.delete(share);
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
    perhaps,
    keep: inForce.flatMap((share) => {
      const grant = kept.get(share.share);
      return grant === undefined ? [] : [{ share, grant: grant.id }];
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
  // An order that named a share in full is held though the list no longer has it.
  const all = [...closings.keys(), ...(list?.shares ?? []).map(({ share }) => share), ...stops.named()];
  for (const share of all) if (stops.isStopped(share)) closings.set(share, 'stopped');
  return [...closings].map(([share, why]) => ({ share, why }));
}

/** Why the grant must go, or undefined where it is, or may be, the one that its share in force is to have. */
function reasonToRevoke(
  grant: Grant,
  share: ListedShare | undefined,
  list: GrantList | undefined,
  brokerRole: string,
  now: number,
  kept: ReadonlyMap<string, Grant>,
): Why | undefined {
  const unknown = isUniqueRoleId(grant.grantee);
  const shaped = isShaped(grant, list?.key.bucketArn, brokerRole);
  if (!share) {
    const once = shaped && isShareId(grant.name ?? '') && (unknown || isCollectRole(grant.grantee ?? ''));
    if (!once) return 'unexpected';
    return list ? 'share-not-listed' : 'broker-removed';
  }
  if (!shaped || !(unknown || grant.grantee === share.grantee)) return 'unexpected';
  if (!inForceAt(share, now)) return now < Date.parse(share.from) ? 'share-not-begun' : 'share-ended';
  if (unknown) return undefined;
  return kept.has(share.share) ? 'duplicate' : undefined;
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

/** The order in which of two equal grants the same one is always kept. */
function oldestFirst(grants: readonly Grant[]): Grant[] {
  return [...grants].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}
