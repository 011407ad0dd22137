/**
 * Collects one version: fetched into a part file, held against its checksum, and only then given its name, which nothing else
 * may have. Killed between any two steps, the next run goes on: what was about to be named is written down before it is.
 */
import { bytesOf, hex, sha256 } from '../../ledger/core';
import { computedOf } from './check';
import { type FetchedVersion, type FetchTools, fetchVersion, partSizes } from './fetch';
import { flatName, localName, numbered } from './local-name';
import type { Notes } from './notes';
import type { Noted } from './ports';
import { rangePlan } from './ranges';
import { refuse } from './refusals';
import { openedId, openedName, type Unsealing, unsealed } from './unseal';

/** So many versions of one name may lie beside one another. */
const MOST_NUMBERS = 10_000;

/** A version, and where it belongs. */
export interface CollectedVersion extends FetchedVersion {
  readonly agreement: string;
  /** The key without the agreement’s prefix. */
  readonly rest: string;
  /** In milliseconds since 1970. */
  readonly deposited: number;
}

/** What collecting needs besides. */
export interface CollectTools extends FetchTools {
  readonly notes: Notes;
  readonly now: () => number;
  /** Whether a command is to be run on it. */
  readonly handOn: boolean;
  /** Opens what was sealed; nothing where it stays as it is. */
  readonly unsealing?: Unsealing | undefined;
}

/** Collects it, or sees that an earlier run has. @throws DeliveryRefused, StoreFailure */
export async function collectVersion(tools: CollectTools, wanted: CollectedVersion): Promise<Noted> {
  const { desk, notes } = tools;
  const id = partId(wanted);
  const before = notes.placing(wanted);
  if (before !== undefined && (await isWhole(tools, before, wanted)))
    return finish(tools, id, wanted, before.names, before.opened);
  await demandRoom(tools, id, wanted);
  await fetchVersion(tools, id, wanted);
  const { unsealing, checksums } = tools;
  const part = unsealing && (await unsealed(desk, checksums, id, wanted, unsealing));
  const opened = part && { bytes: part.bytes, checksum: part.checksum };
  const rest = part ? openedName(wanted.rest) : wanted.rest;
  const usual = [wanted.agreement, ...localName(rest)];
  let names: readonly string[] = usual;
  let stem: readonly string[] = usual;
  for (let number = 1; number <= MOST_NUMBERS; number++) {
    await note(tools, wanted, 'placing', names, opened);
    const placed = await desk.place(part?.id ?? id, names);
    if (placed === 'placed') return finish(tools, id, wanted, names, opened);
    if (placed === 'blocked' && stem === usual) {
      stem = [wanted.agreement, ...flatName(usual.slice(1))];
      names = stem;
    } else names = numbered(stem, number + 1);
  }
  return refuse({ refused: 'no-name', key: wanted.key });
}

async function finish(
  tools: CollectTools,
  id: string,
  wanted: CollectedVersion,
  names: readonly string[],
  opened: Noted['opened'],
) {
  const noted = await note(tools, wanted, 'collected', names, opened);
  await tools.desk.drop(id);
  if (opened !== undefined) await tools.desk.drop(openedId(id));
  return noted;
}

async function note(
  { desk, notes, now, handOn }: CollectTools,
  { agreement, key, version, etag, bytes, deposited, checksum }: CollectedVersion,
  what: Noted['what'],
  names: readonly string[],
  opened: Noted['opened'],
): Promise<Noted> {
  const about = { what, agreement, key, version, etag, bytes, deposited, at: now(), names, checksum, handOn };
  const noted = opened === undefined ? about : { ...about, opened };
  await desk.note(noted);
  notes.add(noted);
  return noted;
}

/** After so long nobody goes on with what was begun: it is fetched anew, if it is still there. */
const STALE = 30 * 86_400_000;

/** Does away with parts that a kill has left, of what has its name by now, and of what nobody has gone on with. */
export async function tidy({
  desk,
  notes,
  now,
}: Pick<CollectTools, 'desk' | 'notes' | 'now'>): Promise<void> {
  const begun = await desk.begun();
  if (begun.length === 0) return;
  const collected = new Set(notes.all.map(partId).flatMap((id) => [id, openedId(id)]));
  for (const { id, touched } of begun) if (collected.has(id) || now() - touched > STALE) await desk.drop(id);
}

/** Gives up what was begun of a version that is not there any more. */
export async function giveUp(
  { desk }: Pick<CollectTools, 'desk'>,
  wanted: Parameters<typeof partId>[0],
): Promise<void> {
  await desk.drop(partId(wanted));
}

/** Whether what lies under a name is this version: by its bytes, since anybody may have put something there. */
async function isWhole(
  tools: CollectTools,
  { names, opened }: Noted,
  wanted: CollectedVersion,
): Promise<boolean> {
  const { desk, checksums, unsealing } = tools;
  // It may have been left sealed then, and is to be opened now; or the other way round.
  if ((unsealing === undefined) !== (opened === undefined)) return false;
  const { bytes, checksum } = opened ?? wanted;
  const read = await desk.placed(names, bytes);
  if (read === undefined) return false;
  const parts = opened ? undefined : await partSizes(tools, wanted);
  return (await computedOf(read, checksums, checksum, bytes, parts)) === checksum.value;
}

/**
 * Sees that there is room for it, unless an earlier run has begun it: then it has its room, for the most part. Of what is
 * fetched in one range the disk says by itself that it has none, before much has been fetched.
 */
async function demandRoom(
  { desk, rangeBytes }: CollectTools,
  id: string,
  { bytes }: CollectedVersion,
): Promise<void> {
  if (rangePlan(bytes, rangeBytes).count === 1) return;
  const free = await desk.room();
  if (free === undefined || free >= bytes || (await desk.journal(id)) !== undefined) return;
  refuse({ refused: 'no-space', folder: desk.shown, needed: bytes, free });
}

/** A name for part and journal that says nothing, and is of this version alone. */
function partId({ agreement, key, version }: Pick<Noted, 'agreement' | 'key' | 'version'>): string {
  return hex(sha256(bytesOf(JSON.stringify([agreement, key, version])))).slice(0, 32);
}
