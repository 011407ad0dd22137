/** Who is entitled to what in a bucket of shared data: recipients by agreements, the organisation’s own roles by their purpose. */
import { dateOf, endOfDay } from '../../register/calendar';
import { ON_OBJECTS } from '../actions';
import type { Basis, Entitlement, Question } from '../question';
import { byRole } from '../roles';
import type { ImpliedShare } from '../shares';
import type { Value } from '../values';

const CLEAN = 'NO_THREATS_FOUND';
const EXISTING = 's3:existingobjecttag/guarddutymalwarescanstatus';
const REQUESTED = 's3:requestobjecttag/guarddutymalwarescanstatus';
const EXISTING_DECISION = 's3:existingobjecttag/concordat-gate';
const REQUESTED_DECISION = 's3:requestobjecttag/concordat-gate';
const RELEASED = 'released';
const REJECTED = 'rejected';
const FUNCTION = 'lambda:sourcefunctionarn';
const TIME = 'aws:currenttime';
const SECURE = 'aws:securetransport';
const TLS = 's3:tlsversion';
const ENCRYPTION = 's3:x-amz-server-side-encryption';
const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const OWN_KEY = 's3:x-amz-server-side-encryption-customer-algorithm';
const PREFIX = 's3:prefix';
const SIGNED = 's3:authtype';
const HEADER = 'REST-HEADER';
const LINK = 'REST-QUERY-STRING';
const FORM = 'POST';
const PROBE = 'malware-protection-resource-validation-object';

type ValueOf = (key: string) => Value;

/** What the roles of an organisation may do in its own bucket. */
const PURPOSES = byRole<readonly string[]>({
  deposit: [
    's3:PutObject',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
    's3:GetObjectTagging',
    's3:DeleteObject',
    's3:ListBucket',
    's3:GetObject',
  ],
  'malware-scan': [
    's3:GetObject',
    's3:GetObjectVersion',
    's3:GetObjectTagging',
    's3:GetObjectVersionTagging',
    's3:PutObjectTagging',
    's3:PutObjectVersionTagging',
    's3:PutObject',
    's3:ListBucket',
    's3:GetBucketNotification',
    's3:PutBucketNotification',
  ],
  'release-gate': [
    's3:GetObjectVersion',
    's3:GetObjectVersionTagging',
    's3:PutObjectVersionTagging',
    's3:ListBucketVersions',
    's3:PutObject',
    's3:GetObject',
  ],
  'gate-machine': [],
  collect: [],
  receipts: [],
  stop: [],
  lift: [],
  'stop-all': [],
  'grant-broker': [],
  'transfer-audit': [],
  'ledger-seal': [],
  'page-release': [],
  notices: [],
});
/** What ends with the last day of an organisation that leaves. */
const DEPOSITS = new Set(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts']);
const SET_TAGS = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];
const END_TAGS = ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging', 's3:ReplicateTags'];
/** Each would bring an object, or its encryption, past what is asked of uploads, or keep it from being erased. */
const FOR_NOBODY = [
  's3:BypassGovernanceRetention',
  's3:PutBucketObjectLockConfiguration',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:ReplicateDelete',
  's3:ReplicateObject',
  's3:UpdateObjectEncryption',
];
/** What would put a report there, or take one away: the gate’s alone. */
const ON_REPORTS = ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'];
/** What is not done by a link or a form, which work for whoever holds them. */
const BY_HEADER = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'];
const SCAN = 'concordat/concordat-malware-scan';
const GATE = 'concordat/concordat-release-gate';
const DEPOSITOR = 'concordat/concordat-deposit';
const LISTS = ['s3:ListBucket', 's3:ListBucketVersions'];
/** One in each place for which something is said, and one in none. */
const OBJECTS = [
  'agreements/any/object',
  'reports/any/object',
  'reports/any/decided/object',
  'object',
  'malware-protection-resource-validation-object',
];

/** What a recipient is entitled to through the access point of its share. */
export function byAgreement({ action }: Question, share: ImpliedShare): Entitlement | undefined {
  const prefix = `agreements/${share.agreement}/`;
  const inForce = (read: ValueOf) => {
    const time = read(TIME);
    return (
      typeof time === 'string' &&
      share.from <= time &&
      time < share.until &&
      read(SECURE) === 'true' &&
      tlsOf(read) >= 1.2 &&
      (share.byLink || read(SIGNED) === HEADER)
    );
  };
  const connection: [string, Value[]][] = [
    [TIME, [share.from, before(share.from), before(share.until), share.until]],
    [SECURE, ['true', 'false']],
    [TLS, ['1.2', '1.1']],
    [SIGNED, [HEADER, LINK]],
  ];
  const alike = `${action} ${share.name}`;
  const by: Basis = { kind: 'agreements', ids: [share.agreement] };
  if (action === 's3:GetObject')
    return {
      by,
      alike,
      objects: [
        `${prefix}object`,
        `agreements/${share.agreement}-x/object`,
        'agreements/concordat-fresh/object',
        'object',
      ],
      values: new Map([
        [EXISTING, [CLEAN, 'THREATS_FOUND']],
        [EXISTING_DECISION, [RELEASED, REJECTED]],
        ...connection,
      ]),
      // Before it is released, as after it is rejected, nobody reads it.
      holds: (read, object) =>
        object.startsWith(prefix) &&
        read(EXISTING) === CLEAN &&
        read(EXISTING_DECISION) === RELEASED &&
        inForce(read),
    };
  if (action === 's3:ListBucket')
    return {
      by,
      alike,
      objects: [],
      values: new Map([
        [PREFIX, [prefix, `${prefix}a`, 'agreements/', `agreements/${share.agreement}-x/`]],
        ...connection,
      ]),
      holds: (read) => String(read(PREFIX) ?? '').startsWith(prefix) && inForce(read),
    };
  return undefined;
}

/**
 * What those of the owner’s own account are entitled to.
 * @param key the ARN of the bucket’s key
 * @param leaves the last day on which the owner takes part, if there is one
 */
export function byOwnership(
  question: Question,
  isActive: boolean,
  key: string,
  leaves: string | undefined,
  region: string,
): Entitlement | undefined {
  const { asker, action, accessPoint } = question;
  const { role } = asker;
  const isMade = asker.permissions === 'as made';
  // Deposits of before are scanned and checked, whether or not the owner may act today.
  const isGuard = role === SCAN || role === GATE;
  if (isMade && (accessPoint !== undefined || (!isActive && !isGuard))) return undefined;
  if (isMade && !PURPOSES.get(role)?.includes(action)) return undefined;
  if (FOR_NOBODY.includes(action) || !mayTag(action, role)) return undefined;
  const tags = SET_TAGS.includes(action);
  const isGate = role === GATE && tags;
  const reports = ON_REPORTS.includes(action) && role !== GATE;
  const values: [string, Value[]][] = [
    [SECURE, ['true', 'false']],
    [TLS, ['1.2', '1.1']],
  ];
  const byHeader = BY_HEADER.includes(action);
  if (byHeader) values.push([SIGNED, [HEADER, LINK, FORM]]);
  if (action === 's3:PutObject')
    values.push(
      [OWN_KEY, ['AES256']],
      [ENCRYPTION, ['aws:kms', 'AES256']],
      [KEY, [key, `${key}-of-another`]],
    );
  if (isGate) values.push([EXISTING, [CLEAN, 'THREATS_FOUND']], [REQUESTED, [CLEAN, 'THREATS_FOUND']]);
  if (tags)
    values.push(
      [EXISTING_DECISION, [RELEASED, REJECTED]],
      [REQUESTED_DECISION, [RELEASED, REJECTED, 'other']],
    );
  const ownCode = isMade && role === GATE ? functionOf(question, region) : undefined;
  if (ownCode !== undefined) values.push([FUNCTION, [ownCode, `${ownCode}-of-another`]]);
  const gone =
    isMade && !isGuard && leaves !== undefined && DEPOSITS.has(action) ? endOfDay(dateOf(leaves)) : undefined;
  if (gone !== undefined) values.push([TIME, [before(gone), gone]]);
  if (isMade && LISTS.includes(action))
    values.push([PREFIX, ['agreements/', 'agreements/a', 'reports/', 'reports/a', 'other/']]);
  return {
    alike: [
      isMade ? role + action : '',
      isGate,
      tags,
      reports,
      action in ON_OBJECTS,
      byHeader,
      action === 's3:PutObject',
    ].join(),
    by: isMade ? { kind: 'purpose', of: 'role', role } : { kind: 'own account', holds: 'bucket' },
    values: new Map(values),
    objects: (isMade && action in ON_OBJECTS) || reports ? OBJECTS : [],
    holds: (read, object) =>
      read(SECURE) !== 'false' &&
      (read(TLS) === undefined || tlsOf(read) >= 1.2) &&
      !(byHeader && [LINK, FORM].includes(String(read(SIGNED)))) &&
      (action !== 's3:PutObject' || isWellEncrypted(read, key)) &&
      (!isGate || (read(EXISTING) === CLEAN && read(REQUESTED) === CLEAN && decidesOnce(read))) &&
      (!tags || isGate || read(REQUESTED_DECISION) !== RELEASED || read(EXISTING_DECISION) === RELEASED) &&
      !(reports && object.startsWith('reports/')) &&
      (ownCode === undefined || read(FUNCTION) === ownCode) &&
      (gone === undefined || String(read(TIME)) < gone) &&
      (!isMade || isOwnPlace(role, action, object, read)),
  };
}

/** To set the tag of the malware verdict is to release the object. */
function mayTag(action: string, role: string): boolean {
  if (SET_TAGS.includes(action)) return role === SCAN || role === GATE;
  return !END_TAGS.includes(action) || role === SCAN;
}

/** The gate’s decision is one of two, and is written once. */
function decidesOnce(read: ValueOf): boolean {
  return (
    read(EXISTING_DECISION) === undefined &&
    [RELEASED, REJECTED].some((each) => each === read(REQUESTED_DECISION))
  );
}

function isOwnPlace(role: string, action: string, object: string, read: ValueOf): boolean {
  if (role === SCAN && action === 's3:PutObject') return object === PROBE;
  if (role === GATE && action === 's3:PutObject') return object.startsWith('reports/');
  if (role === GATE && action === 's3:GetObject') return /^reports\/.*\/decided\//s.test(object);
  if (role === DEPOSITOR && action === 's3:GetObject') return object.startsWith('reports/');
  if (action in ON_OBJECTS) return object.startsWith('agreements/');
  const prefix = String(read(PREFIX) ?? '');
  return (
    role === SCAN || prefix.startsWith('agreements/') || (role === DEPOSITOR && prefix.startsWith('reports/'))
  );
}

function functionOf({ target }: Question, region: string): string {
  return `arn:aws:lambda:${region}:${target.account}:function:concordat-release-gate`;
}

/** Without headers an upload takes the bucket’s own encryption. */
function isWellEncrypted(read: ValueOf, key: string): boolean {
  if (read(OWN_KEY) !== undefined) return false;
  const encryption = read(ENCRYPTION);
  if (encryption !== undefined && encryption !== 'aws:kms') return false;
  const named = read(KEY);
  return named === undefined ? encryption === undefined : named === key;
}

function tlsOf(read: ValueOf): number {
  const value = read(TLS);
  return typeof value === 'string' ? Number(value) : Number.NaN;
}

function before(instant: string): string {
  return `${new Date(Date.parse(instant) - 1000).toISOString().slice(0, 19)}Z`;
}
