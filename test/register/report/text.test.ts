/** That the report for people points at the fault, fits a terminal and cannot disturb it. */
import fc from 'fast-check';
import { countInWords, textReport } from '../../../lib/register/report/text';
import { plural } from '../../../lib/words';
import { MISSING_FILE, oneFault, REPORT, UNKNOWN_KEY } from './diagnostics';

const ESCAPE = '\u001b';

test('a fault is shown with its place, its line, a caret below it, and how to mend it', () => {
  expect(textReport({ ...REPORT, diagnostics: [UNKNOWN_KEY] }, false)).toBe(`\
error[unknown-key]: \`recipeints\` is not a setting of an agreement
 --> register/agreements/a.yaml:3:1
  |
3 | recipeints:
  | ^^^^^^^^^^ did you mean \`recipients\`?
  = allowed: owner or recipients
  = fix: rename it to \`recipients\`
`);
});

test('a fault of a file that has no line to show is told without one', () => {
  expect(textReport({ ...REPORT, diagnostics: [MISSING_FILE] }, false)).toBe(`\
error[missing-file]: the register has no zone.yaml
 --> register/zone.yaml:1:1
  = fix: add zone.yaml
`);
});

test('faults are in the order given, with a blank line between them', () => {
  const parts = textReport(REPORT, false).split('\n\n');
  expect(parts.map((each) => each.split(':')[0])).toEqual(['error[unknown-key]', 'error[missing-file]']);
});

test('without colour there are no escapes; with colour there are, and the text is the same', () => {
  const [plain, coloured] = [textReport(REPORT, false), textReport(REPORT, true)];
  expect(plain).not.toContain(ESCAPE);
  expect(coloured).toContain(`${ESCAPE}[31merror[unknown-key]${ESCAPE}[39m`);
  expect(coloured.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(plain);
});

test('wherever a fault is on a line, and however long the line, the caret is below it and the frame is narrow', () => {
  const line = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', ':', 'é'),
    minLength: 1,
    maxLength: 600,
    size: 'max',
  });
  fc.assert(
    fc.property(line, fc.nat(599), fc.integer({ min: 1, max: 200 }), (before, at, length) => {
      const text = `${before.slice(0, at)}⌖${before.slice(at)}`;
      const column = Math.min(at, before.length) + 1;
      const report = textReport(oneFault(text, { column, endColumn: column + length }), false);
      const [, , , frame = '', caret = ''] = report.split('\n');
      expect(frame[caret.indexOf('^')]).toBe('⌖');
      expect(caret.length).toBeLessThanOrEqual(Math.max(frame.length, caret.indexOf('^') + 1));
      expect(frame.length).toBeLessThanOrEqual(130);
    }),
    { numRuns: 2000, seed: 6 },
  );
});

test('a long list of what is allowed is broken into lines that begin below one another', () => {
  const allowed = Array.from({ length: 60 }, (_, index) => `choice-${index}`).join(', ');
  const report = textReport(oneFault('a: b', { column: 4, endColumn: 5, allowed }), false);
  const lines = report.split('\n').slice(5, -2);
  expect(lines.length).toBeGreaterThan(5);
  for (const [index, line] of lines.entries()) {
    expect(line.length).toBeLessThanOrEqual(120);
    expect(line.startsWith(index === 0 ? '  = allowed: choice-0' : '             choice-')).toBe(true);
  }
  expect(lines.map((each) => each.slice(13)).join(' ')).toBe(allowed);
});

test.each([40, 60, 80])(
  'in a terminal of %i cells no line is longer, and none breaks within a word',
  (width) => {
    const report = oneFault(`${'long '.repeat(30)}fault here ${'and more '.repeat(10)}`, {
      column: 151,
      endColumn: 156,
      message: 'a message of many words '.repeat(5).trim(),
      allowed: Array.from({ length: 30 }, (_, index) => `choice-${index}`).join(', '),
      fix: 'write one of them, as it stands '.repeat(3).trim(),
    });
    const wide = textReport(report, false);
    const narrow = textReport(report, false, width);
    expect(narrow.split('\n').filter((line) => line.length > width)).toEqual([]);
    const words = (text: string) => text.split(/\s+/).filter((word) => /^[a-z]+(?:-\d+)?[,:]?$/.test(word));
    const after = (text: string) => words(text.slice(text.indexOf('allowed')));
    expect(after(narrow)).toEqual(after(wide));
  },
);

test('nothing in a file, its name or a message can send controls to the terminal', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('a', ESCAPE, '\u0007', '\r', '\u202e', '\u0085', '\u2028', '[2J'),
  });
  fc.assert(
    fc.property(nasty, nasty, (text, name) => {
      const fault = { message: text, found: text, allowed: text, suggestion: text, fix: text };
      const report = oneFault(text, { column: 1, endColumn: 2, ...fault });
      const place = { file: name, line: 1, column: 1, endLine: 1, endColumn: 2 };
      const named = { ...report, diagnostics: report.diagnostics.map((each) => ({ ...each, place })) };
      for (const each of [report, named])
        expect(textReport(each, false)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    { seed: 7 },
  );
});

test('errors and files are counted in words', () => {
  expect(countInWords(REPORT.diagnostics)).toBe('2 errors in 2 files');
  expect(countInWords([MISSING_FILE])).toBe('1 error in 1 file');
  expect(plural(1234, 'error')).toBe('1,234 errors');
});
