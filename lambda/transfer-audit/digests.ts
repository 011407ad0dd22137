/**
 * Holds the log against CloudTrail’s digests. A log file that a digest lists and that was not taken in is looked for: if
 * it is there (its notice was lost), it is taken in now; if not, that is a gap. A digest whose own notice was lost is found
 * by the next one, and processed then. CloudTrail’s signatures are compared along the chain; verifying them takes
 * CloudTrail’s public keys, and is left to those who check the archive.
 */
import { createHash } from 'node:crypto';
import {
  type Digest,
  type DigestedFile,
  digestOf,
  type Gap,
  type GapWhy,
  gapId,
  hashOfFile,
  type PreviousDigest,
  RecordError,
  readJsonFile,
  UnreadableFileError,
  zoneEntry,
} from '../../lib/transfers';
import { FileMissingError } from './errors';
import { type TakeInPorts, takeInLogFile } from './take-in';

/** Digests come each hour, also where nothing was logged. */
const SILENT_AFTER = 3 * 3_600_000;
/** How far back digests are processed whose notices were lost. */
const GO_BACK = 7 * 86_400_000;

/**
 * Checks one digest file.
 * @param lost from when on no digest was processed before this one, where a later one knows; as it is noted of a gap
 * @throws UnreadableFileError where it can’t be read
 */
export async function checkDigest(
  bucket: string,
  key: string,
  ports: TakeInPorts,
  lost?: string,
): Promise<void> {
  const { body } = await ports.files.open(bucket, key);
  const { value } = await readJsonFile(body);
  const digest = parsed(value, key);
  const { chain, region, start, end } = digest;
  let from: string | undefined;
  // What was deposited after a digest’s beginning, none before it can hide.
  let until = start;
  for (const file of digest.files) {
    const why = await faultOfFile(file, ports);
    if (why === undefined) continue;
    [from, until] = [start, end];
    await tell(gapIn(digest, why, `${file.bucket}/${file.key}`), ports);
  }
  if (!digest.backfill) {
    const open = (await ports.notes.gapOf(key))?.from ?? lost;
    const before = open ?? (await ports.notes.chainEnd(chain));
    const since = before !== undefined && before < start ? before : hourBefore(start);
    const why = await faultOfPrevious(digest, ports);
    if (why) {
      from = since;
      await tell(gapIn(digest, why, digest.previous?.key ?? key), ports);
    } else if (open !== undefined && open < start) {
      // What was missing before it has come back, and was never processed. Before a chain that began anew nothing comes back.
      if (digest.previous) await checkDigest(digest.previous.bucket, digest.previous.key, ports, open);
      else from = since;
    }
  }
  // Before the chain goes on: nothing that the gap may hide is told of as not done.
  if (from !== undefined) await ports.notes.noteGap(key, { chain, region, from, until });
  else await ports.notes.closeGap(key, ports.clock.now());
  if (digest.backfill) return;
  const now = ports.clock.now();
  const stood = Math.max(now - Date.parse(end), Date.parse(end) - Date.parse(start)) > SILENT_AFTER;
  await ports.notes.noteChain(chain, region, end, stood ? now : undefined);
}

function hourBefore(time: string): string {
  return `${new Date(Date.parse(time) - 3_600_000).toISOString().slice(0, 19)}Z`;
}

/** Reports that no digest of an account has ever come, though something waits for one: that is told of once. */
export async function reportNoChain(
  { account, region, since }: { readonly account: string; readonly region: string; readonly since: number },
  ports: TakeInPorts,
): Promise<void> {
  const time = `${new Date(since).toISOString().slice(0, 19)}Z`;
  await tell(
    { why: 'chain-silent', chain: `${account}_CloudTrail-Digest`, what: 'none came', time, region },
    ports,
  );
}

/** Reports each chain from which nothing has come for hours: nothing else would show that its end is missing. */
export async function checkSilence(ports: TakeInPorts): Promise<void> {
  for (const { chain, region, end } of await ports.notes.chains())
    if (Date.parse(end) + SILENT_AFTER <= ports.clock.now())
      await tell({ why: 'chain-silent', chain, what: end, time: end, region }, ports);
}

function parsed(value: unknown, key: string): Digest {
  try {
    return digestOf(value, key);
  } catch (error) {
    if (error instanceof RecordError) throw new UnreadableFileError(error.message, { cause: error });
    throw error;
  }
}

async function faultOfFile(
  { bucket, key, sha256 }: DigestedFile,
  ports: TakeInPorts,
): Promise<GapWhy | undefined> {
  try {
    const known = await ports.notes.readLogFile(bucket, key);
    // A file that was taken in under another hash is read again: it may have been replaced before or since.
    const found = known === sha256 ? known : await takeInLogFile({ bucket, key, again: true }, ports);
    return found === sha256 && (known === undefined || known === sha256) ? undefined : 'log-file-changed';
  } catch (error) {
    if (error instanceof FileMissingError) return 'log-file-missing';
    if (!(error instanceof UnreadableFileError)) throw error;
    ports.report.unreadable(bucket, key, error.message);
    return 'log-file-unreadable';
  }
}

async function faultOfPrevious(
  { previous, chain, start }: Digest,
  ports: TakeInPorts,
): Promise<GapWhy | undefined> {
  const known = await ports.notes.chainEnd(chain);
  if (previous) {
    const why = await faultOfLink(previous, ports);
    // The note of a chain’s end tells which digests were processed: if the one before was not, its notice was lost.
    const wasLost = (known === undefined || known < start) && isRecent(start, ports.clock.now());
    if (why === undefined && wasLost) await checkDigest(previous.bucket, previous.key, ports);
    return why;
  }
  // A chain begins once. If it begins again, validation was off for a time.
  return known !== undefined && known <= start ? 'chain-restarted' : undefined;
}

/** Whether a digest is still to be gone back to: notes of log files are kept for longer, so that none is read in vain. */
function isRecent(time: string, now: number): boolean {
  return now - Date.parse(time) < GO_BACK;
}

async function faultOfLink({ bucket, key, sha256, signature }: PreviousDigest, ports: TakeInPorts) {
  try {
    const file = await ports.files.open(bucket, key);
    const found = await hashOfFile(file.body);
    const signed = file.signature?.toLowerCase() === signature.toLowerCase();
    return found === sha256 && signed ? undefined : 'digest-changed';
  } catch (error) {
    if (error instanceof FileMissingError) return 'digest-missing';
    if (error instanceof UnreadableFileError) return 'digest-unreadable';
    throw error;
  }
}

function gapIn({ chain, end, region }: Digest, why: GapWhy, what: string): Gap {
  return { why, chain, what, time: end, region };
}

async function tell(gap: Gap, { staging, clock, report }: TakeInPorts): Promise<void> {
  const id = gapId(gap, (text) => createHash('sha256').update(text).digest('hex').slice(0, 32));
  const { why, chain, what, time, region } = gap;
  const entry = zoneEntry('digest-gap', { id, time, region, about: { why, chain, what } });
  const isNew = await staging.stage({
    eventId: id,
    entry,
    organisations: [],
    stagedAt: new Date(clock.now()).toISOString(),
  });
  // A chain that stays silent is reported once, or it would hide what comes. The rest: better twice than never.
  if (isNew || gap.why !== 'chain-silent') report.gap(gap);
}
