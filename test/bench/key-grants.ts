/**
 * What a run of the grant broker costs that finds 5,000 grants and nothing to do: reading the list, listing 50 pages and
 * comparing. Through the SDK’s client, with KMS’s answers made on this machine. `tsx test/bench/key-grants.ts [grants]`
 */
import { KMSClient } from '@aws-sdk/client-kms';
import { KmsGrants } from '../../lambda/key-grants/kms-grants';
import { reconcile } from '../../lambda/key-grants/reconcile';
import { Report } from '../../lambda/key-grants/report';
import { NO_STOPS } from '../../lambda/key-grants/stops';
import { parseGrantList } from '../../lib/wire';
import { BROKER, KEY_ARN, listOf, RIGHT, share } from '../lambda/key-grants/world';

const KEY_METADATA = {
  Arn: KEY_ARN,
  AWSAccountId: KEY_ARN.split(':')[4],
  KeyState: 'Enabled',
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
};

const MOST_SECONDS = 1;
const count = Number(process.argv[2] ?? 5_000);

async function main(): Promise<void> {
  const shares = Array.from({ length: count }, (_, n) => share(n, { from: 0, until: 4e12 }));
  const text = JSON.stringify(listOf(...shares));
  const entries = shares.map((each, n) => ({
    ...RIGHT,
    KeyId: KEY_ARN,
    GrantId: n.toString(16).padStart(64, '0'),
    Name: each.share,
    GranteePrincipal: each.grantee,
    IssuingAccount: 'arn:aws:iam::111111111111:root',
    CreationDate: 1_806_537_600 + n,
  }));
  const pages: Uint8Array[] = [];
  for (let at = 0; at < count; at += 100) {
    const Truncated = at + 100 < count;
    const page = {
      Grants: entries.slice(at, at + 100),
      Truncated,
      ...(Truncated && { NextMarker: String(at / 100 + 1) }),
    };
    pages.push(Buffer.from(JSON.stringify(page)));
  }
  const client = new KMSClient({
    region: 'eu-west-2',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: string | Uint8Array }) => {
        const { Marker = '0' } = JSON.parse(Buffer.from(request.body).toString()) as { Marker?: string };
        const isList = request.headers['x-amz-target'] === 'TrentService.ListGrants';
        const body = isList
          ? pages[Number(Marker)]
          : Buffer.from(JSON.stringify({ KeyMetadata: KEY_METADATA }));
        return {
          response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body },
        };
      },
    } as never,
  });
  const clock = { now: Date.now, sleep: async () => undefined, remaining: () => 60_000 };
  const accessPoints = { close: async () => 'missing' as const, open: async () => 'missing' as const };
  const report = new Report(() => undefined, clock, { key: KEY_ARN, functionName: 'bench' });

  const before = process.cpuUsage();
  const result = await reconcile(
    {
      list: parseGrantList(text, KEY_ARN),
      keyArn: KEY_ARN,
      brokerRole: BROKER,
      dryRun: false,
      stops: NO_STOPS,
    },
    { grants: new KmsGrants(client, KEY_ARN), accessPoints, clock, report },
  );
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;

  if (result.inForce !== count || result.created + result.revoked > 0)
    throw new Error(`nothing was to be done, yet ${JSON.stringify(result)}`);
  console.log(`${count} grants, nothing to do: ${seconds.toFixed(2)} s of CPU, at most ${MOST_SECONDS} s`);
  if (seconds > MOST_SECONDS) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
