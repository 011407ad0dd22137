/**
 * The names of everything in AWS, as functions of accounts and ids. They hold no name or code of an organisation, so a rename or
 * a merger changes none, and stacks need no references to one another.
 */
import type { AccountId, NamedZone, OrganisationId } from './named';
import type { Account } from './placeholders';
import type { RolloutRole } from './rollout-names';

/** Every object that is shared lies under this prefix, followed by the agreement’s id. */
export const AGREEMENTS_PREFIX = 'agreements/';

/** How many days the parts of an upload that was never finished are kept: no upload takes longer. */
export const UNFINISHED_UPLOADS_DAYS = 7;

/** The tag in which GuardDuty Malware Protection for S3 writes its verdict. */
export const MALWARE_TAG = 'GuardDutyMalwareScanStatus';
/** The one verdict that lets an object be read. */
export const MALWARE_CLEAN = 'NO_THREATS_FOUND';
/** The verdicts that the gate is told of: those that end, or let go on, what was deposited. A scan that failed is no verdict. */
export const GATE_VERDICTS = [MALWARE_CLEAN, 'THREATS_FOUND', 'UNSUPPORTED'] as const;

/**
 * The test string that every scanner finds, in two parts, so that none takes this file for infected.
 * @see https://www.eicar.org/download-anti-malware-testfile/
 */
export const MALWARE_TEST = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$',
  'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
].join('');

/** The tag that says whose a resource is. */
export const ORGANISATION_TAG = 'concordat:organisation';
/** Says what a key is for; of keys for `shared-data` there is one in each organisation. */
export const KEY_PURPOSE_TAG = 'concordat:key-purpose';

/**
 * The keys in the account of each member. One that brings its key makes and tags that itself.
 * @internal Only tests import it.
 */
export const MEMBER_KEYS = ['shared-data', 'alerts-and-logs'] as const;
/** The keys in the operator’s account. @internal Only tests import it. */
export const ZONE_KEYS = [
  'alerts-and-logs',
  'log-files',
  'staged-entries',
  'ledger',
  'ledger-signature',
  'mailbox-page',
] as const;
/** The keys that encrypt no organisation’s data. */
export type ZoneKeyPurpose = (typeof ZONE_KEYS)[number];
export type KeyPurpose = (typeof MEMBER_KEYS)[number] | ZoneKeyPurpose;

/** The path of every role that this project makes. */
export const ROLE_PATH = '/concordat/';

/** The functions in the account of each member. */
export const MEMBER_FUNCTIONS = ['concordat-grant-broker', 'concordat-release-gate'] as const;
/** The functions in the operator’s account. */
export const ZONE_FUNCTIONS = [
  'concordat-transfer-audit',
  'concordat-ledger-seal',
  // Where the register names GOV.UK Notify or a mailbox: `zoneFunctions`.
  'concordat-notices',
] as const;
export type MemberFunction = (typeof MEMBER_FUNCTIONS)[number];
export type ZoneFunction = (typeof ZONE_FUNCTIONS)[number];
/** The names of the functions of this project, the same in every account; logs and alarms are named after them. */
export type FunctionName = MemberFunction | ZoneFunction;
/** Each function has its own role, by the same name. */
export type FunctionRole = FunctionName extends `concordat-${infer Purpose}` ? Purpose : never;

/** The name of the function whose role is for this. */
export function functionName(purpose: FunctionRole): FunctionName {
  return `concordat-${purpose}`;
}

/**
 * The roles that touch shared objects; the transfer audit knows them.
 * @internal Only tests import it.
 */
export const EXCHANGE_ROLES = ['deposit', 'collect', 'malware-scan', 'release-gate'] as const;
export type ExchangeRole = (typeof EXCHANGE_ROLES)[number];
/** The roles that people and their systems take on, whose sessions the organisation can end at once. */
export const SESSION_ROLES = ['collect', 'deposit', 'receipts'] as const;
/**
 * The roles that ask the grant broker to stop shares, or to lift stops: the declared rights of an organisation. `stop-all` is
 * the operator’s: it takes on `stop` in the account of each owner. @internal Only tests import it.
 */
export const STOP_ROLES = ['stop', 'lift', 'stop-all'] as const;
type StopRole = (typeof STOP_ROLES)[number];
/**
 * What a role is for. `gate-machine` is of the state machine that calls the release gate again; `page-release` puts the files of
 * the mailbox’s page in place, where the zone serves it.
 */
export type RolePurpose =
  | ExchangeRole
  | 'receipts'
  | StopRole
  | FunctionRole
  | 'gate-machine'
  | 'page-release';

/** The name of a role. It is the same in every account. */
export function roleName(purpose: RolePurpose | RolloutRole): string {
  return `concordat-${purpose}`;
}

/** The ARN of a role in an organisation’s account. */
export function roleArn(account: AccountId, purpose: RolePurpose | RolloutRole): string {
  return roleArnIn(account, purpose);
}

/** The same for an account that was read from an assembly, or `*`. */
export function roleArnIn(account: string, purpose: RolePurpose | RolloutRole): string {
  return `arn:aws:iam::${account}:role${ROLE_PATH}${roleName(purpose)}`;
}

/**
 * The name of an organisation’s bucket, in the account-regional namespace: no other account can take it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
 */
export function bucketName(zone: NamedZone, account: Account): string {
  return `${bucketNamePrefix(zone)}-${account}-${zone.region}-an`;
}

/** The part of a bucket’s name before the account: the same for every organisation, so that one selector logs all. */
export function bucketNamePrefix(zone: NamedZone): string {
  return `${zone.namePrefix}-exchange`;
}

/** The ARN of an organisation’s bucket. */
export function bucketArn(zone: NamedZone, account: Account): string {
  return `arn:aws:s3:::${bucketName(zone, account)}`;
}

/** The ARN of an access point; its name is the id of the share. */
export function accessPointArn(zone: NamedZone, account: Account, name: string): string {
  return `arn:aws:s3:${zone.region}:${account}:accesspoint/${name}`;
}

/** Matches the access points of every share of an owner: 12 hex digits, two hyphens and the recipient. */
export function anyAccessPoint(zone: NamedZone, account: Account): string {
  return accessPointArn(zone, account, `${'?'.repeat(12)}--*`);
}

/** Matches the access points, in any account, that are made for one recipient. Ids hold no `--`, so for no other. */
export function accessPointsFor(zone: NamedZone, recipient: OrganisationId | '*'): string {
  return accessPointArn(zone, '*', `${'?'.repeat(12)}--${recipient}`);
}

/** Matches every key in the zone’s Region; grants, not names, decide which a recipient may use. */
export function anyKey(zone: NamedZone): string {
  return `arn:aws:kms:${zone.region}:*:key/*`;
}

/** The name of the grant broker’s function. */
export const GRANT_BROKER_FUNCTION = 'concordat-grant-broker' satisfies FunctionName;

/**
 * Under this name in Parameter Store the grant broker records stops and their lifting. No deployment writes there, and no
 * template makes it.
 */
export const STOP_RECORDS = '/concordat/stops/';

/** The aliases of the grant broker’s function: each takes one kind of order, so that each is a right of its own. */
export const BROKER_ALIASES = ['stop', 'lift'] as const;
export type BrokerAlias = (typeof BROKER_ALIASES)[number];

/**
 * The Sids of the denials that the grant broker puts in front of an access point’s policy: of a share that has ended, and of one that
 * somebody stopped, which only lifting ends.
 */
export const DENIAL_SIDS = {
  ended: 'GrantBrokerClosedThisAccessPoint',
  stopped: 'StoppedInAnEmergency',
} as const;

/** The inline policy that ends sessions, by the name that AWS’s own console gives it. */
export const REVOKES_SESSIONS = 'AWSRevokeOlderSessions';

/** The topic of each account that its alarms tell, and the release gate in a member’s. */
export const ALERTS_TOPIC = 'concordat-security-alerts';

/** The rule that sees changes of keys and policies, and the queue that keeps them. */
export const SECURITY_CHANGES = 'concordat-security-changes';
/** The rule that sees what the malware scan did not find clean, or could not scan, and the queue that keeps it. */
export const DEPOSITS_HELD = 'concordat-deposits-held';

/** The ARN of a topic of alerts. */
export function alertsTopicArn(zone: NamedZone, account: Account): string {
  return `arn:aws:sns:${zone.region}:${account}:${ALERTS_TOPIC}`;
}

/** An inbox of whose team an organisation’s gate tells: one that its people write to, or one of its own. */
interface ToldInbox {
  readonly id: string;
  /** Whether it is the organisation’s own. Both parties may have one of the same id, and no id has two hyphens in a row. */
  readonly own: boolean;
}

/**
 * The topic by which a team of another organisation is told that a message waits, or one of its own that something was not
 * delivered. @param agreement its 12 hex digits
 */
export function inboxTopic(agreement: string, { id, own }: ToldInbox): string {
  return `concordat-inbox-${agreement}-${id}${own ? '--own' : ''}`;
}

/** The ARN of such a topic. */
export function inboxTopicArn(
  zone: NamedZone,
  account: Account,
  agreement: string,
  inbox: ToldInbox,
): string {
  return `arn:aws:sns:${zone.region}:${account}:${inboxTopic(agreement, inbox)}`;
}

/** The ARN of a function. */
export function functionArn(zone: NamedZone, account: Account, name: FunctionName): string {
  return `arn:aws:lambda:${zone.region}:${account}:function:${name}`;
}

/**
 * AWS services of which no page says whether they tell for whom they act. A condition on that may hold only where they do, or
 * they might be let in for nobody.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html
 */
export const UNSOURCED_SERVICES: ReadonlySet<string> = new Set([
  'malware-protection-plan.guardduty.amazonaws.com',
]);

/** The ARN of a stack, but for the id that CloudFormation gives it. */
export function stackArn(zone: NamedZone, account: AccountId, name: string): string {
  return `arn:aws:cloudformation:${zone.region}:${account}:stack/${name}`;
}

/** The ARN of an alias of the grant broker’s function. */
export function brokerAliasArn(zone: NamedZone, account: AccountId, alias: BrokerAlias): string {
  return `${functionArn(zone, account, GRANT_BROKER_FUNCTION)}:${alias}`;
}

/** Matches the role of a purpose in any account. */
export function anyRole(purpose: RolePurpose): string {
  return `arn:aws:iam::*:role${ROLE_PATH}${roleName(purpose)}`;
}

/** Where the objects of an agreement lie. */
export function agreementPrefix(agreement: string): string {
  return `${AGREEMENTS_PREFIX}${agreement}/`;
}

/** The name of S3 in the zone’s Region, as `kms:ViaService` gives it. */
export function s3Service(zone: NamedZone): string {
  return `s3.${zone.region}.amazonaws.com`;
}
