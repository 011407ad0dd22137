/** That no edit of a register file, however wild, makes the loader or a report crash, babble or hang. */
import fc from 'fast-check';
import { canonicalRegister } from '../../lib/register/canonical';
import { byPlace } from '../../lib/register/diagnostic';
import { assemble, type Loaded } from '../../lib/register/load';
import { readFile } from '../../lib/register/read-file';
import { githubReport } from '../../lib/register/report/github';
import { jsonReport } from '../../lib/register/report/json';
import { sarifReport } from '../../lib/register/report/sarif';
import { textReport } from '../../lib/register/report/text';
import { sharesOf } from '../../lib/register/share';
import { AS_OF, SAMPLE } from './samples';
import { editedFile } from './wild-edits';

/** Of these, `npm run explore` makes as many times as many as it is told. */
const RUNS = 2_000;

const RESULTS = SAMPLE.map(readFile);

/** Loads the sample with one file changed. */
function loadWith(index: number, bytes: Uint8Array): Loaded {
  const file = SAMPLE[index];
  if (file === undefined) throw new RangeError(`there is no file ${index}`);
  return assemble(RESULTS.with(index, readFile({ path: file.path, bytes })), [], AS_OF);
}

/** Fails unless a condition holds. Jest’s own matchers take longer than what they would judge here, 100,000 times. */
function must(holds: boolean, what: string, shown: () => unknown = () => ''): asserts holds {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(shown())}`);
}

/** Checks that what came of loading is complete and can be written in every form. */
function isSensible(loaded: Loaded): void {
  if (loaded.ok) {
    must(canonicalRegister(loaded.register).length > 1000, 'the register is as long as it was');
    must(sharesOf(loaded.register, AS_OF).length > 10, 'the register has shares');
    return;
  }
  const { diagnostics, lines } = loaded;
  must(diagnostics.length > 0, 'what is rejected has a diagnostic');
  for (const { place, message, fix } of diagnostics) {
    const here = lines.get(place.file)?.[place.line - 1];
    const isThere =
      place.line >= 1 &&
      place.column >= 1 &&
      (place.endLine > place.line || place.endColumn > place.column) &&
      (here === undefined ? place.line === 1 : place.column <= here.length + 1);
    const isSaid = message.trim() !== '' && fix.trim() !== '';
    must(isThere && isSaid, 'a diagnostic is sensible', () => ({ place, message, fix, here }));
  }
  const isInOrder = diagnostics.every(
    (each, index) => index === 0 || byPlace(diagnostics[index - 1] ?? each, each) <= 0,
  );
  must(isInOrder, 'diagnostics are in order', () => diagnostics);
  const report = { diagnostics, lines, folder: 'register' };
  const text = textReport(report, false);
  const shown = () => text;
  must(!/^ {4}at |undefined|\[object |NaN|\[native code/m.test(text), 'the text is for people', shown);
  must(!/(?!\n)[\p{Cc}\p{Cf}]/u.test(text), 'the text has no control characters', shown);
  must(textReport(report, true).length > text.length, 'the text can have colours', shown);
  const counts = [
    JSON.parse(jsonReport(report)).diagnostics.length,
    JSON.parse(sarifReport(report)).runs[0].results.length,
    githubReport(report).split('\n').length - 1,
  ];
  must(
    counts.every((count) => count === diagnostics.length),
    'every form has every diagnostic',
    () => counts,
  );
}

test('random edits of the sample are each taken, or rejected with diagnostics that make sense', () => {
  let rejected = 0;
  let slowest = 0;
  fc.assert(
    fc.property(editedFile(SAMPLE), ({ index, bytes }) => {
      const began = performance.now();
      const loaded = loadWith(index, bytes);
      isSensible(loaded);
      slowest = Math.max(slowest, performance.now() - began);
      if (!loaded.ok) rejected++;
    }),
    { numRuns: RUNS },
  );
  expect(rejected).toBeGreaterThan(RUNS / 2);
  expect(slowest).toBeLessThan(5000);
});
