/** That the clock of functions follows that of the rehearsal, at once, and leaves dates that are given alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RehearsalClock } from '../../lib/rehearsal/clock';

const PRELOADED = resolve(__dirname, '../../lib/rehearsal/function-clock.cjs');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a function with the moved clock prints. */
function inFunction(code: string, file: string): unknown {
  const env = { ...process.env, NODE_OPTIONS: `--require ${PRELOADED}`, REHEARSAL_CLOCK: file };
  return JSON.parse(
    spawnSync(process.execPath, ['-e', `console.log(JSON.stringify(${code}))`], { env, encoding: 'utf8' })
      .stdout,
  );
}

it('is the same in a function, by each way of asking, and after each move', () => {
  const clock = new RehearsalClock(join(folder, 'clock'), Date.parse('2027-04-01T09:00:00Z'));
  for (const time of ['2027-04-01T09:00:00Z', '2030-04-01T00:00:00Z']) {
    clock.moveTo(Date.parse(time));
    const asked = inFunction('[Date.now(), +new Date(), new Date().getTime()]', clock.file) as number[];
    for (const each of [...asked, clock.now()]) {
      expect(each).toBeGreaterThanOrEqual(Date.parse(time));
      expect(each).toBeLessThan(Date.parse(time) + 60_000);
    }
  }
});

it('leaves dates that are given, and what a date is, as they are', () => {
  const clock = new RehearsalClock(join(folder, 'clock'), 0);
  const asked = inFunction(
    '[new Date("2020-01-01").toISOString(), new Date(0) instanceof Date, Date.parse("2020-01-01"), Date.UTC(2020, 0, 1)]',
    clock.file,
  );
  expect(asked).toEqual(['2020-01-01T00:00:00.000Z', true, 1_577_836_800_000, 1_577_836_800_000]);
});
