/** From which use of memory on V8 is asked to collect: in a process of its own, whose heap holds little else. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Lets go of so many megabytes, and tells by how many the heap is smaller after it may have been collected. */
const SCRIPT = `
  require('./lib/start/typescript.cjs').loadTypeScript(process.cwd());
  const { collectIfMuch } = require('./lib/start/collecting.ts');
  const { getHeapStatistics } = require('node:v8');
  // As many arrays of 64 kB as are old by the time that they are let go of.
  const letGoOf = (megabytes) => void Array.from({ length: megabytes * 16 }, () => new Array(2 ** 13).fill(0));
  const inUse = () => getHeapStatistics().used_heap_size / 2 ** 20;
  const freed = [100, 100].map((megabytes) => {
    letGoOf(megabytes);
    const before = inUse();
    collectIfMuch();
    return before - inUse();
  });
  console.log(JSON.stringify(freed));
`;

it('collects 200 MB that were let go of, and leaves 100 MB to V8, as it takes longer than they are worth', () => {
  // V8 shall not collect by itself meanwhile.
  const words = ['--initial-heap-size=1000', '-e', SCRIPT];
  const told = execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  const [ofLittle = -1, ofMuch = -1] = JSON.parse(told) as number[];
  expect(Math.abs(ofLittle)).toBeLessThan(1);
  expect(ofMuch).toBeGreaterThan(190);
});
