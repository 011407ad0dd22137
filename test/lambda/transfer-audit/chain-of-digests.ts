/** CloudTrail’s digests of one account, each of some hours, of the shape that CloudTrail writes, each bound to the one before. */
import { gzipSync } from 'node:zlib';
import { DWP } from '../../transfers/trail-records';
import { ARCHIVE, sha256, type World } from './world';

const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** A chain; it begins where it is told. */
export class ChainOfDigests {
  #before: { readonly key: string; readonly text: string; readonly signature: string } | undefined;
  #end: number;

  /** @param begins milliseconds since 1970 */
  constructor(
    private readonly land: World['land'],
    begins: number,
    private readonly account = DWP,
  ) {
    this.#end = begins;
  }

  /**
   * Lands the digest of the time since the last one.
   * @param end milliseconds since 1970
   * @param files what was delivered meanwhile: the records of each log file, by its key
   */
  until(end: number, files: Readonly<Record<string, readonly unknown[]>>): string {
    const [start, before] = [this.#end, this.#before];
    const name = `${this.account}_CloudTrail-Digest_eu-west-2_zone_eu-west-2`;
    const key = `AWSLogs/o-example0000/${this.account}/CloudTrail-Digest/eu-west-2/2026/10/01/${name}_${iso(end).replaceAll(/[-:]/g, '')}.json.gz`;
    const text = JSON.stringify({
      awsAccountId: this.account,
      digestStartTime: iso(start),
      digestEndTime: iso(end),
      previousDigestS3Bucket: before ? ARCHIVE : null,
      previousDigestS3Object: before?.key ?? null,
      previousDigestHashValue: before ? sha256(before.text) : null,
      previousDigestSignature: before?.signature ?? null,
      logFiles: Object.entries(files).map(([s3Object, Records]) => ({
        s3Bucket: ARCHIVE,
        s3Object,
        hashValue: sha256(JSON.stringify({ Records })),
      })),
    });
    const signature = sha256(key);
    this.land(key, gzipSync(text), signature);
    this.#before = { key, text, signature };
    this.#end = end;
    return key;
  }
}
