/** The names of what is in the operator’s account. All are fixed, so that policies can name them before they exist. */
import type { NamedZone } from './named';
import { type FunctionName, ZONE_FUNCTIONS, type ZoneFunction } from './names';

/** The organisation trail. The management account has it: CloudFormation cannot start a trail that a delegate makes. */
export const TRAIL_NAME = 'concordat-trail';
/** Reads log files and stages entries for the ledger. */
export const TRANSFER_AUDIT_FUNCTION = 'concordat-transfer-audit' satisfies FunctionName;
/** Seals what is staged. */
export const LEDGER_SEAL_FUNCTION = 'concordat-ledger-seal' satisfies FunctionName;
/** Tells teams of letters: by GOV.UK Notify of everything, else by SNS of what the gates cannot see. */
const NOTICES_FUNCTION = 'concordat-notices' satisfies FunctionName;
/** Where S3 tells of new log files. */
export const LOG_FILES_QUEUE = 'concordat-log-files';
/** Log files that could not be read, kept until they are looked at. */
export const UNREADABLE_QUEUE = 'concordat-log-files-unreadable';
/** Entries that are still to be sealed, and that were. */
export const STAGING_TABLE = 'concordat-staging';
/** The life of each transfer. */
export const TRANSFERS_TABLE = 'concordat-transfers';

/** What teams are to be told of letters, and were. */
export const NOTICES_TABLE = 'concordat-notices';

/** What of a zone’s register settles how its own function tells teams. */
interface Telling {
  readonly notify?: unknown;
  readonly mailbox?: unknown;
}

/**
 * By what the zone’s own function tells teams of letters: by GOV.UK Notify where there is a key, of everything; else by SNS where
 * there is a mailbox to open, of what the gates of the organisations cannot see.
 * @returns undefined where it tells nobody, and is not there
 */
export function zoneTellsBy({ notify, mailbox }: Telling): 'notify' | 'sns' | undefined {
  if (notify !== undefined) return 'notify';
  return mailbox === undefined ? undefined : 'sns';
}

/** The functions that a zone has. */
export function zoneFunctions(zone: Telling): readonly ZoneFunction[] {
  return ZONE_FUNCTIONS.filter((name) => name !== NOTICES_FUNCTION || zoneTellsBy(zone) !== undefined);
}

/** How the names of the topics begin by which the zone’s own function tells teams. */
const NOTICES_TOPIC = 'concordat-notices-';

/**
 * The name of the topic of a mailbox: one for each address, so that a team with several inboxes has one to confirm.
 * @param mailbox its 12 hex digits (`mailboxHash`), since an address has letters that no topic may have
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export function noticesTopic(mailbox: string): string {
  return `${NOTICES_TOPIC}${mailbox}`;
}

/** The ARN of such a topic. */
export function noticesTopicArn({ region, accounts }: NamedZone, mailbox: string): string {
  return `arn:aws:sns:${region}:${accounts.zone}:${noticesTopic(mailbox)}`;
}

/** Matches the ARN of the topic of any mailbox. */
export function anyNoticesTopic({ region, accounts }: NamedZone): string {
  return `arn:aws:sns:${region}:${accounts.zone}:${noticesTopic('?'.repeat(12))}`;
}

/** The zone’s own buckets: `logs` holds CloudTrail’s log files, `ledger` the ledger, `mailbox` the page, where the zone serves it. */
export type ZoneBucket = 'logs' | 'ledger' | 'mailbox';

/** The name of one of the zone’s own buckets. It does not begin as organisations’ buckets do, or the log would log itself. */
export function zoneBucketName({ namePrefix, accounts, region }: NamedZone, which: ZoneBucket): string {
  return `${namePrefix}-${which}-${accounts.zone}-${region}-an`;
}

/** Its ARN. */
export function zoneBucketArn(zone: NamedZone, which: ZoneBucket): string {
  return `arn:aws:s3:::${zoneBucketName(zone, which)}`;
}

/** Another name of the key of log files, by which people find its ARN. */
export const LOG_FILES_KEY_ALIAS = 'alias/concordat-log-files';

/** The parameter by which the trail’s stack is told the ARN of that key. */
export const LOG_FILES_KEY_PARAMETER = 'LogFilesKey';

/** Matches the ARN of a key in the zone’s account, and that of no alias. */
export function zoneKeyPattern({ region, accounts }: NamedZone): string {
  return `^arn:aws:kms:${region}:${accounts.zone}:key/[0-9a-f-]{36}$`;
}

/** The ARN of the trail, in the management account. */
export function trailArn({ region, accounts }: NamedZone): string {
  return `arn:aws:cloudtrail:${region}:${accounts.management}:trail/${TRAIL_NAME}`;
}

/** The ARN of a queue in the zone’s account. */
export function queueArn({ region, accounts }: NamedZone, name: string): string {
  return `arn:aws:sqs:${region}:${accounts.zone}:${name}`;
}

/** The ARN of a table in the zone’s account. */
export function tableArn({ region, accounts }: NamedZone, name: string): string {
  return `arn:aws:dynamodb:${region}:${accounts.zone}:table/${name}`;
}

/** Matches the keys in the operator’s account, which encrypt no organisation’s data. */
export function anyZoneKey({ region, accounts }: NamedZone): string {
  return `arn:aws:kms:${region}:${accounts.zone}:key/*`;
}

/** The name of the ledger, which its checkpoints and keys bear. */
export function ledgerOrigin({ namePrefix, accounts }: NamedZone): string {
  return `${namePrefix}-ledger-${accounts.zone}`;
}

/** Where in the ledger’s bucket an organisation’s receipts lie: below its account, which AWS vouches for at each request. */
export const RECEIPTS_PREFIX = 'receipts/';

/** The name of the origin access control, and what the names of the page’s header policies begin with. */
export const PAGE_NAME = 'concordat-served-page';

/** Where the files of an organisation’s page lie, and below which path they are served. */
export function pagePrefix(organisation: string): string {
  return `${organisation}/`;
}

/** The ARN of the distribution that serves the page. @param id as CloudFront gives it */
export function distributionArn({ accounts }: NamedZone, id: string): string {
  return `arn:aws:cloudfront::${accounts.zone}:distribution/${id}`;
}
