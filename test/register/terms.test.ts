/** That what is signed is all that was agreed: each setting is a term or said to be none, and each letter of a term counts. */
import { canonicalTerms, termsDigest } from '../../lib/register/agreement-terms';
import { alternatives, settingsOf, unwrap } from '../../lib/register/explain/schema-walk';
import { loadRegister } from '../../lib/register/load';
import { agreementSchema, type WrittenAgreement } from '../../lib/register/schema/agreement';
import type { Contract } from '../../lib/register/schema/contract';
import { NO_TERMS, TERMS } from '../../lib/register/schema/terms';
import { AS_OF, edited, replace, SAMPLE, write } from './samples';

const loaded = loadRegister(SAMPLE, AS_OF);
if (!loaded.ok) throw new Error('the sample register is faulty');
const { agreements, contracts } = loaded.register;
const read = (files = SAMPLE) => {
  const again = loadRegister(files, AS_OF);
  if (!again.ok) throw new Error(again.diagnostics.map(({ message }) => message).join('\n'));
  return again.register;
};
const digests = (register = loaded.register) =>
  register.agreements.map((each) => termsDigest(each, register.contracts));

/** Every setting of the schema that holds no further settings, but for those of lists. */
function* leaves(schema: Parameters<typeof settingsOf>[0], prefix = ''): Generator<string> {
  for (const option of alternatives(schema))
    for (const [name, setting] of Object.entries(settingsOf(option))) {
      const inner = unwrap(setting);
      const deeper = alternatives(inner).some((each) => Object.keys(settingsOf(each)).length > 0);
      if (deeper) yield* leaves(inner, `${prefix}${name}.`);
      else yield `${prefix}${name}`;
    }
}

test('every setting of an agreement is a term, or it is said why it is none', () => {
  const settings = [...new Set(leaves(agreementSchema))].filter(
    (each) => !((each.split('.')[0] as string) in NO_TERMS),
  );
  expect(TERMS.map(({ path }) => path).sort()).toEqual(settings.sort());
});

/** The value with one letter of one text in it changed, each in turn. */
function* oneLetterOff(value: unknown): Generator<unknown> {
  if (typeof value === 'string') {
    const at = Math.floor(value.length / 2);
    yield `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
  } else if (Array.isArray(value)) {
    for (const [index, each] of value.entries())
      for (const other of oneLetterOff(each)) yield value.with(index, other);
  } else if (value !== null && typeof value === 'object')
    for (const [name, each] of Object.entries(value))
      for (const other of oneLetterOff(each)) yield { ...value, [name]: other };
}

test('a letter that is changed in any term of the sample changes what is signed', () => {
  let mutants = 0;
  for (const agreement of agreements) {
    const { suspended: _, ...terms } = agreement;
    const signed = termsDigest(agreement, contracts);
    for (const mutant of oneLetterOff(terms)) {
      const other = mutant as WrittenAgreement;
      // A contract by another name is not there; what else it says is the next test’s.
      const known = other.contract === agreement.contract ? contracts : [{ id: other.contract } as Contract];
      expect(termsDigest(other as typeof agreement, known)).not.toBe(signed);
      mutants += 1;
    }
  }
  expect(mutants).toBeGreaterThan(500);
});

test('a letter that is changed in the data contract changes what is signed under the agreement that names it, and no other', () => {
  const changed = read(
    edited(SAMPLE, replace('contracts/housing-benefit-awards.yaml', 'version: 1.0.0', 'version: 1.0.1')),
  );
  const differ = digests(changed).map((digest, index) => digest !== digests()[index]);
  expect(agreements.filter((_, index) => differ[index]).map(({ id }) => id)).toEqual([
    'housing-benefit-awards',
  ]);
});

test('comments, line breaks and the order of settings change nothing', () => {
  const turned = SAMPLE.map(({ path, bytes }) => {
    if (!path.startsWith('agreements/')) return { path, bytes };
    const blocks = Buffer.from(bytes)
      .toString('utf8')
      .split(/\n(?=[a-zA-Z])/)
      .reverse();
    return {
      path,
      bytes: Buffer.from(`# Signed in the old town hall.\n\n${blocks.join('\n# And so on.\n')}\n`),
    };
  });
  expect(digests(read(turned))).toEqual(digests());
});

test('a suspension changes nothing of what was agreed', () => {
  const path = 'agreements/anti-social-behaviour-reviews.yaml';
  const file = SAMPLE.find((each) => each.path === path);
  const text = Buffer.from(file?.bytes ?? []).toString('utf8');
  const lifted = read(edited(SAMPLE, write(path, text.slice(0, text.indexOf('suspended:')))));
  expect(digests(lifted)).toEqual(digests());
});

test('what is signed says what it is, and has the contract by its digest', () => {
  const awards = agreements.find(({ id }) => id === 'housing-benefit-awards');
  const text = canonicalTerms(awards as NonNullable<typeof awards>, contracts);
  expect(JSON.parse(text)).toMatchObject({
    form: 'concordat-agreement-terms/v1',
    agreement: { id: 'housing-benefit-awards', owner: 'dwp' },
    contract: { id: 'housing-benefit-awards', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});
