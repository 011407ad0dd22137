/** Log files as CloudTrail writes them, one for each account. */
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
