/**
 * Looks at one version, from what S3 says of it to what its contract says, and comes to a report. It writes nothing: the same
 * version, agreement and contract give the same report, but for its time.
 */
import { bareMediaType, CheckpointError } from '../../lib/contracts';
import { reportKeys } from '../../lib/names';
import type { Clock } from '../../lib/runtime';
import {
  GATE_REPORT_FORM,
  type GateCheck,
  type GatedAgreement,
  type GateReason,
  type GateReport,
  MESSAGE_MEDIA_TYPE,
} from '../../lib/wire';
import type { ContractPlan } from '../../lib/wire/contracts';
import { look } from './checks';
import { Contents } from './contents';
import type { Deployed } from './deployed';
import { ChecksumDiffersError } from './errors';
import { messageFound } from './message';
import type { Deposits, Engine, Head, Version } from './ports';

/** With less than this left, in milliseconds, a check pauses: what is found is still to be written. */
const RESERVE = 60_000;
/** A version of more bytes than this goes to the state machine before it is begun, so that no other waits behind it. */
const LARGE = 2_000_000_000;

/** What looking needs. */
export interface InspectPorts {
  readonly deposits: Deposits;
  readonly deployed: Deployed;
  readonly engine: Engine;
  readonly bucket: string;
  readonly keyArn: string;
  readonly clock: Clock;
}

/** How far one run goes. */
export interface Reach {
  /** Whether a large version may be begun in this run. */
  readonly large: boolean;
  /** What an earlier run paused with. */
  readonly checkpoint?: string | undefined;
}

/** A report, or what to go on from in another run. */
export type Inspected =
  | { readonly report: GateReport }
  | { readonly paused: true; readonly checkpoint?: string | undefined };

/** Where deposits lie: the agreement, and the name below it. */
const PLACE = /^agreements\/([^/]+)\/./s;

/** Looks at a version. @throws what S3 answers, or a fault of what was deployed; a file that is wrong is a report */
export async function inspect(
  version: Version,
  head: Head,
  reach: Reach,
  ports: InspectPorts,
): Promise<Inspected> {
  const { deployed, keyArn, clock } = ports;
  const agreement = deployed.agreement(PLACE.exec(version.key)?.[1] ?? '');
  const plan = agreement && (await deployed.plan(agreement));
  const { name } = reportKeys(version);
  const looked = look({ head, agreement, keyArn, name, now: clock.now() });
  if (agreement === undefined || looked.reasons.length > 0)
    return { report: reportOf(version, head, { agreement, plan, ...looked }, ports) };
  const contents = new Contents(ports.deposits, version, head);
  const isSealed = agreement.contract.kind === 'sealed';
  const checked: GateCheck[] = [...looked.checked, isSealed ? 'sealed' : 'not-locked'];
  const reject = (reason: GateReason) => ({
    report: reportOf(version, head, { agreement, plan, checked, reasons: [reason] }, ports),
  });
  if (agreement.contract.kind === 'sealed') {
    const { seal: kind, keys } = agreement.contract;
    const fault = await ports.engine.sealFault(contents, { kind, keys });
    const reasons = fault === undefined ? [] : [fault];
    return { report: reportOf(version, head, { agreement, plan, checked, reasons }, ports) };
  }
  const locked = await ports.engine.lockedAs(contents);
  if (locked !== undefined) return reject({ why: 'locked', as: locked });
  if (plan === undefined && bareMediaType(head.mediaType) === MESSAGE_MEDIA_TYPE) {
    if (head.bytes > LARGE && !reach.large) return { paused: true };
    checked.push('message');
    try {
      const found = await messageFound(contents, agreement);
      const about = { agreement, plan, checked, ...found, sha256: contents.sha256 };
      return { report: reportOf(version, head, about, ports) };
    } catch (error) {
      if (!(error instanceof ChecksumDiffersError)) throw error;
      return reject(differs(error, head));
    }
  }
  if (plan === undefined)
    return { report: reportOf(version, head, { agreement, plan, checked, reasons: [] }, ports) };
  const mediaType = bareMediaType(head.mediaType) ?? '';
  const format = ports.engine.formOf(mediaType);
  if (format === undefined) return reject({ why: 'unreadable-form', found: mediaType });
  if (head.bytes > LARGE && !reach.large) return { paused: true, checkpoint: reach.checkpoint };
  checked.push('contract');
  const check = (checkpoint: string | undefined) =>
    ports.engine.check(plan, format, contents, {
      largest: agreement.largestObject,
      name: version.key.slice(version.key.lastIndexOf('/') + 1),
      ...(checkpoint !== undefined && { from: checkpoint }),
      ...(ports.engine.canPause(plan) && { pauseWhen: () => clock.remaining() <= RESERVE }),
    });
  try {
    // A deployment may have brought another contract or engine since the checkpoint: then it begins again.
    const found = await check(reach.checkpoint).catch((error: unknown) => {
      if (error instanceof CheckpointError) return check(undefined);
      throw error;
    });
    if (found.kind === 'paused') return { paused: true, checkpoint: found.checkpoint };
    const { outcome: contractOutcome } = found;
    const about = { agreement, plan, checked, reasons: [], contractOutcome, sha256: contents.sha256 };
    return { report: reportOf(version, head, about, ports) };
  } catch (error) {
    if (!(error instanceof ChecksumDiffersError)) throw error;
    return reject(differs(error, head));
  }
}

function differs({ stored, read }: ChecksumDiffersError, { checksum }: Head): GateReason {
  return { why: 'checksum-differs', algorithm: checksum?.algorithm ?? '', stored, read };
}

/** What was found. */
interface Found {
  readonly agreement: GatedAgreement | undefined;
  readonly plan: ContractPlan | undefined;
  readonly checked: readonly GateCheck[];
  readonly reasons: readonly GateReason[];
  readonly attachments?: GateReport['attachments'];
  readonly contractOutcome?: GateReport['contractOutcome'];
  readonly sha256?: string | undefined;
}

function reportOf(
  { key, version }: Version,
  { bytes, mediaType, modified, checksum }: Head,
  { agreement, plan, checked, reasons, attachments, contractOutcome, sha256 }: Found,
  { bucket, deployed, clock }: InspectPorts,
): GateReport {
  const rejected = reasons.length > 0 || contractOutcome?.result === 'failed';
  const verified = sha256 !== undefined && checksum?.kind === 'full-object';
  return {
    form: GATE_REPORT_FORM,
    outcome: rejected ? 'rejected' : 'released',
    decided: instantOf(clock.now()),
    list: deployed.digest,
    owner: deployed.list.owner,
    ...(agreement && { agreement: agreement.id }),
    object: {
      bucket,
      key,
      version,
      bytes,
      ...(mediaType !== undefined && { mediaType }),
      deposited: instantOf(modified),
      ...(checksum && { checksum: { ...checksum, verified } }),
      ...(sha256 !== undefined && { sha256 }),
    },
    checked,
    reasons,
    ...(attachments && { attachments }),
    ...(plan && { contract: plan.contract }),
    ...(contractOutcome && { contractOutcome }),
    ...(agreement?.contract.kind === 'sealed' && {
      sealed: { kind: agreement.contract.seal, keys: agreement.contract.keys },
    }),
    ...(agreement?.contract.kind === 'none' && { withoutContract: agreement.contract.reason }),
  };
}

/** UTC to the second, as all times in files. */
function instantOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
