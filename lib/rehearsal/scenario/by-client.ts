/**
 * A whole transfer as people make it, by the client: deposited, scanned, released, collected and receipted. Depositing and collecting
 * are killed at random moments, and gone on with.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import type { OrganisationFacts } from '../../assembly';
import { MALWARE_CLEAN, MALWARE_TAG } from '../../names';
import type { GatedAgreement } from '../../wire';
import { plural } from '../../words';
import type { Seen } from '../script';
import { ClientRun, type ClientShare } from './client-run';
import { agreementOf, decides, sharesOfOwner } from './gate';
import type { Stage } from './stage';

/** One range of the client’s and some more, so that a kill finds a part of it there; within what one request sends. */
const BYTES = 9_000_000;
/** In milliseconds: nothing of the client’s has begun before. */
const SOONEST = 80;
/** By so much each kill of a deposit may come later than the one before. */
const LATER = 1.4;
/** Of kills one after another without an end. */
const MOST_IN_A_ROW = 4;

const STS = 'STS, whose answers are judged by the roles’ own trust';

/** A transfer that was made, for which there are to be receipts. */
export interface ClientTransfer {
  readonly recipient: OrganisationFacts;
  readonly client: ClientRun;
  /** Of the file. */
  readonly name: string;
}

/**
 * Sends and collects one file by the client, under an agreement of the owner that has no contract.
 * @param kills how often collecting is killed, and depositing at most
 * @returns nothing where there is no such agreement, or somebody of neither party may do it, which is said
 */
export async function byClient(stage: Stage, kills: number): Promise<ClientTransfer | undefined> {
  const { cast, say } = stage.props;
  const found = shareForClient(stage);
  const sender = cast.owner.mayDeposit?.[0];
  const collector = found?.share.recipient.mayCollect[0];
  if (found === undefined || sender === undefined || collector === undefined) {
    say('No agreement of the owner without a contract is between people with roles: the client is not tried');
    return undefined;
  }
  const { owner, recipient, agreement } = found.share;
  const name = `rehearsal-${stage.run}-client.csv`;
  const key = `agreements/${agreement}/${name}`;
  const bytes = randomBytes(BYTES);
  // What is random from its first byte looks encrypted now and then, and would be refused.
  bytes.write('{');
  const sending = await ClientRun.by(stage, owner, sender, found);
  writeFileSync(join(sending.folder, name), bytes);
  const sent = await stage.step(
    {
      step: `${owner.id} deposits a file by the client${kills > 0 ? ', which is killed at random moments and goes on' : ''}`,
      expected: 'deposited once, with its bytes',
      decidedBy: 'simulation and endpoint',
      played: STS,
    },
    () => depositedDespiteKills(stage, sending, { agreement, name, key, bytes, kills }),
  );
  if (!sent) return undefined;
  await scannedClean(stage, key);
  await decides(stage, key, 'the file that was deposited by the client', 'released', MALWARE_CLEAN);
  const client = await ClientRun.by(stage, recipient, collector, found);
  await stage.step(
    {
      step: `${recipient.id} collects it by the client${kills > 0 ? `, which is killed ${kills} times at random moments and goes on` : ''}`,
      expected: 'each time whole in the end, and nothing half-written',
      decidedBy: 'simulation and endpoint',
      played: STS,
    },
    () => collectedDespiteKills(client, { agreement, name, bytes, kills }),
  );
  return { recipient, client, name };
}

/** Fetches the receipt of what was collected by the client; what is not sealed would be awaited. */
export async function receiptsByClient(stage: Stage, made: ClientTransfer | undefined): Promise<void> {
  if (made === undefined) return;
  const { recipient, client, name } = made;
  await stage.step(
    {
      step: `${recipient.id} fetches the receipt by the client, which holds it against the ledger`,
      expected: 'checked, with its page',
      decidedBy: 'simulation and endpoint',
      played: STS,
    },
    async () => {
      const words = ['collect', '--to', 'in', '--receipts', 'receipts', '--json'];
      const { code, output } = await client.run(words);
      const folder = join(client.folder, 'receipts');
      const files = filesIn(folder);
      const isThere = (ending: RegExp) => files.some((each) => each.startsWith(name) && ending.test(each));
      const passed = code === 0 && isThere(/\.html$/) && isThere(/-\d+$/);
      const seen = passed
        ? 'checked, with its page'
        : `code ${code}, ${plural(files.length, 'file')}: ${output.slice(-400)}`;
      return { seen, passed };
    },
  );
}

/** An agreement of the owner without a contract, and the share of one of its recipients: of the cast’s, where there is one. */
function shareForClient(stage: Stage): ClientShare | undefined {
  const { recipient } = stage.props.cast;
  const all = sharesOfOwner(stage).flatMap((share) => {
    const gated = agreementOf(stage, share);
    return gated !== undefined && isOpen(gated) ? [{ share, gated }] : [];
  });
  return all.find(({ share }) => share.recipient.id === recipient.id) ?? all[0];
}

function isOpen(gated: GatedAgreement): gated is ClientShare['gated'] {
  return (
    gated.contract.kind === 'none' && gated.mediaTypes.includes('text/csv') && gated.largestObject >= BYTES
  );
}

async function scannedClean(stage: Stage, Key: string): Promise<void> {
  const actor = stage.role(stage.props.cast.owner.account, 'malware-scan');
  await stage.step(
    {
      step: 'The scan finds the file clean that was deposited by the client',
      expected: 'allowed',
      decidedBy: 'simulation and endpoint',
      played: 'GuardDuty’s scan',
    },
    async () => {
      const s3 = await stage.s3As(actor);
      const Tagging = { TagSet: [{ Key: MALWARE_TAG, Value: MALWARE_CLEAN }] };
      const tags = new PutObjectTaggingCommand({ Bucket: stage.exchangeBucket, Key, Tagging });
      const { outcome, why } = await stage.attempt(actor, () => s3.send(tags));
      return { seen: outcome, passed: outcome === 'allowed', why };
    },
  );
}

/**
 * Deposits one file, and kills the client until it has come to its end or was killed often enough: each time it may go a little
 * further. However often that was, there is one version, for each would be a transfer.
 */
async function depositedDespiteKills(
  stage: Stage,
  client: ClientRun,
  order: { agreement: string; name: string; key: string; bytes: Buffer; kills: number },
): Promise<Seen> {
  const { agreement, name, key, bytes, kills } = order;
  const words = ['deposit', agreement, name, '--json'];
  const isTold = (output: string) => output.includes('"event":"deposited"');
  let killed = 0;
  for (let latest = 4 * SOONEST; killed < kills; latest = Math.ceil(LATER * latest)) {
    const { code, output } = await client.run(words, randomInt(SOONEST, latest));
    if (code === undefined) killed += 1;
    else if (code !== 0) return { seen: `code ${code}: ${output.slice(-400)}`, passed: false };
    if (isTold(output)) return oneVersion(stage, key, bytes, killed);
  }
  const { code, output } = await client.run(words);
  if (code !== 0 || !isTold(output)) return { seen: `code ${code}: ${output.slice(-400)}`, passed: false };
  return oneVersion(stage, key, bytes, killed);
}

async function oneVersion(stage: Stage, Key: string, bytes: Buffer, killed: number): Promise<Seen> {
  const s3 = stage.as(stage.props.cast.owner.account).s3();
  const at = { Bucket: stage.exchangeBucket, Key };
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: at.Bucket, Prefix: Key }));
  const why = [`killed ${killed} times`];
  if (Versions.length !== 1)
    return { seen: `there are ${plural(Versions.length, 'version')} of it`, passed: false, why };
  const { Body } = await s3.send(new GetObjectCommand(at));
  const passed = bytes.equals((await Body?.transformToByteArray()) ?? new Uint8Array());
  return { seen: passed ? 'deposited once, with its bytes' : 'it has other bytes', passed, why };
}

/**
 * Collects once whole, then into a folder anew until it was killed often enough: what comes of it is always the same. The last,
 * which nobody kills, stays.
 */
async function collectedDespiteKills(
  client: ClientRun,
  { agreement, name, bytes, kills }: { agreement: string; name: string; bytes: Buffer; kills: number },
): Promise<Seen> {
  const to = join(client.folder, 'in');
  const parts = join(to, '.concordat/parts');
  const words = ['collect', agreement, '--to', 'in', '--json'];
  const began = performance.now();
  const first = await client.run(words);
  const longest = Math.max(SOONEST + 1, Math.ceil(performance.now() - began));
  if (first.code !== 0) return { seen: `code ${first.code}: ${first.output.slice(-400)}`, passed: false };
  // Others may lie under the agreement too.
  const whole = digestsIn(join(to, agreement));
  if (whole.get(name) !== digest(bytes))
    return { seen: 'it is not there, or has other bytes', passed: false };
  let killed = 0;
  let underWay = 0;
  while (killed < kills) {
    rmSync(to, { recursive: true, force: true });
    for (let n = 0; ; n++) {
      const kill = n < MOST_IN_A_ROW && killed < kills;
      const { code, output } = await client.run(words, kill ? randomInt(SOONEST, longest) : undefined);
      const there = digestsIn(join(to, agreement));
      for (const [each, sum] of there)
        if (whole.get(each) !== sum)
          return { seen: `${each} is not what it should be, after ${killed} kills`, passed: false };
      if (code === undefined) {
        killed += 1;
        underWay += Number(filesIn(parts).length > 0);
      } else if (code !== 0) return { seen: `code ${code}: ${output.slice(-400)}`, passed: false };
      else if (there.size !== whole.size || filesIn(parts).length > 0)
        return { seen: `${there.size} of ${whole.size} are there`, passed: false };
      else break;
    }
  }
  return {
    seen: 'each time whole in the end, and nothing half-written',
    passed: true,
    why: [`killed ${killed} times, ${underWay} of them with parts under way`],
  };
}

/** What has a name, by the digest of its bytes. */
function digestsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(filesIn(folder).map((name) => [name, digest(readFileSync(join(folder, name)))]));
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
