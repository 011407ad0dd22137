/**
 * Harms 10,000 messages, or as many as are asked for, and says what became of them: `npm run fuzz:messages -- 10000`. Ends with 1
 * where one took more than a second, where pieces changed what was seen, or where two parsers of others found other files or
 * senders in a message that was taken.
 */
import { MessageFault } from '../../lib/messages';
import { filesByAll, looked, lookedInPieces, shownAs } from './hostile';
import { drawnMessage } from './shapes';

const MOST_MILLISECONDS = 1_000;

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const became = new Map<string, number>();
  const add = (what: string) => became.set(what, (became.get(what) ?? 0) + 1);
  const faults: string[] = [];
  let worst = 0;
  for (let seed = 0; seed < count; seed++) {
    const bytes = drawnMessage(seed);
    const before = process.cpuUsage().user;
    const found = looked(bytes);
    worst = Math.max(worst, (process.cpuUsage().user - before) / 1_000);
    const same = JSON.stringify(lookedInPieces(bytes, 1 + (seed % 97))) === JSON.stringify(found);
    if (!same) faults.push(`${seed}: in pieces it is another`);
    if (found instanceof MessageFault) {
      add(found.why);
      continue;
    }
    add('taken');
    const all = await filesByAll(bytes, found);
    if (!all.alike || all.senders.length !== 1)
      faults.push(`${seed}: others read it otherwise: ${JSON.stringify(all)}`);
    const shown = await shownAs(bytes);
    if (shown !== 'shown') faults.push(`${seed}: it was taken, and is not shown: ${shown}`);
  }
  if (worst > MOST_MILLISECONDS) faults.push(`one took ${worst} ms`);
  for (const [what, times] of [...became].sort((a, b) => b[1] - a[1])) console.log(`${times}\t${what}`);
  console.log(
    `${count} messages, the slowest in ${worst.toFixed(1)} ms of processor time, ${faults.length} faults`,
  );
  for (const fault of faults.slice(0, 20)) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

void main();
