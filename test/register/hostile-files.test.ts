/** That a file that was made to be slow to read, large as it may be, is refused soon all the same. */
import { readFile } from '../../lib/register/read-file';

const LARGEST = 256 * 1024;
const LINES = 12_000;
const SECONDS = 5;

const lines = (line: (index: number) => string) =>
  Array.from({ length: LINES }, (_, index) => line(index)).join('\n');

const HOSTILE: Readonly<Record<string, string>> = {
  'different settings': lines((index) => `k${index}:`),
  'one setting again and again': lines(() => 'aaaa:'),
  'settings in one group': `{${lines((index) => `k${index}: ,`)}`,
  'opening brackets': '['.repeat(LARGEST),
  'opening brackets on lines of their own': lines(() => '  [ ['),
  'groups in groups': lines(() => '{a: {'),
  'lists in lists on one line': '- '.repeat(LARGEST),
  'lists in lists on many lines': lines((index) => `${' '.repeat(index % 9_000)}- - - - - - -`),
  'lists in lists, and then a line at the left': `${'- '.repeat(9_000)}\na: b\n`.repeat(10),
  'groups in groups, and then a line at the left': `${'a: '.repeat(6_000)}\nb: c\n`.repeat(10),
  'brackets in brackets, and then a line at the left': `a: ${'['.repeat(19_000)}\nb: c\n`.repeat(10),
  'brackets that are all closed': `${'['.repeat(9_000)}${']'.repeat(9_000)}`,
  'questions in questions': '? '.repeat(LARGEST),
  'ever deeper indentation': Array.from({ length: 720 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
  'quotes that are not closed': lines(() => 'a: "'),
  'brackets that are not closed': lines(() => 'a: ['),
  'second colons': lines(() => 'a: b: c'),
  aliases: lines(() => 'a: *b'),
  anchors: lines((index) => `- &a${index} b`),
  'characters that text may not begin with': lines(() => 'a: @'),
  'invisible characters': lines(() => '\u200b'),
  'one long text': `alertAddress: ${'a.'.repeat(9_000)}\nid: ${'a-'.repeat(9_000)}`,
  escapes: `id: "${'\\\\'.repeat(9_000)}`,
  'indentation up and down': lines((index) => `${' '.repeat(index % 7)}a: b`),
  'items of one list': `tags:\n${lines(() => '- a')}`,
};

test.each(Object.entries(HOSTILE))('%s', (_name, text) => {
  const bytes = Buffer.from(text).subarray(0, LARGEST);
  // Processor time: how busy the machine is with other work must not decide.
  const began = process.cpuUsage();
  const result = readFile({ path: 'zone.yaml', bytes });
  expect('source' in result && result.diagnostics.length).toBeGreaterThan(0);
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1e6).toBeLessThan(SECONDS);
});
