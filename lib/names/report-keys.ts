/**
 * Where the release gate’s reports on a deposit lie. A key says all that the audit tells of a decision, since CloudTrail shows
 * the key alone: the agreement, the decision, the contract, the version and the name of the object.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { GATE_DECISIONS, type GateDecision, REPORTS_PREFIX } from './gate-names';
import { AGREEMENTS_PREFIX } from './names';

/** The most bytes of a key. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MOST_KEY_BYTES = 1024;
/** In place of the agreement for what lies under none. No handle is a hyphen. */
const NO_AGREEMENT = '-';
const NO_CONTRACT = 'none';
/** How the name of an object begins that is too long, below `NO_AGREEMENT`, where no object of ours lies. */
const BY_DIGEST = 'sha256-';
const HANDLE = /^[a-z][a-z0-9-]*$/;
const TOLD = /^([^/]+)\/(released|rejected)\/(none|[0-9a-f]{64})\/([^/]+)\/(.+)\.(csv|html)$/s;

/** A version of an object among the deposits. */
interface Deposited {
  readonly key: string;
  readonly version: string;
}

/** What the gate decided of a version, as the key of a report tells it. */
export interface ToldDecision {
  readonly decision: GateDecision;
  /** SHA-256 of the contract in hex; nothing where the agreement has none. */
  readonly contract: string | undefined;
  readonly version: string;
  /** The key of the object; nothing where it was too long to stand there. */
  readonly key: string | undefined;
}

/** The keys of the reports on a version. */
export interface ReportKeys {
  /** The decision itself. There is one for each version: its key does not depend on what is decided. */
  readonly decision: string;
  /** What people read. */
  readonly forPeople: (decision: GateDecision, contract: string | undefined, form: 'csv' | 'html') => string;
  /** How long the object’s key is, and the longest for which a report can be named after it, in bytes of UTF-8. */
  readonly name: { readonly bytes: number; readonly most: number };
}

/** The keys of the reports on a version. */
export function reportKeys({ key, version }: Deposited): ReportKeys {
  const { agreement, name } = placeOf(key);
  const long = (as: string, of: string) =>
    `${REPORTS_PREFIX}${as}/${GATE_DECISIONS[0]}/${'0'.repeat(64)}/${version}/${of}.html`;
  const bytes = bytesIn(key);
  const over = bytesIn(long(agreement, name)) - MOST_KEY_BYTES;
  const [as, of] =
    over > 0
      ? [NO_AGREEMENT, BY_DIGEST + bytesToHex(sha256(new TextEncoder().encode(key)))]
      : [agreement, name];
  return {
    decision: `${REPORTS_PREFIX}${as}/decided/${version}/${of}.json`,
    forPeople: (decision, contract, form) =>
      `${REPORTS_PREFIX}${as}/${decision}/${contract ?? NO_CONTRACT}/${version}/${of}.${form}`,
    name: { bytes, most: bytes - over },
  };
}

/** In UTF-8. */
function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What a page of the gate tells by its key; nothing where it is no key of one. The page is told of alone: there is one each. */
export function decisionInKey(key: string): ToldDecision | undefined {
  if (!key.startsWith(REPORTS_PREFIX)) return undefined;
  const [, agreement, decision, contract, version, name, form] =
    TOLD.exec(key.slice(REPORTS_PREFIX.length)) ?? [];
  if (form !== 'html' || agreement === undefined || version === undefined || name === undefined)
    return undefined;
  const below = agreement === NO_AGREEMENT ? AGREEMENTS_PREFIX : `${AGREEMENTS_PREFIX}${agreement}/`;
  const isDigest = agreement === NO_AGREEMENT && /^sha256-[0-9a-f]{64}$/.test(name);
  return {
    decision: decision as GateDecision,
    contract: contract === NO_CONTRACT ? undefined : contract,
    version,
    key: isDigest ? undefined : `${below}${name}`,
  };
}

/** The agreement under which a key lies, as a report names it, and what of the key is left. */
function placeOf(key: string): { agreement: string; name: string } {
  const below = key.startsWith(AGREEMENTS_PREFIX) ? key.slice(AGREEMENTS_PREFIX.length) : key;
  const slash = below.indexOf('/');
  const agreement = below.slice(0, Math.max(slash, 0));
  const name = below.slice(slash + 1);
  return HANDLE.test(agreement) && name !== ''
    ? { agreement, name }
    : { agreement: NO_AGREEMENT, name: below };
}
