/**
 * A made-up day of transfers: CloudTrail’s log files of it, and the entries that the audit makes of them. Always the same
 * for the same index. It is no evidence of anything.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { parseAuditIndex } from '../wire';
import { eventEntry, logFileName } from './entry';
import { Exchange, inForce, type Party } from './exchange';
import type { Fields } from './fields';
import { interpret } from './interpret';
import { identified } from './meaning';
import { zoneEntry } from './own-entry';
import { trailEventOf } from './record';

/** The log of a sample: its names say that it is no evidence. */
export const SAMPLE_LOG = {
  origin: 'sample.concordat.example/not-evidence',
  witness: 'sample.concordat.example/witness',
  word: 'concordat sample',
} as const;

/** A day, as an audit would have left it. */
export interface SampleTrail {
  readonly entries: readonly { readonly entry: Uint8Array; readonly organisations: readonly string[] }[];
  /** By path, as `aws s3 sync` copies them. */
  readonly logFiles: ReadonlyMap<string, Uint8Array>;
  /** The index by which it was judged, by its path beside the ledger. */
  readonly index: readonly [path: string, text: string];
}

const DAY = Date.parse('2026-12-01T06:00:00Z');
const STEP = 97_000;
/** CloudTrail writes a file about every five minutes, for each account. */
const WINDOW = 5 * 60_000;

/** One call, and in whose logs its copies are. */
interface Call {
  readonly time: number;
  readonly id: string;
  readonly copies: ReadonlyMap<string, Fields>;
}

/**
 * So many entries: the register’s, then transfers in turn under each agreement in force, some of them denied.
 * @param indexText the audit’s index, as synth writes it
 */
export function sampleTrail(indexText: string, count: number): SampleTrail {
  const since = instant(DAY - 3_600_000);
  const exchange = new Exchange(parseAuditIndex(indexText), since);
  const sha256 = createHash('sha256').update(indexText).digest('hex');
  const path = `index/${sha256}.json`;
  const { region, register } = exchange.index;
  const first = zoneEntry('register-changed', {
    id: `register#1#${sha256.slice(0, 32)}`,
    time: since,
    region,
    about: { register, index: sha256, since, indexFile: path, before: undefined },
  });
  const logFiles = filesOf(callsOf(exchange, count - 1), region);
  const entries = [
    { entry: first, organisations: [] as readonly string[] },
    ...entriesOf(logFiles, exchange),
  ];
  return {
    entries,
    logFiles: new Map([...logFiles].map(([name, text]) => [name, gzipSync(text)])),
    index: [path, indexText],
  };
}

/** Each entry once, in the order in which its files come. */
function* entriesOf(files: ReadonlyMap<string, string>, exchange: Exchange) {
  const staged = new Set<string>();
  for (const [path, text] of files) {
    const from = { file: logFileName(path), sha256: createHash('sha256').update(text).digest('hex') };
    const { Records } = JSON.parse(text) as { Records: readonly Fields[] };
    for (const event of Records.map(trailEventOf))
      for (const { meaning, id } of identified(event, interpret(event, exchange))) {
        if (staged.has(id)) continue;
        staged.add(id);
        const organisations = exchange.accountsOf(meaning.organisations);
        yield { entry: eventEntry(event, meaning, exchange, id, from), organisations };
      }
  }
}

function filesOf(calls: readonly Call[], region: string): Map<string, string> {
  const records = new Map<string, Fields[]>();
  for (const { time, copies } of calls)
    for (const [account, record] of copies) {
      const stamp = instant(Math.ceil((time + 1) / WINDOW) * WINDOW).replaceAll(/[-:]/g, '');
      const name = `${account}_CloudTrail_${region}_${stamp.slice(0, 13)}Z`;
      const letters = digest(name).slice(0, 16);
      const path = `AWSLogs/o-sample/${account}/CloudTrail/${region}/2026/12/01/${name}_${letters}.json.gz`;
      records.set(path, [...(records.get(path) ?? []), record]);
    }
  const byTime = (each: string) => each.slice(each.lastIndexOf('/') + 1).replace(/^\d{12}_/, '');
  return new Map(
    [...records]
      .sort(([a], [b]) => (byTime(a) < byTime(b) ? -1 : 1))
      .map(([path, Records]) => [path, JSON.stringify({ Records })]),
  );
}

/** @throws RangeError where no agreement is in force on the day */
function callsOf(exchange: Exchange, count: number): Call[] {
  const { agreements, organisations } = exchange.index;
  const party = (id: string) => organisations.find((each) => each.id === id);
  const live = agreements.flatMap(({ id, owner, shares }) => {
    const current = shares.filter((share) => inForce(share, instant(DAY)));
    const from = party(owner);
    return from && current.length > 0 ? [{ id, from, shares: current }] : [];
  });
  if (live.length === 0) throw new RangeError('a sample day needs an agreement in force');
  const calls: Call[] = [];
  for (let transfer = 0; calls.length < count; transfer++) {
    const agreement = live[transfer % live.length];
    if (agreement === undefined) break;
    const { id, from, shares } = agreement;
    const key = `agreements/${id}/${String(transfer).padStart(4, '0')}.csv`;
    const next = () => DAY + calls.length * STEP;
    calls.push(
      callOf(exchange, { name: 'PutObject', role: 'deposit', time: next(), by: from, owner: from, key }),
    );
    for (const { recipient, share } of shares) {
      const by = party(recipient);
      if (by === undefined || calls.length >= count) continue;
      const refused = transfer % 11 === 5;
      calls.push(
        callOf(exchange, {
          name: 'GetObject',
          role: 'collect',
          time: next(),
          by,
          owner: from,
          key,
          share,
          refused,
        }),
      );
    }
  }
  return calls;
}

/** The record, in the caller’s log as in the owner’s; of a refusal, in the caller’s alone. */
function callOf(
  exchange: Exchange,
  about: {
    readonly name: 'PutObject' | 'GetObject';
    readonly role: 'deposit' | 'collect';
    readonly time: number;
    readonly by: Party;
    readonly owner: Party;
    readonly key: string;
    readonly share?: string;
    readonly refused?: boolean;
  },
): Call {
  const { name, role, time, by, owner, key, share, refused = false } = about;
  const { region } = exchange.index;
  const { bucket = '' } = owner;
  const point = share && `arn:aws:s3:${region}:${owner.account}:accesspoint/${share}`;
  const id = uuid(`${name} ${time} ${key} ${by.account}`);
  const common = {
    eventVersion: '1.11',
    eventTime: instant(time),
    eventSource: 's3.amazonaws.com',
    eventName: name,
    awsRegion: region,
    requestParameters: { bucketName: point ?? bucket, key },
    responseElements: null,
    readOnly: name === 'GetObject',
    eventType: 'AwsApiCall',
    managementEvent: false,
    eventCategory: 'Data',
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
      { accountId: owner.account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
      ...(point === undefined
        ? []
        : [{ accountId: owner.account, type: 'AWS::S3::AccessPoint', ARN: point }]),
    ],
    ...(refused && { errorCode: 'AccessDenied' }),
    ...(by.account !== owner.account && { sharedEventID: id }),
  };
  const arn = exchange.role(by.account, role);
  const accounts = refused ? [by.account] : [...new Set([by.account, owner.account])];
  return {
    time,
    id,
    copies: new Map(
      accounts.map((account) => [
        account,
        {
          ...common,
          userIdentity: {
            type: 'AssumedRole',
            principalId: `AROASAMPLE${by.account}:sample`,
            arn: `${arn.replace(':iam:', ':sts:').replace(/:role.*\//, ':assumed-role/')}/sample`,
            accountId: by.account,
            sessionContext: { sessionIssuer: { type: 'Role', arn, accountId: by.account } },
          },
          eventID: uuid(`${id} ${account}`),
          recipientAccountId: account,
        },
      ]),
    ),
  };
}

function instant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function uuid(text: string): string {
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digest(text)) ?? [];
  return parts.join('-');
}
