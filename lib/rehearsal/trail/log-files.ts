/** Log files and digests as CloudTrail writes them, one for each account. */
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { TrailRecord } from './records';

/** A file for the log archive. */
export interface LogFile {
  readonly key: string;
  readonly content: Buffer;
}

/**
 * Packs records.
 * @param at milliseconds since 1970
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html
 */
export function logFilesOf(
  records: readonly TrailRecord[],
  { organisation, region, at }: { organisation: string; region: string; at: number },
): LogFile[] {
  const byAccount = new Map<string, unknown[]>();
  for (const { account, record } of records)
    byAccount.set(account, [...(byAccount.get(account) ?? []), record]);
  const time = new Date(at).toISOString();
  const minute = `${time.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  return [...byAccount].map(([account, Records]) => ({
    key: `AWSLogs/${organisation}/${account}/CloudTrail/${region}/${time.slice(0, 10).replaceAll('-', '/')}/${account}_CloudTrail_${region}_${minute}_${randomBytes(12).toString('base64url').replaceAll(/[-_]/g, 'x')}.json.gz`,
    content: gzipSync(JSON.stringify({ Records })),
  }));
}

/**
 * The first digest of an account’s chain, of the hour before. It lists no file: every file has been read by then.
 * @param at milliseconds since 1970
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function digestFileOf(
  account: string,
  { organisation, region, trail, at }: { organisation: string; region: string; trail: string; at: number },
): LogFile {
  const second = (moment: number) => `${new Date(moment).toISOString().slice(0, 19)}Z`;
  const end = second(at);
  return {
    key: `AWSLogs/${organisation}/${account}/CloudTrail-Digest/${region}/${end.slice(0, 10).replaceAll('-', '/')}/${account}_CloudTrail-Digest_${region}_${trail}_${region}_${end.replaceAll(/[-:]/g, '')}.json.gz`,
    content: gzipSync(
      JSON.stringify({
        awsAccountId: account,
        digestStartTime: second(at - 3_600_000),
        digestEndTime: end,
        previousDigestS3Object: null,
        logFiles: [],
      }),
    ),
  };
}
