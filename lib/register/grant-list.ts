/**
 * The one complete list of the grants that one key is to have. It is written at synthesis, deployed as a file beside the
 * grant broker, and read by the broker at every run. This file is all that the two share.
 */
import type { Instant } from './calendar';
import { type CustodyClaim, parseCustodyClaim } from './custody-claim';

/** The form of the list; a broker refuses any other. */
export const GRANT_LIST_FORM = 'concordat-grants/v1';
/** More than this in one file is no list of ours. */
export const MOST_BYTES = 8_000_000;
/** KMS holds no more grants on one key. @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
export const MOST_SHARES = 50_000;

/** The grants that one key is to have. */
export interface GrantList {
  readonly form: typeof GRANT_LIST_FORM;
  /** Where the key is, and the one bucket whose objects it encrypts. */
  readonly key: { readonly account: string; readonly region: string; readonly bucketArn: string };
  /** What the key must be; no grant is made on a key that is not. */
  readonly custody: CustodyClaim;
  /** The accounts of the register’s organisations: no grant goes to any other. */
  readonly accounts: readonly string[];
  readonly shares: readonly ListedShare[];
}

/** What the broker knows of a share. */
export interface ListedShare {
  /** The share’s id: the name of the grant and of the access point. */
  readonly share: string;
  readonly agreement: string;
  /** The ARN of the recipient’s collect role. */
  readonly grantee: string;
  readonly from: Instant;
  /** The first moment at which the share is no longer in force. */
  readonly until: Instant;
  /** The ARN of the access point. */
  readonly accessPoint: string;
}

/** The list is refused; nothing was granted or revoked. Every fault is in `problems`. */
export class GrantListError extends Error {
  override readonly name = 'GrantListError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

type Fields = Readonly<Record<string, unknown>>;

const SHARE_ID = /^[0-9a-f]{12}--[a-z0-9](?:-?[a-z0-9]){0,23}$/;
const COLLECT_ROLE = /^arn:aws:iam::(\d{12}):role\/concordat\/concordat-collect$/;
const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]+$/;
const REDEPLOY = 'Synthesise and deploy again; the file is not to be edited by hand';

/** Whether a grant of this name could be a share’s. */
export function isShareId(name: string): boolean {
  return SHARE_ID.test(name);
}

/** Whether a principal is a collect role, of whichever account. */
export function isCollectRole(principal: string): boolean {
  return COLLECT_ROLE.test(principal);
}

/** The parts of a key’s ARN, or undefined where the text is none. */
export function keyArnParts(arn: string): { region: string; account: string } | undefined {
  const [, region, account] = KEY_ARN.exec(arn) ?? [];
  return region !== undefined && account !== undefined ? { region, account } : undefined;
}

/** The ARN of the access point of a share. */
export function accessPointArnOf(key: { account: string; region: string }, share: string): string {
  return `arn:aws:s3:${key.region}:${key.account}:accesspoint/${share}`;
}

/** Whether the share is in force at the moment, in milliseconds since 1970. */
export function inForceAt(share: ListedShare, moment: number): boolean {
  return Date.parse(share.from) <= moment && moment < Date.parse(share.until);
}

/**
 * Reads a list and checks all of it.
 * @throws GrantListError with every problem, each naming the share and the fix.
 */
export function parseGrantList(text: string, expectedKeyArn: string): GrantList {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES)
    throw new GrantListError([
      `the list of grants is ${bytes} bytes, at most ${MOST_BYTES} are read. Move agreements to another owner`,
    ]);
  const list = readJson(text);
  const problems: string[] = [];
  if (list.form !== GRANT_LIST_FORM)
    problems.push(
      `the list has the form ${show(list.form)}, this broker reads '${GRANT_LIST_FORM}'. Deploy list and broker together`,
    );
  unknownFields(list, ['form', 'key', 'custody', 'accounts', 'shares'], 'the list', problems);
  const key = parseKey(list.key, expectedKeyArn, problems);
  const custody = parseCustodyClaim(list.custody, problems);
  const accounts = parseAccounts(list.accounts, problems);
  const shares = parseShares(list.shares, key, accounts, problems);
  if (problems.length > 0) throw new GrantListError(problems);
  return { form: GRANT_LIST_FORM, key, custody, accounts: [...accounts], shares };
}

function readJson(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch (error) {
    throw new GrantListError([`the list is not JSON: ${(error as Error).message}. ${REDEPLOY}`]);
  }
  throw new GrantListError([`the list is not a JSON object. ${REDEPLOY}`]);
}

function parseKey(value: unknown, expectedKeyArn: string, problems: string[]): GrantList['key'] {
  const key = isFields(value) ? value : {};
  unknownFields(key, ['account', 'region', 'bucketArn'], 'the key', problems);
  const expected = keyArnParts(expectedKeyArn);
  if (!expected)
    problems.push(`${show(expectedKeyArn)} is not the ARN of a key. Set KEY_ARN to the key’s ARN`);
  for (const part of ['account', 'region'] as const) {
    if (expected && key[part] !== expected[part])
      problems.push(
        `the list is for a key in the ${part} ${show(key[part])}, the broker’s key ${expectedKeyArn} is in '${expected[part]}'. Deploy the owner’s own list`,
      );
  }
  const { account, region, bucketArn } = key;
  if (typeof bucketArn !== 'string' || !/^arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketArn))
    problems.push(`the key’s bucketArn ${show(bucketArn)} is not the ARN of a bucket. ${REDEPLOY}`);
  const text = (part: unknown) => (typeof part === 'string' ? part : '');
  return { account: text(account), region: text(region), bucketArn: text(bucketArn) };
}

function parseAccounts(value: unknown, problems: string[]): Set<string> {
  const accounts = new Set<string>();
  if (!Array.isArray(value)) {
    problems.push(`the list declares no accounts. ${REDEPLOY}`);
    return accounts;
  }
  for (const account of value as unknown[]) {
    if (typeof account === 'string' && /^\d{12}$/.test(account)) accounts.add(account);
    else
      problems.push(`the declared account ${show(account)} is not of 12 digits. Correct it in the register`);
  }
  return accounts;
}

function parseShares(
  value: unknown,
  key: GrantList['key'],
  accounts: ReadonlySet<string>,
  problems: string[],
): ListedShare[] {
  if (!Array.isArray(value)) {
    problems.push(`the list has no shares; an owner that shares nothing has an empty list. ${REDEPLOY}`);
    return [];
  }
  if (value.length > MOST_SHARES)
    throw new GrantListError([
      `the list has ${value.length} shares, a key holds at most ${MOST_SHARES} grants. Move agreements to another owner`,
    ]);
  const seen = new Set<string>();
  return (value as unknown[]).flatMap((each, index) => {
    const share = parseShare(each, index, key, accounts, problems);
    if (!share) return [];
    if (seen.has(share.share))
      problems.push(
        `share ${share.share} is listed twice. Keep one recipient of that id in ${share.agreement}`,
      );
    seen.add(share.share);
    return [share];
  });
}

const SHARE_FIELDS = ['share', 'agreement', 'grantee', 'from', 'until', 'accessPoint'] as const;

function parseShare(
  value: unknown,
  index: number,
  key: GrantList['key'],
  accounts: ReadonlySet<string>,
  problems: string[],
): ListedShare | undefined {
  if (!isFields(value)) {
    problems.push(`share number ${index + 1} is not an object, found ${show(value)}. ${REDEPLOY}`);
    return undefined;
  }
  const name = typeof value.share === 'string' ? `share ${value.share}` : `share number ${index + 1}`;
  const missing = SHARE_FIELDS.filter((field) => !isText(value[field]));
  unknownFields(value, SHARE_FIELDS, name, problems);
  for (const field of missing)
    problems.push(`${name} has no ${field}, found ${show(value[field])}. ${REDEPLOY}`);
  if (missing.length > 0) return undefined;
  const share = Object.fromEntries(SHARE_FIELDS.map((field) => [field, value[field]]));
  const listed = share as Record<(typeof SHARE_FIELDS)[number], string>;
  problems.push(...faultsOf(listed, key, accounts).map((fault) => `${name} ${fault}`));
  return listed;
}

function faultsOf(share: ListedShare, key: GrantList['key'], accounts: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const account = COLLECT_ROLE.exec(share.grantee)?.[1];
  if (!isShareId(share.share)) faults.push(`is not <12 hex digits>--<recipient>. ${REDEPLOY}`);
  if (account === undefined)
    faults.push(
      `grants to ${share.grantee}, which is not the role /concordat/concordat-collect of a 12-digit account. Correct the recipient’s account in the register`,
    );
  else if (!accounts.has(account))
    faults.push(
      `grants to account ${account}, which the list does not declare. Add the organisation to the register`,
    );
  const ends = (['from', 'until'] as const).filter((end) => !isInstant(share[end]));
  for (const end of ends)
    faults.push(`has ${end} '${share[end]}', which is not an instant. Write it as 2027-04-01T00:00:00Z`);
  if (ends.length === 0 && Date.parse(share.until) <= Date.parse(share.from))
    faults.push(
      `ends at ${share.until}, not after it begins at ${share.from}. Correct the agreement’s dates`,
    );
  const accessPoint = accessPointArnOf(key, share.share);
  if (share.accessPoint !== accessPoint)
    faults.push(`has the access point ${share.accessPoint}, it must be ${accessPoint}. ${REDEPLOY}`);
  return faults;
}

/** A moment in UTC to the second that exists: `2027-02-29T…` is none. */
function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && `${new Date(time).toISOString().slice(0, 19)}Z` === text;
}

function unknownFields(found: Fields, known: readonly string[], what: string, problems: string[]): void {
  const unknown = Object.keys(found).filter((field) => !known.includes(field));
  if (unknown.length > 0)
    problems.push(`${what} has the unknown field ${unknown.join(', ')}. Deploy list and broker together`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= 512;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
}
