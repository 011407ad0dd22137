/**
 * Closes and opens access points by S3 Control. Closing puts a denial in front of what the policy allows, and keeps the
 * rest; opening takes the denial away. CloudFormation would not restore the policy if it rolled back, because it did not
 * change that access point. Where the policy would grow too large, or S3 keeps refusing to show it, the denial alone replaces
 * it; where the answer is one that passes, nothing does.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicy.html
 */
import { DENIAL_SIDS } from '../../lib/names';
import { type Again, isDenied, isPassing } from '../../lib/runtime';
import { accessPointArnOf } from '../../lib/wire';
import { AccessPointError } from './errors';
import type { AccessPoints, Closing, Lift } from './ports';
import { type Answered, codeIn, type Service, send } from './signed-requests';

/** How the id of a stopped policy begins; its moment follows. */
const STOPPED_AT = 'stopped-at-';
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations.html */
const MOST_POLICY_BYTES = 20_480;

interface PolicyStatement {
  readonly Sid?: string;
}

interface Policy {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[];
}

type Found = Policy | 'none' | 'missing' | 'unreadable';

/** The Sid that each way of closing leaves. */
const SID_OF: Readonly<Record<Closing, string>> = {
  ended: DENIAL_SIDS.ended,
  expired: DENIAL_SIDS.ended,
  stopped: DENIAL_SIDS.stopped,
};

/** Where and as whom to speak to S3 Control. */
export interface S3AccessPointsProps {
  readonly account: string;
  readonly region: string;
  readonly signer: Service['signer'];
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Instead of S3 Control’s own address, for tests. */
  readonly endpoint?: string | undefined;
}

/** The access points of one account. */
export class S3AccessPoints implements AccessPoints {
  constructor(private readonly props: S3AccessPointsProps) {}

  async close(
    share: string,
    again: Again,
    why: Closing,
    lost?: () => void,
  ): Promise<'closed' | 'was-closed' | 'missing'> {
    const found = await this.readToClose(share, again, why);
    if (found === 'missing') return 'missing';
    const statements = typeof found === 'string' ? [] : found.Statement;
    const is = closingOf(statements);
    if (is !== undefined && (is === 'stopped' || why !== 'stopped')) return 'was-closed';
    const denial = this.denial(share, why);
    const rest = statements.filter((statement) => !isDenial(statement));
    const about = { Version: '2012-10-17', ...(why === 'stopped' && { Id: this.stoppedNow() }) };
    const both = JSON.stringify({ ...about, Statement: [denial, ...rest] });
    const alone = JSON.stringify({ ...about, Statement: [denial] });
    const fits = Buffer.byteLength(both) <= MOST_POLICY_BYTES;
    if (!(await again(() => this.write(share, fits ? both : alone)))) return 'missing';
    if (found === 'unreadable' || !fits) lost?.();
    return 'closed';
  }

  async open(
    share: string,
    again: Again,
    lift?: Lift,
  ): Promise<'opened' | 'was-open' | 'stopped' | 'missing'> {
    const found = await this.readToOpen(share, again);
    if (found === 'missing') return 'missing';
    const is = found === 'none' ? undefined : closingOf(found.Statement);
    if (found === 'none' || is === undefined) return 'was-open';
    if (is === 'stopped' && !isLiftedBy(lift, found)) return 'stopped';
    const Statement = found.Statement.filter((statement) => !isDenial(statement));
    if (Statement.length === 0)
      throw new AccessPointError(
        `access point ${share} was closed and its policy is lost. Delete the access point and deploy again with --revert-drift; without that, CloudFormation does not look whether it is there`,
      );
    const { Id, ...rest } = found;
    const policy = JSON.stringify({ ...rest, ...(stoppedAt(found) === undefined && { Id }), Statement });
    return (await again(() => this.write(share, policy))) ? 'opened' : 'missing';
  }

  /**
   * A stop cannot wait until somebody gives the right to read, nor can a share that is no longer listed: there, what S3 keeps
   * refusing is replaced. A share that is over by its dates is kept shut by these, so that its policy stays as it is.
   */
  private async readToClose(share: string, again: Again, why: Closing): Promise<Found> {
    try {
      return await again(() => this.read(share));
    } catch (error) {
      if (why === 'expired' || !(error instanceof AccessPointError) || isPassing(error)) throw error;
      return 'unreadable';
    }
  }

  private async readToOpen(share: string, again: Again): Promise<Exclude<Found, 'unreadable'>> {
    const found = await again(() => this.read(share)).catch((error: unknown) => {
      if (!isDenied(error)) throw error;
      throw new AccessPointError(
        `the policy of access point ${share} can’t be read. Allow the broker s3:GetAccessPointPolicy`,
        { cause: error },
      );
    });
    if (found === 'unreadable')
      throw new AccessPointError(
        `the policy of access point ${share} is none that S3 writes, and can’t be read`,
      );
    return found;
  }

  /** The policy’s id while it is stopped. */
  private stoppedNow(): string {
    return `${STOPPED_AT}${new Date((this.props.now ?? Date.now)()).toISOString()}`;
  }

  /** Data alone is denied: a denial of all of S3 might also keep CloudFormation from deleting the access point. */
  private denial(share: string, why: Closing) {
    const arn = accessPointArnOf(this.props, share);
    return {
      Sid: SID_OF[why],
      Effect: 'Deny',
      Principal: '*',
      Action: [
        's3:GetObject*',
        's3:PutObject*',
        's3:DeleteObject*',
        's3:ListBucket*',
        's3:ListMultipartUploadParts',
        's3:AbortMultipartUpload',
      ],
      Resource: [arn, `${arn}/object/*`],
    };
  }

  private async read(share: string): Promise<Found> {
    const { status, body } = await this.send('GET', share);
    const code = codeIn(body);
    if (code === 'NoSuchAccessPoint') return 'missing';
    if (code === 'NoSuchAccessPointPolicy') return 'none';
    if (status !== 200) throw refusal('GetAccessPointPolicy', share, { status, body });
    return policyIn(body) ?? 'unreadable';
  }

  private async write(share: string, policy: string): Promise<boolean> {
    const { status, body } = await this.send(
      'PUT',
      share,
      `<PutAccessPointPolicyRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Policy>${escapeXml(policy)}</Policy></PutAccessPointPolicyRequest>`,
    );
    if (codeIn(body) === 'NoSuchAccessPoint') return false;
    if (status < 200 || status > 299) throw refusal('PutAccessPointPolicy', share, { status, body });
    return true;
  }

  private async send(method: 'GET' | 'PUT', share: string, body?: string): Promise<Answered> {
    const { account, region, signer, fetch, endpoint } = this.props;
    return await send(
      { endpoint: endpoint ?? `https://${account}.s3-control.${region}.amazonaws.com`, signer, fetch },
      {
        method,
        path: `/v20180820/accesspoint/${share}/policy`,
        headers: {
          'x-amz-account-id': account,
          ...(body !== undefined && { 'content-type': 'application/xml' }),
        },
        body,
      },
    );
  }
}

/** When the broker wrote the stop, in milliseconds since 1970; undefined where somebody wrote it by hand. */
function stoppedAt({ Id }: Policy): number | undefined {
  const at = Id?.startsWith(STOPPED_AT) ? Date.parse(Id.slice(STOPPED_AT.length)) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** An order that was written down lifts the stops that were there before it, and none that came later. */
function isLiftedBy(lift: Lift | undefined, policy: Policy): boolean {
  if (lift === undefined || lift === 'lift') return lift === 'lift';
  const at = stoppedAt(policy);
  return at !== undefined && at <= lift.orderedAt;
}

function isDenial({ Sid }: PolicyStatement): boolean {
  return Sid === DENIAL_SIDS.ended || Sid === DENIAL_SIDS.stopped;
}

function closingOf(statements: readonly PolicyStatement[]): Closing | undefined {
  if (statements.some(({ Sid }) => Sid === DENIAL_SIDS.stopped)) return 'stopped';
  return statements.some(isDenial) ? 'ended' : undefined;
}

/** A refusal without a code is for want of rights where its status says so. */
function refusal(action: string, share: string, { status, body }: Answered): AccessPointError {
  const code = codeIn(body) ?? (status === 403 ? 'AccessDenied' : undefined);
  return new AccessPointError(`${action} of ${share} answered ${status} ${code ?? ''}`.trim(), {
    status,
    code,
  });
}

function policyIn(body: string): Policy | undefined {
  const text = /<Policy>([^<]*)<\/Policy>/.exec(body)?.[1];
  if (text === undefined) return undefined;
  try {
    const policy = JSON.parse(unescapeXml(text)) as Partial<Policy>;
    return Array.isArray(policy.Statement) ? { ...policy, Statement: policy.Statement } : undefined;
  } catch {
    return undefined;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:(\w+)|#(\d+)|#x([0-9a-fA-F]+));/g, (whole, name, decimal, hex) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    return String.fromCodePoint(decimal !== undefined ? Number(decimal) : Number.parseInt(hex as string, 16));
  });
}
