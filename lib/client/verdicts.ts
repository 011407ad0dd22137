/** Waits for what becomes of deposits: the malware scan’s verdict, and the release gate’s decision. */
import { setTimeout as sleeping } from 'node:timers/promises';
import { type DepositVerdict, isSettled, verdictOn } from '../delivery';
import { inParallel } from '../runtime';
import type { Client } from './client';
import type { DepositedFile } from './deposit-request';

/** How many files are asked about at once. */
const LANES = 8;
/** Waits between two looks at a verdict, in milliseconds. */
const FIRST_LOOK = 5_000;
const LAST_LOOK = 30_000;

/** A deposited file with what became of it. */
export interface DecidedFile {
  readonly file: DepositedFile;
  readonly verdict: DepositVerdict;
}

/**
 * Waits until the malware scan and the gate have decided on each file, or the time is over.
 * @param until in milliseconds since 1970
 * @param decided is told of each as soon as it is settled
 */
export async function waitForVerdicts(
  client: Client,
  files: readonly DepositedFile[],
  until: number,
  decided: (each: DecidedFile) => void,
  sleep: (milliseconds: number) => Promise<void> = (milliseconds) =>
    sleeping(milliseconds, undefined, client.signal && { signal: client.signal }),
): Promise<readonly DecidedFile[]> {
  const store = await client.store('deposit', client.profile.bucket ?? '');
  const settled = new Map<string, DecidedFile>();
  let open: readonly DecidedFile[] = [];
  for (let wait = FIRST_LOOK; ; wait = Math.min(LAST_LOOK, wait * 1.5)) {
    const still: DecidedFile[] = [];
    await inParallel(
      files.filter(({ key }) => !settled.has(key)),
      LANES,
      async (file) => {
        const each = { file, verdict: await verdictOn(file, store) };
        if (!isSettled(each.verdict)) return void still.push(each);
        settled.set(file.key, each);
        decided(each);
      },
    );
    open = still;
    if (open.length === 0 || client.now() + wait > until) break;
    await sleep(wait);
  }
  const byKey = new Map([...settled.values(), ...open].map((each) => [each.file.key, each]));
  return files.flatMap(({ key }) => byKey.get(key) ?? []);
}
