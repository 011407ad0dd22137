/**
 * What stands for AWS while an officer tries the pack: versitygw for S3; STS that reads the token by the provider’s keys and judges
 * it by the trust policies of the pack’s own template; and, played, the malware scan and the release gate, which tag what was
 * deposited, and the operator’s ledger, which seals what was done. What S3 asks of roles is not judged here: tests of the pack do.
 */
import { mkdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { sampleBundle } from '../../../lib/ledger/bundle';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG } from '../../../lib/names';
import { SAMPLE_LOG } from '../../../lib/transfers';
import type { Profile } from '../../../lib/wire';
import type { Answer } from '../../client/sign-in/loopback-door';
import { StsGateway } from '../../client/sign-in/sts-gateway';
import { freePort, start, until } from '../endpoint/interruptible.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const [KEY, SECRET] = ['tester', 'testersecret'];
/** Buckets, and access points, are hosts below this name. */
export const DOMAIN = 's3.test';

/** STS whose sessions are the endpoint’s own keys, since the endpoint knows no others. */
export class OfficerSts extends StsGateway {
  protected override async answer(request: IncomingMessage): Promise<Answer> {
    const answer = await super.answer(request);
    const body = String(answer.body ?? '')
      .replace(/<AccessKeyId>[^<]*/, `<AccessKeyId>${KEY}`)
      .replace(/<SecretAccessKey>[^<]*/, `<SecretAccessKey>${SECRET}`)
      .replace(/<SessionToken>[^<]*/, '<SessionToken>');
    return { ...answer, body };
  }
}

/** Something that was done with an object, as the ledger tells it. */
interface Done {
  readonly kind: 'deposited' | 'scanned' | 'released' | 'collected';
  readonly key: string;
  readonly version: string;
  readonly time: number;
}

/** S3, with what scans, decides and seals. */
export class OfficerCloud {
  private readonly done: Done[] = [];
  private readonly tagged = new Set<string>();
  private sealed = 0;

  private constructor(
    private readonly profile: Profile,
    private readonly s3: S3Client,
    private readonly log: { readonly text: string },
    /** Where the client finds it. */
    readonly address: string,
  ) {}

  static async open(gateway: string, folder: string, profile: Profile): Promise<OfficerCloud> {
    const port = await freePort();
    for (const each of ['data', 'versions']) mkdirSync(join(folder, each));
    const log = start(
      gateway,
      ...['--access', KEY, '--secret', SECRET, '--region', profile.region, '--port', `127.0.0.1:${port}`],
      ...['--virtual-domain', `${DOMAIN}:${port}`, '--keep-alive', 'posix'],
      ...['--versioning-dir', join(folder, 'versions'), join(folder, 'data')],
    );
    const s3 = new S3Client({
      region: profile.region,
      endpoint: `http://127.0.0.1:${port}`,
      forcePathStyle: true,
      credentials: { accessKeyId: KEY, secretAccessKey: SECRET },
    });
    const cloud = new OfficerCloud(profile, s3, log, `http://${DOMAIN}:${port}`);
    const points = profile.collects.map((each) => pointBucket(each.accessPoint));
    for (const bucket of [profile.bucket ?? '', profile.ledger.bucket, ...points]) await cloud.make(bucket);
    return cloud;
  }

  private async make(Bucket: string): Promise<void> {
    const isMade = () =>
      this.s3.send(new CreateBucketCommand({ Bucket })).then(
        () => true,
        () => false,
      );
    await until(isMade, `the bucket ${Bucket} at versitygw`);
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await this.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }

  /** An owner deposits, and its scan and gate let it through. @param accessPoint by which it is collected */
  async ownerDeposits(accessPoint: string, key: string, text: string): Promise<void> {
    const { VersionId = '' } = await this.s3.send(
      new PutObjectCommand({
        Bucket: pointBucket(accessPoint),
        Key: key,
        Body: text,
        ChecksumAlgorithm: 'CRC64NVME',
      }),
    );
    this.passed(key, VersionId, Date.now());
  }

  /** One round of all that goes on by itself. */
  async turn(): Promise<void> {
    const { bucket = '', sends, collects } = this.profile;
    for (const { prefix } of sends) {
      const listed = await this.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }));
      for (const { Key = '', VersionId = '', LastModified } of listed.Versions ?? []) {
        if (this.tagged.has(VersionId)) continue;
        this.tagged.add(VersionId);
        const TagSet = [
          { Key: MALWARE_TAG, Value: MALWARE_CLEAN },
          { Key: GATE_TAG, Value: 'released' },
        ];
        await this.s3.send(new PutObjectTaggingCommand({ Bucket: bucket, Key, Tagging: { TagSet } }));
        this.passed(Key, VersionId, LastModified?.getTime() ?? 0);
      }
    }
    for (const { key, version, kind } of [...this.done])
      if (kind === 'released' && collects.some(({ prefix }) => key.startsWith(prefix)))
        if (this.isRead(key) && !this.done.some((each) => each.kind === 'collected' && each.key === key))
          this.done.push({ kind: 'collected', key, version, time: Date.now() });
    await this.seal();
  }

  /** Whether somebody has read an object, by the log of the endpoint. */
  private isRead(key: string): boolean {
    return this.log.text
      .split('\n')
      .some((line) => /\| 20[06] \|/.test(line) && line.includes('| GET |') && line.includes(key));
  }

  private passed(key: string, version: string, time: number): void {
    for (const [n, kind] of (['deposited', 'scanned', 'released'] as const).entries())
      this.done.push({ kind, key, version, time: time + n });
  }

  private async seal(): Promise<void> {
    if (this.done.length === this.sealed) return;
    this.sealed = this.done.length;
    const { organisation, ledger } = this.profile;
    const files = await sampleBundle({
      log: { ...SAMPLE_LOG, origin: ledger.origin },
      entries: this.done.map((each) => ({
        entry: this.entryOf(each),
        organisations: [organisation.account],
      })),
      sizes: this.done.map((_, n) => n + 1),
      register: '{}',
      mlDsa: false,
    });
    for (const [Key, Body] of files)
      await this.s3.send(new PutObjectCommand({ Bucket: ledger.bucket, Key, Body }));
  }

  private entryOf({ kind, key, version, time }: Done): Uint8Array {
    const { organisation, collects } = this.profile;
    const collected = collects.find(({ prefix }) => key.startsWith(prefix));
    const owner = collected?.owner.id ?? organisation.id;
    const by = { deposited: owner, released: owner, collected: organisation.id, scanned: undefined }[kind];
    return Buffer.from(
      JSON.stringify({
        activity_id: 99,
        actor: by === undefined ? { app_name: 'concordat-transfer-audit' } : { user: { org: { uid: by } } },
        category_uid: 6,
        class_uid: 6006,
        file: { name: key, path: `${this.profile.bucket}/${key}`, ...(kind !== 'collected' && { version }) },
        metadata: { event_code: kind, product: { name: 'Concordat transfer audit' }, version: '1.8.0' },
        severity_id: 1,
        time,
        type_uid: 600_699,
        unmapped: {
          agreement: key.split('/')[1],
          owner,
          ...(kind === 'collected' && { recipient: organisation.id }),
          verdict: 'in-order',
        },
      }),
    );
  }
}

/** The bucket that an access point is here: its host. */
function pointBucket(arn: string): string {
  const [, , , , account = '', resource = ''] = arn.split(':');
  return `${resource.split('/')[1]}-${account}`;
}
