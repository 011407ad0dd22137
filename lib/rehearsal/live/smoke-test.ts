/**
 * The scenario as a smoke test of what is deployed in AWS: it deploys and changes nothing, deposits two small files under an
 * agreement, lets every actor ask for them, and recalls them, whatever happens.
 */

import { randomBytes } from 'node:crypto';
import { openAssembly, worldOf } from '../../assembly';
import { GATE_RELEASED, GATE_TAG, MALWARE_TAG, roleArnIn } from '../../names';
import { type Cast, castFor } from '../cast';
import { RehearsalError } from '../errors';
import { gateFilesOf } from '../gate-files';
import type { RehearsalResult } from '../result';
import { tableFor } from '../scenario/kept-table';
import { bucketOf } from '../scenario/stage';
import { FILES } from '../scenario/transfers';
import { Script, type Seen } from '../script';
import { type LiveAws, type LiveS3, profileOf } from './aws';

/** What is asked of a smoke test. */
export interface SmokeTestOrder {
  readonly assembly: string;
  readonly agreement: string | undefined;
  /** The accounts as they were typed again. */
  readonly accounts: readonly string[];
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** GuardDuty takes seconds to minutes, and so does the release gate after it. */
const DECISION = { patience: 900_000, every: 10_000 } as const;
/** Of the files that are deposited; agreements without a list of the gate take any. */
const CSV = 'text/csv';
const KINDS = ['clean', 'infected'] as const;

/** @throws RehearsalError where other accounts were typed than those that play, or a profile is of another account */
export async function smokeTest(
  order: SmokeTestOrder,
  awsIn: (region: string) => LiveAws,
): Promise<RehearsalResult> {
  const { signal, say } = order;
  const assembly = openAssembly(order.assembly);
  const world = worldOf(assembly);
  const cast = castFor(world, assembly.stacks, order.agreement);
  const aws = awsIn(world.register.zone.region);
  await demandAccounts(cast, order.accounts, aws);
  const script = new Script({ signal, say, afterFailure: async () => undefined });
  const gate = gateFilesOf(assembly, cast.owner.id);
  const clean = (await tableFor(gate, cast.share.agreement)) ?? FILES.clean;
  const terms = gate?.list.agreements.find(({ id }) => id === cast.share.agreement);
  await play(script, aws, cast, {
    files: { clean, infected: FILES.infected },
    mediaType: terms?.contract.kind === 'none' ? (terms.mediaTypes[0] ?? CSV) : CSV,
    bucket: bucketOf(world, cast.owner.account),
    point: `arn:aws:s3:${world.register.zone.region}:${cast.owner.account}:accesspoint/${cast.share.name}`,
    signal,
  });
  return {
    schema: 'concordat-rehearsal/v1',
    asOf: world.asOf,
    endpoint: 'AWS',
    agreement: cast.share.agreement,
    owner: cast.owner.id,
    recipient: cast.recipient.id,
    third: cast.third.id,
    steps: script.results,
    properties: [],
    types: [],
    settings: [],
    played: [],
    leftOut: [],
    unjudged: [],
  };
}

/** Nothing is asked of AWS before the caller has typed the accounts concerned. */
async function demandAccounts(
  { owner, recipient, third }: Cast,
  typed: readonly string[],
  aws: LiveAws,
): Promise<void> {
  const accounts = [owner, recipient, third].map(({ account }) => account);
  if ([...typed].sort().join() !== [...accounts].sort().join())
    throw new RehearsalError(
      `--live deposits test files in the account of ${owner.id} and asks for them as ${recipient.id} and ${third.id}: type their accounts again, with --accounts ID,ID,ID`,
    );
  for (const account of accounts) {
    const found = await aws.identityOf(account).catch((error: Error) => error);
    if (found instanceof Error)
      throw new RehearsalError(
        `the profile ${profileOf(account)} can’t be used (${found.name}: ${found.message}): sign in with it`,
      );
    if (found !== account)
      throw new RehearsalError(`the profile ${profileOf(account)} is of account ${found}: correct it`);
  }
}

interface LiveShare {
  readonly files: Readonly<Record<(typeof KINDS)[number], string>>;
  readonly mediaType: string;
  readonly bucket: string;
  readonly point: string;
  readonly signal: AbortSignal;
}

async function play(script: Script, aws: LiveAws, cast: Cast, where: LiveShare): Promise<void> {
  const { owner, recipient, third, share } = cast;
  const run = randomBytes(4).toString('hex');
  const keyOf = (kind: (typeof KINDS)[number]) =>
    `agreements/${share.agreement}/rehearsal-${run}-${kind}.csv`;
  const roles: Partial<Record<'deposit' | 'collect' | 'third', LiveS3>> = {};
  for (const [name, organisation, purpose] of [
    ['deposit', owner, 'deposit'],
    ['collect', recipient, 'collect'],
    ['third', third, 'collect'],
  ] as const)
    await script.step(
      {
        step: `Staff of ${organisation.id} take on the ${purpose} role`,
        expected: 'allowed',
        decidedBy: 'AWS',
      },
      async () => {
        roles[name] = await aws.assume(organisation.account, roleArnIn(organisation.account, purpose));
        return { seen: 'allowed', passed: true };
      },
    );
  const { deposit, collect, third: stranger } = roles;
  if (!deposit || !collect || !stranger) return;
  try {
    for (const kind of KINDS)
      await script.step(
        { step: `${owner.id} deposits the ${kind} file`, expected: 'allowed', decidedBy: 'AWS' },
        async () => {
          await deposit.put(where.bucket, keyOf(kind), where.files[kind], where.mediaType);
          return { seen: 'allowed', passed: true };
        },
      );
    for (const kind of KINDS) {
      const expected = kind === 'clean' ? 'NO_THREATS_FOUND' : 'THREATS_FOUND';
      await script.step(
        { step: `GuardDuty scans the ${kind} file`, expected, decidedBy: 'AWS' },
        async () => {
          const seen =
            (await tagOf(deposit, aws, where, keyOf(kind), MALWARE_TAG)) ?? 'no verdict in 15 minutes';
          return { seen, passed: seen === expected };
        },
      );
    }
    await script.step(
      { step: 'The release gate decides on the clean file', expected: GATE_RELEASED, decidedBy: 'AWS' },
      async () => {
        const seen =
          (await tagOf(deposit, aws, where, keyOf('clean'), GATE_TAG)) ?? 'no decision in 15 minutes';
        return { seen, passed: seen === GATE_RELEASED };
      },
    );
    const bytes = 'allowed, with the bytes that were deposited';
    const asks = [
      [`${recipient.id} collects through its access point`, collect, where.point, 'clean', bytes],
      [`${recipient.id} asks for the infected file`, collect, where.point, 'infected', 'refused'],
      [`${recipient.id} asks the bucket itself`, collect, where.bucket, 'clean', 'refused'],
      [`${third.id} asks by the access point of ${recipient.id}`, stranger, where.point, 'clean', 'refused'],
      [`${third.id} asks the bucket itself`, stranger, where.bucket, 'clean', 'refused'],
    ] as const;
    for (const [step, s3, way, kind, expected] of asks)
      await script.step({ step, expected, decidedBy: 'AWS' }, () =>
        asked(s3, way, keyOf(kind), where.files[kind], expected),
      );
  } finally {
    await recall(script, deposit, where, KINDS.map(keyOf), owner.id);
  }
}

/** Waits for a tag; undefined where it does not come. */
async function tagOf(
  s3: LiveS3,
  aws: LiveAws,
  { bucket, signal }: LiveShare,
  key: string,
  tag: string,
): Promise<string | undefined> {
  for (const until = aws.now() + DECISION.patience; ; ) {
    signal.throwIfAborted();
    const value = await s3.tag(bucket, key, tag);
    if (value !== undefined || aws.now() >= until) return value;
    await aws.sleep(DECISION.every);
  }
}

async function asked(s3: LiveS3, way: string, key: string, bytes: string, expected: string): Promise<Seen> {
  let seen: string;
  try {
    seen =
      (await s3.get(way, key)) === bytes
        ? 'allowed, with the bytes that were deposited'
        : 'allowed, with other bytes';
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AccessDenied') throw error;
    seen = 'refused';
  }
  return { seen, passed: seen === expected };
}

/** Also after Ctrl-C: what was deposited must not stay. */
async function recall(
  script: Script,
  s3: LiveS3,
  { bucket }: LiveShare,
  keys: readonly string[],
  owner: string,
): Promise<void> {
  const left: string[] = [];
  for (const key of keys)
    await s3.remove(bucket, key).catch((error: Error) => {
      left.push(`${key} (${error.name})`);
    });
  const seen = left.length === 0 ? 'recalled' : `still there: ${left.join(', ')}`;
  script.results.push({
    step: `${owner} recalls the files`,
    expected: 'recalled',
    seen,
    decidedBy: 'AWS',
    passed: left.length === 0,
    why: [],
  });
}
