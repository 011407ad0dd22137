/** Damages a CSV file in many ways, and says of each whether it comes to one outcome, in pieces as whole. */
import { isDeepStrictEqual } from 'node:util';
import { contractOutcomeSchema } from '../../../lib/wire/contract-outcome';
import { HEADER, PLAN, rowsOf, wardInUse } from '../../bench/contract-file';
import { Random } from '../../bench/random';
import { outcomeOf, sourceOf } from './plans';

/** Bytes that mean something in CSV, in numbers and in UTF-8, or may not be there. */
const ODD = [0, 9, 10, 13, 32, 34, 44, 0x2d, 0x7f, 0x80, 0xbf, 0xc3, 0xed, 0xef, 0xf4, 0xff];

/** What came of many damaged files. */
export interface Damaged {
  /** How many passed, failed, or could not be read to their end. */
  readonly results: ReadonlyMap<string, number>;
  /** Which ended in an error, in no outcome as there are, or in another one in pieces. */
  readonly wrong: readonly string[];
  readonly slowest: { readonly milliseconds: number; readonly which: string };
}

/** Checks so many damaged copies of a file of so many rows. The same seed damages in the same ways. */
export async function checkDamaged(
  files: number,
  seed: number,
  { rows, told }: { readonly rows: number; readonly told?: (done: number) => void },
): Promise<Damaged> {
  const original = Buffer.concat([Buffer.from(HEADER), rowsOf(rows)]);
  const results = new Map<string, number>();
  const wrong: string[] = [];
  let slowest = { milliseconds: 0, which: '' };
  for (let n = 0; n < files; n++) {
    const random = new Random(seed + 7_919 * n);
    const which = `seed ${seed}, ${n}`;
    const bytes = damaged(original, random);
    const before = process.cpuUsage();
    let result = 'thrown';
    try {
      const options = { gss: wardInUse };
      const whole = await outcomeOf(PLAN, sourceOf(bytes), options);
      const borders = Array.from({ length: 3 }, () => random.between(0, bytes.length));
      if (!isDeepStrictEqual(await outcomeOf(PLAN, sourceOf(bytes, borders), options), whole))
        wrong.push(`${which}: another outcome in pieces, which end at ${borders.join()}`);
      if (!contractOutcomeSchema.safeParse(whole).success) wrong.push(`${which}: no outcome as there are`);
      result = whole.complete ? whole.result : 'unread';
    } catch (error) {
      wrong.push(`${which}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, which };
    results.set(result, (results.get(result) ?? 0) + 1);
    if ((n + 1) % 1000 === 0) told?.(n + 1);
  }
  return { results, wrong, slowest };
}

/** A copy with one to four damages: a byte that is another, a part that is missing, one that is there twice, one that came in. */
function damaged(original: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(original);
  for (let damages = random.between(1, 4); damages > 0; damages--) {
    const at = random.between(0, bytes.length - 1);
    const to = Math.min(bytes.length, at + random.between(1, 40));
    const kind = random.between(0, 3);
    if (kind === 0) bytes[at] = random.one(ODD);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    else bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([random.one(ODD)]), bytes.subarray(at)]);
  }
  return bytes;
}
