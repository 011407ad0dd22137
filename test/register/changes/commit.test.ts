/** That a change of several files is made wholly or not at all, wherever its writing fails or is cut off. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commitFiles,
  type Disk,
  disk,
  finishCommit,
  NothingWritten,
} from '../../../lib/register/changes/commit';
import { type RegisterFile, readRegisterFolder } from '../../../lib/register/folder';

const file = (path: string, text: string): RegisterFile => ({ path, bytes: Buffer.from(text) });
const OLD = [file('agreements/a.yaml', 'old a'), file('organisations/x.yaml', 'old x')];
const CHANGED = [
  file('agreements/a.yaml', 'new a'),
  file('agreements/b.yaml', 'new b'),
  file('organisations/x.yaml', 'new x'),
];
const NEW = CHANGED;

const folders: string[] = [];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'concordat-test-'));
  folders.push(made);
  for (const each of ['agreements', 'organisations']) mkdirSync(join(made, each));
  for (const { path, bytes } of OLD) disk.write(join(made, path), bytes);
  return made;
}

/** A disk on which the nth step fails: that one alone, or with all that follow, as where the process is ended. */
function failing(step: number, cutOff: boolean): Disk & { steps: () => number } {
  let steps = 0;
  const guarded =
    <Arguments extends unknown[]>(act: (...given: Arguments) => void) =>
    (...given: Arguments) => {
      steps++;
      if (cutOff ? steps >= step : steps === step) throw new Error('no space left');
      act(...given);
    };
  return {
    write: guarded(disk.write),
    rename: guarded(disk.rename),
    remove: guarded(disk.remove),
    read: disk.read,
    steps: () => steps,
  };
}

const texts = (at: string) =>
  readRegisterFolder(at).map(({ path, bytes }) => `${path}: ${Buffer.from(bytes).toString()}`);
const shown = (files: readonly RegisterFile[]) =>
  files.map(({ path, bytes }) => `${path}: ${Buffer.from(bytes).toString()}`);
const left = (at: string) =>
  readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((each) => /(?:^|\/)\./.test(each));

const STEPS = (() => {
  const counting = failing(Number.POSITIVE_INFINITY, false);
  commitFiles(folder(), CHANGED, counting);
  return counting.steps();
})();

test('a change takes several steps, and leaves nothing beside it', () => {
  const at = folder();
  commitFiles(at, CHANGED);
  expect(STEPS).toBeGreaterThan(2 * CHANGED.length);
  expect([texts(at), left(at)]).toEqual([shown(NEW), []]);
});

const steps = Array.from({ length: STEPS }, (_, index) => index + 1);
let [refused, made] = [0, 0];

test.each(steps)(
  'where step %i fails, the register is as before or as meant, and nothing between',
  (step) => {
    const at = folder();
    try {
      commitFiles(at, CHANGED, failing(step, false));
      made++;
      expect(texts(at)).toEqual(shown(NEW));
    } catch (error) {
      refused++;
      expect(error).toBeInstanceOf(NothingWritten);
      expect([texts(at), left(at)]).toEqual([shown(OLD), []]);
    }
  },
);

test.each(steps)(
  'where the writer is cut off at step %i, so it is, and the next change tidies up',
  (step) => {
    const at = folder();
    try {
      commitFiles(at, CHANGED, failing(step, true));
    } catch (error) {
      expect(error).toBeInstanceOf(NothingWritten);
    }
    const seen = texts(at);
    expect([shown(OLD), shown(NEW)]).toContainEqual(seen);
    finishCommit(at);
    expect(texts(at)).toEqual(seen);
    const last = [file('organisations/x.yaml', 'newer x')];
    commitFiles(at, last);
    expect(texts(at)).toEqual([...seen.slice(0, -1), ...shown(last)]);
  },
);

test('both happened', () => {
  expect(refused).toBeGreaterThan(2);
  expect(made).toBeGreaterThan(2);
});
