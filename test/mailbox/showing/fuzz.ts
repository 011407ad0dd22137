/**
 * Has a browser show 10,000 hostile messages, or as many as are asked for, as the mailbox’s page does, every other
 * hundred without its policy, so that cleaning alone must do, and says what became of them:
 * `npm run fuzz:mailbox -- 10000 [FIRST SEED]`. Ends with 1 where something ran, was asked for or led away, where what is shown is not
 * what was written, or where one took longer than three seconds, and did so again by itself.
 */
import { browse } from '../../browser';
import { hostileMessage } from './messages';
import { Shower } from './shower';

const AT_ONCE = 100;
/** On a machine that does other work as well. */
const MOST_MILLISECONDS = 3_000;

async function main(): Promise<void> {
  const [count, first] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 0)];
  const browser = await browse();
  const became = new Map<string, number>();
  const faults: string[] = [];
  const slow: number[] = [];
  let [worst, slowest] = [0, 0];
  try {
    const showers = [await Shower.open(browser), await Shower.open(browser, 'without')] as const;
    for (let done = 0; done < count; done += AT_ONCE) {
      const shower = showers[((done / AT_ONCE) % 2) as 0 | 1];
      const seeds = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, n) => first + done + n);
      const all = await shower.show(seeds.map(hostileMessage)).catch((error: Error) => {
        throw new Error(`${error.message}, at ${seeds[0]} or one of the ${seeds.length - 1} after it`);
      });
      for (const [index, each] of all.entries()) {
        const seed = seeds[index] ?? 0;
        became.set(each.became, (became.get(each.became) ?? 0) + 1);
        if (each.took > worst) [worst, slowest] = [each.took, seed];
        if (each.took > MOST_MILLISECONDS) slow.push(seed);
        for (const fault of each.faults) faults.push(`${seed}: ${fault}`);
      }
      faults.push(...shower.strangers.splice(0).map((each) => `${seeds[0]} to ${seeds.at(-1)}: ${each}`));
    }
    // Something else may have had the processor then.
    for (const seed of slow) {
      const [again] = await showers[0].show([hostileMessage(seed)]);
      const took = Math.round(again?.took ?? 0);
      if (took > MOST_MILLISECONDS) faults.push(`${seed}: took ${took} ms`);
      else console.log(`${seed} took ${took} ms by itself`);
    }
  } finally {
    await browser.close();
  }
  for (const [what, times] of became) console.log(`${times}\t${what}`);
  console.log(
    `${count} messages shown by a browser, the slowest in ${Math.round(worst)} ms (${slowest}), ${faults.length} faults`,
  );
  for (const fault of faults.slice(0, 20)) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

void main();
