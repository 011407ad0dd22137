/** That the canonical register, and so its digest, says what the register says and nothing of how it is written. */
import fc from 'fast-check';
import { parseDocument, visit } from 'yaml';
import { canonicalRegister, digestOf } from '../../lib/register/canonical';
import type { RegisterFile } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import type { RegisterContent } from '../../lib/register/register';
import { AS_OF, MINIMAL, registerAfter, SAMPLE, set } from './samples';

function canonical(files: readonly RegisterFile[]): string {
  const loaded = loadRegister(files, AS_OF);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map((each) => each.message).join('\n'));
  return canonicalRegister(loaded.register);
}

/** The same file with every text in double quotes, its settings in reverse and a comment at each. */
function rewritten({ path, bytes }: RegisterFile): RegisterFile {
  const document = parseDocument(Buffer.from(bytes).toString('utf8'));
  visit(document, {
    Scalar: (key, node) => {
      if (key !== 'key' && typeof node.value === 'string') node.type = 'QUOTE_DOUBLE';
    },
    Map: (_key, map) => {
      map.items.reverse();
      map.commentBefore = ' The same in other words.';
    },
  });
  return { path, bytes: Buffer.from(String(document)) };
}

test('the order in which files are read makes no difference', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...SAMPLE], { minLength: SAMPLE.length }), (files) => {
      expect(canonical(files)).toBe(canonical(SAMPLE));
    }),
    { numRuns: 10, seed: 10 },
  );
});

test('quotes, comments, the order of settings and the ends of lines make no difference', () => {
  const files = SAMPLE.map(rewritten);
  expect(Buffer.from(files[0]?.bytes ?? []).toString()).toContain('# The same in other words.');
  expect(canonical(files)).toBe(canonical(SAMPLE));
  const windows = SAMPLE.map(({ path, bytes }) => ({
    path,
    bytes: Buffer.from(`\ufeff${Buffer.from(bytes).toString('utf8').replaceAll('\n', '\r\n')}`),
  }));
  expect(canonical(windows)).toBe(canonical(SAMPLE));
});

test('a setting with a default says the same when it is left out', () => {
  const without = registerAfter(set('zone.yaml', { region: undefined, auditRetention: undefined }));
  expect(canonicalRegister(without)).toBe(canonical(MINIMAL));
});

type Path = readonly (string | number)[];

/** The way to every single value in a register. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return inner.flatMap(([step, each]) => pathsIn(each, [...path, step]));
}

test('whichever single value of the register changes, the digest changes', () => {
  const { zone, organisations, agreements, contracts } = registerAfter();
  const content: RegisterContent = { zone, organisations, agreements, contracts };
  const digests = pathsIn(content).map((path) => {
    const copy = structuredClone(content) as unknown;
    const group = path
      .slice(0, -1)
      .reduce((here, step) => (here as Record<string, unknown>)[step] as unknown, copy);
    const values = group as Record<string, unknown>;
    const last = String(path.at(-1));
    values[last] = `${String(values[last])} changed`;
    return digestOf(canonicalRegister(copy as RegisterContent));
  });
  expect(digests.length).toBeGreaterThan(100);
  expect(new Set([...digests, digestOf(canonicalRegister(content))]).size).toBe(digests.length + 1);
});

test('a number is not the text that it is written with, nor is a setting left out the same as an empty list', () => {
  const contract = 'contracts/benefit-awards.yaml';
  const texts = [
    registerAfter(),
    registerAfter(set(contract, { 'schema.0.properties.0.examples': [1] })),
    registerAfter(set(contract, { 'schema.0.properties.0.examples': ['1'] })),
    registerAfter(set(contract, { tags: [] })),
  ].map(canonicalRegister);
  expect(new Set(texts).size).toBe(4);
});

test('it is canonical JSON: sorted, without space, and read back as it was', () => {
  const text = canonical(SAMPLE);
  expect(text).not.toMatch(/^\s|\n|": |, "/);
  expect(Object.keys(JSON.parse(text))).toEqual([
    'agreements',
    'approvals',
    'contracts',
    'organisations',
    'zone',
  ]);
});

test('the digest is the SHA-256 of the text, the same on every day and machine', () => {
  expect(digestOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(digestOf(canonical(MINIMAL))).toBe(
    'a06fcacf1f7bf3fdf858876190c5b38f253106e278e8b15251c32a72beaebd9e',
  );
});
