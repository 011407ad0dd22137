/** The register’s index as a way to look things up, for one version of the register. */
import type { AuditedRole, AuditIndex, IndexedAgreement, IndexedOrganisation, IndexedShare } from '../wire';
import { type AccessPoint, mayBeAliasOf } from './s3-names';

/** What must be known of a register to interpret events by it. */
export type IndexContent = Omit<AuditIndex, 'form'>;
export type RolePurpose = AuditedRole;
/** An organisation. */
export type Party = IndexedOrganisation;
/** What one owner shares under an agreement: a reciprocal one has as many as parties. */
export type Agreement = IndexedAgreement;

/** How a request came to an object where it did not name the bucket. */
export interface Through {
  readonly accessPoint: AccessPoint | undefined;
  readonly alias: string | undefined;
}

/** One version of the register, from the moment on which it took hold. */
export class Exchange {
  private readonly buckets: ReadonlyMap<string, Party>;
  private readonly accounts: ReadonlyMap<string, Party>;
  private readonly agreements: ReadonlyMap<string, Agreement>;
  private readonly shares: ReadonlyMap<string, FoundShare>;

  constructor(
    readonly index: IndexContent,
    /** When it took hold, RFC 3339 in UTC. */
    readonly since: string,
  ) {
    const { organisations, agreements } = index;
    this.buckets = new Map(organisations.flatMap((each) => (each.bucket ? [[each.bucket, each]] : [])));
    this.accounts = new Map(organisations.map((each) => [each.account, each]));
    this.agreements = new Map(agreements.map((each) => [ofOwner(each.id, each.owner), each]));
    this.shares = new Map(
      agreements.flatMap((agreement) =>
        agreement.shares.map(
          (share) => [ofOwner(share.share, agreement.owner), { agreement, share }] as const,
        ),
      ),
    );
  }

  /** Whether owners have a release gate by this register. */
  get hasGate(): boolean {
    return this.index.roles['release-gate'] !== undefined;
  }

  /** Whether the bucket is of the exchange, also where no organisation of the register has it. */
  isBucket(name: string): boolean {
    return name.startsWith(this.index.bucketPrefix);
  }

  ownerOf(bucket: string): Party | undefined {
    return this.buckets.get(bucket);
  }

  partyOf(account: string | undefined): Party | undefined {
    return account === undefined ? undefined : this.accounts.get(account);
  }

  /** Whether an account is the operator’s. */
  isZone(account: string | undefined): boolean {
    return account !== undefined && account === this.index.zone;
  }

  /** Whether an account is one that may own: it has a bucket. */
  member(account: string | undefined): Party | undefined {
    const party = this.partyOf(account);
    return party?.bucket === undefined ? undefined : party;
  }

  /**
   * The accounts of organisations, sorted, each once. Receipts are kept by account, since that is what AWS vouches for when
   * an organisation reads its own.
   */
  accountsOf(ids: readonly string[]): string[] {
    const wanted = new Set(ids);
    const found = this.index.organisations.filter(({ id }) => wanted.has(id)).map(({ account }) => account);
    return [...new Set(found)].sort();
  }

  /** What an owner shares under an agreement. */
  agreement(id: string, owner: string | undefined): Agreement | undefined {
    return this.agreements.get(ofOwner(id, owner));
  }

  /** A share by its id and its owner, and its agreement. */
  share(id: string, owner: string | undefined): FoundShare | undefined {
    return this.shares.get(ofOwner(id, owner));
  }

  /**
   * The bucket behind an access point: that of its account, where the access point is a member’s; and behind an alias: that of
   * the owner of the shares whose access points it may be of. An alias names no account, and may be cut off before the recipient:
   * under a reciprocal agreement it is then of the share of whoever calls. Undefined where the register knows none.
   * @param caller the account of whoever calls
   */
  bucketBehind({ accessPoint, alias }: Through, caller: string | undefined): string | undefined {
    if (accessPoint) return this.member(accessPoint.account)?.bucket;
    const behind = this.sharesBehind(alias);
    const recipient = this.partyOf(caller)?.id;
    const its = behind.find(({ share }) => share.recipient === recipient) ?? behind[0];
    return this.index.organisations.find(({ id }) => id === its?.agreement.owner)?.bucket;
  }

  /** The shares of whose access points an alias may be. All are of one agreement, whose name is in it. */
  sharesBehind(alias: string | undefined) {
    if (alias === undefined) return [];
    return [...this.shares.values()].filter(({ share }) => mayBeAliasOf(alias, share.share));
  }

  /** The ARN of a role; undefined where the register of the day knew none for the purpose. */
  role(account: string, purpose: Exclude<RolePurpose, 'release-gate'>): string;
  role(account: string, purpose: RolePurpose): string | undefined;
  role(account: string, purpose: RolePurpose): string | undefined {
    const path = this.index.roles[purpose];
    return path === undefined ? undefined : `arn:aws:iam::${account}:role${path}`;
  }

  /** Whether whoever called has a role for a purpose in an account. */
  isRole(role: string | undefined, account: string, purpose: RolePurpose): boolean {
    return role !== undefined && role === this.role(account, purpose);
  }
}

/** Neither handles nor ids of shares hold a space. */
function ofOwner(id: string, owner: string | undefined): string {
  return `${id} ${owner ?? ''}`;
}

/** A share, and what its owner shares under the agreement. */
interface FoundShare {
  readonly agreement: Agreement;
  readonly share: IndexedShare;
}

/** Whether a share is in force at a moment, RFC 3339 in UTC to the second. */
export function inForce({ spans }: IndexedShare, time: string): boolean {
  return spans.some(({ from, until }) => from <= time && time < until);
}

/** The moment from which a share is never in force again, or undefined where it never is. */
export function endOf({ spans }: IndexedShare): string | undefined {
  return spans.reduce<string | undefined>(
    (latest, { until }) => (latest === undefined || until > latest ? until : latest),
    undefined,
  );
}
