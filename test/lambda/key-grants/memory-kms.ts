/**
 * KMS in memory, for one key, with KMS’s own rules for grants: idempotency by name, pages, principals that must exist and
 * are listed by their unique id once gone, key states, and listings that lag behind for a bounded number of calls.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
export type Action = 'CreateGrant' | 'DescribeKey' | 'ListGrants' | 'RevokeGrant';

/** A grant as it is, with the fields of KMS. */
export interface StoredGrant {
  readonly GrantId: string;
  readonly Name?: string | undefined;
  readonly GranteePrincipal?: string | undefined;
  readonly GranteeServicePrincipal?: string | undefined;
  readonly RetiringPrincipal?: string | undefined;
  readonly Operations: readonly string[];
  readonly Constraints?:
    | {
        readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
        readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
        readonly SourceArn?: string;
      }
    | undefined;
  /** Seconds since 1970, as on the wire. */
  readonly CreationDate: number;
}

type Input = Partial<StoredGrant> & { Limit?: number; Marker?: string };

/** An error as AWS names it. */
export class KmsError extends Error {
  override readonly name: string;
  constructor(name: string, message: string = name) {
    super(message);
    this.name = name;
  }
}

export class MemoryKms {
  state: string | undefined = 'Enabled';
  /** Roles that exist, and the unique id by which IAM knows each. */
  readonly roles = new Map<string, string>();
  /** For how many listings what has changed is not seen. */
  lag = 0;
  /** In how many listings principals that exist are shown by their unique ids, as where they are new. */
  unresolved = 0;
  /** Whether KMS takes a principal that was made anew for the one that it was, and so answers with the grant of the old one. */
  knowsPrincipalsByArn = false;
  pageSize = 100;
  /** Whether the last grant of a page comes again on the next. */
  repeatAcrossPages = false;
  mostGrants = 50_000;
  grants: StoredGrant[] = [];
  private readonly pages = new Map<string, StoredGrant[]>();
  private seen: StoredGrant[] | undefined;
  private staleListings = 0;
  private count = 0;

  /** What the key is, with the fields of KMS. */
  metadata: Record<string, unknown>;

  constructor(
    arn: string,
    private readonly now: () => number,
  ) {
    this.metadata = {
      KeyId: arn.split('/')[1],
      Arn: arn,
      AWSAccountId: arn.split(':')[4],
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
    };
  }

  /** Makes a role, with a new unique id if there was one before. */
  makeRole(arn: string): void {
    this.count += 1;
    this.roles.set(arn, `AROA${String(this.count).padStart(17, '0')}`);
  }

  /** Puts a grant there that somebody else has made; it takes on the unique id of its grantee. */
  plant(grant: Omit<StoredGrant, 'GrantId' | 'CreationDate'>): StoredGrant {
    this.count += 1;
    const GrantId = this.count.toString(16).padStart(64, '0');
    const stored = { ...grant, GrantId, CreationDate: Math.floor(this.now() / 1000) };
    this.grants = [...this.grants, stored];
    this.uniqueIds.set(GrantId, this.roles.get(grant.GranteePrincipal ?? ''));
    this.retiringIds.set(GrantId, this.roles.get(grant.RetiringPrincipal ?? ''));
    return stored;
  }

  /** Whether a principal that exists can use the grant. */
  works({ GrantId, GranteePrincipal = '' }: StoredGrant): boolean {
    return (
      this.roles.has(GranteePrincipal) && this.roles.get(GranteePrincipal) === this.uniqueIds.get(GrantId)
    );
  }

  answer(action: string, input: Input): object {
    switch (action) {
      case 'DescribeKey':
        this.needKey();
        return { KeyMetadata: { ...this.metadata, KeyState: this.state } };
      case 'ListGrants':
        return this.list(input);
      case 'CreateGrant':
        return this.create(input);
      case 'RevokeGrant':
        return this.revoke(input);
      default:
        throw new KmsError('UnknownOperationException', `${action} is not simulated`);
    }
  }

  /** The grants as a listing without lag gives them. */
  truth(): StoredGrant[] {
    return this.grants.map((grant) => this.shown(grant));
  }

  private readonly uniqueIds = new Map<string, string | undefined>();
  private readonly retiringIds = new Map<string, string | undefined>();
  private showsIds = false;

  private needKey(): void {
    if (this.state === undefined) throw new KmsError('NotFoundException', 'Key does not exist');
  }

  private list({ Limit = 50, Marker }: Input): object {
    this.needKey();
    if (Limit < 1 || Limit > 100) throw new KmsError('ValidationException');
    let rest: StoredGrant[];
    if (Marker === undefined) {
      rest = this.listing();
      this.showsIds = this.unresolved > 0;
      this.unresolved = Math.max(0, this.unresolved - 1);
    } else {
      const left = this.pages.get(Marker);
      if (!left) throw new KmsError('InvalidMarkerException');
      rest = left;
    }
    const size = Math.min(Limit, this.pageSize);
    if (rest.length <= size) return { Grants: rest.map((each) => this.listed(each)), Truncated: false };
    this.count += 1;
    const NextMarker = `marker-${this.count}`;
    const end = this.repeatAcrossPages && Marker === undefined ? size + 1 : size;
    this.pages.set(NextMarker, rest.slice(size));
    return { Grants: rest.slice(0, end).map((each) => this.listed(each)), Truncated: true, NextMarker };
  }

  private listing(): StoredGrant[] {
    if (this.seen === undefined) return this.grants;
    const seen = this.seen;
    this.staleListings -= 1;
    if (this.staleListings <= 0) this.seen = undefined;
    return seen;
  }

  private change(grants: StoredGrant[]): void {
    if (this.seen === undefined && this.lag > 0) {
      this.seen = this.grants;
      this.staleListings = this.lag;
    }
    this.grants = grants;
  }

  private create(input: Input): object {
    this.needKey();
    if (this.state === 'Disabled') throw new KmsError('DisabledException');
    if (this.state !== 'Enabled' && this.state !== 'Unavailable')
      throw new KmsError('KMSInvalidStateException', `the key is ${this.state}`);
    const { Name, GranteePrincipal = '', RetiringPrincipal, Operations = [], Constraints } = input;
    for (const principal of [GranteePrincipal, RetiringPrincipal ?? GranteePrincipal])
      if (!this.roles.has(principal))
        throw new KmsError('InvalidArnException', 'ARN does not refer to a valid principal');
    if (Name === undefined || !/^[a-zA-Z0-9:/_-]{1,256}$/.test(Name))
      throw new KmsError('ValidationException');
    const same = this.grants.find(
      (grant) =>
        fingerprint(grant) ===
          fingerprint({ Name, GranteePrincipal, RetiringPrincipal, Operations, Constraints }) &&
        (this.knowsPrincipalsByArn ||
          (this.uniqueIds.get(grant.GrantId) === this.roles.get(GranteePrincipal) &&
            this.retiringIds.get(grant.GrantId) === this.roles.get(RetiringPrincipal ?? ''))),
    );
    if (same) return { GrantId: same.GrantId, GrantToken: 'token' };
    if (this.grants.length >= this.mostGrants) throw new KmsError('LimitExceededException');
    const before = this.grants;
    const { GrantId } = this.plant({ Name, GranteePrincipal, RetiringPrincipal, Operations, Constraints });
    const after = this.grants;
    this.grants = before;
    this.change(after);
    return { GrantId, GrantToken: 'token' };
  }

  private revoke({ GrantId }: Input): object {
    this.needKey();
    if (!this.grants.some((grant) => grant.GrantId === GrantId))
      throw new KmsError('NotFoundException', `Grant ${GrantId} not found`);
    this.change(this.grants.filter((grant) => grant.GrantId !== GrantId));
    return {};
  }

  private shown(grant: StoredGrant): StoredGrant {
    const { GrantId, GranteePrincipal, RetiringPrincipal } = grant;
    return {
      ...grant,
      ...(GranteePrincipal !== undefined && {
        GranteePrincipal: this.named(GranteePrincipal, this.uniqueIds.get(GrantId)),
      }),
      ...(RetiringPrincipal !== undefined && {
        RetiringPrincipal: this.named(RetiringPrincipal, this.retiringIds.get(GrantId)),
      }),
    };
  }

  private listed(grant: StoredGrant): StoredGrant {
    if (!this.showsIds) return this.shown(grant);
    const { GrantId, GranteePrincipal, RetiringPrincipal } = grant;
    return {
      ...grant,
      GranteePrincipal: this.uniqueIds.get(GrantId) ?? GranteePrincipal,
      RetiringPrincipal: this.retiringIds.get(GrantId) ?? RetiringPrincipal,
    };
  }

  /** By its ARN while it is the one that it was. */
  private named(arn: string, unique: string | undefined): string {
    return unique === undefined || this.roles.get(arn) === unique ? arn : unique;
  }
}

function fingerprint(grant: Partial<StoredGrant>): string {
  const { Name, GranteePrincipal, RetiringPrincipal, Operations = [], Constraints = {} } = grant;
  return JSON.stringify([Name, GranteePrincipal, RetiringPrincipal, [...Operations].sort(), Constraints]);
}
