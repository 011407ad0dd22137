/**
 * All drills of docs/recovery.md, with what each took and lost. They need no endpoint: none knows imports, StackSets, policies of
 * deletion or a day without a Region, so they are models and functions as they are, and `npm test` runs them too.
 */
import '../lambda/key-grants/drill.test';
import '../lambda/ledger-seal/drills.test';
import '../lambda/region-away.test';
import '../rollout/recovery/deleted-stack.test';
import './stuck-stack-set.test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drillLines } from '../drilled';

afterAll(() => {
  process.stdout.write(
    `\nDrills:\n${drillLines()
      .map((each) => `  ${each}\n`)
      .join('')}\n`,
  );
});

it('are all that the table of losses has a time of', () => {
  const text = readFileSync(join(__dirname, '../../docs/recovery.md'), 'utf8');
  const timed = text.split('\n').filter((line) => /^\| .*, (?:simulated|measured)/.test(line));
  expect(drillLines()).toHaveLength(timed.length);
});
