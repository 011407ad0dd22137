/** That what an assembly says of its origin and of its register is taken whole, or refused with every reason. */

import fc from 'fast-check';
import { canonicalRegister, digestOf } from '../../lib/register/canonical';
import { directionsOf } from '../../lib/register/parties';
import { readOrigin, readRegisterFacts, WireError } from '../../lib/wire';
import { registerOf } from '../policy/sample-register';

const canonical = canonicalRegister(registerOf());
const register = () => JSON.parse(canonical) as Record<string, unknown>;
const origin = {
  form: 'concordat-assembly/v2',
  asOf: '2026-12-01',
  registerDigest: digestOf(canonical),
  lines: { 'benefit-rates': 2 },
  program: { version: '0.1.0', commit: '0123456789ab+', files: 'a'.repeat(64), lockfile: 'b'.repeat(64) },
};

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof WireError) return error.problems;
    throw error;
  }
  return [];
}

describe('the origin of an assembly', () => {
  it('is taken as it was written', () => expect(readOrigin(origin)).toEqual(origin));

  it('is taken in its former form, which named no program', () => {
    const { lines, program, ...former } = { ...origin, form: 'concordat-assembly/v1' };
    expect(readOrigin(former)).toEqual(former);
  });

  it.each<[string, unknown, string[]]>([
    ['a list', [], ['concordat.json is [], it must be an object. Synthesise the assembly again']],
    [
      'another form',
      { ...origin, form: 'concordat-assembly/v3' },
      [
        `form of concordat.json is "concordat-assembly/v3", it must be 'concordat-assembly/v2' or 'concordat-assembly/v1'. Synthesise the assembly again`,
      ],
    ],
    [
      'a day that does not exist and no digest',
      { ...origin, asOf: '2027-02-29', registerDigest: undefined },
      [
        'asOf of concordat.json is "2027-02-29", it must be a day that exists, such as 2027-04-01. Synthesise the assembly again',
        'registerDigest of concordat.json is nothing, it must be a SHA-256 digest: 64 hex digits. Synthesise the assembly again',
      ],
    ],
    [
      'a program without digests, and a line before the first',
      { ...origin, lines: { 'benefit-rates': 0 }, program: { version: '0.1.0' } },
      [
        'lines.benefit-rates of concordat.json is 0, it must be at least 1. Synthesise the assembly again',
        'program.files of concordat.json is nothing, it must be a SHA-256 digest: 64 hex digits. Synthesise the assembly again',
        'program.lockfile of concordat.json is nothing, it must be a SHA-256 digest: 64 hex digits. Synthesise the assembly again',
      ],
    ],
    [
      'more than there is to say',
      { ...origin, by: 'me' },
      ['concordat.json has the unknown field by. Synthesise the assembly again'],
    ],
  ])('is refused where it is %s', (_, value, problems) => {
    expect(problemsOf(() => readOrigin(value))).toEqual(problems);
  });
});

describe('the facts of a register', () => {
  it('are those of the register that was written', () => {
    const facts = readRegisterFacts(register());
    const written = registerOf();
    expect(facts.zone.accounts).toEqual(written.zone.accounts);
    expect(facts.zone.guardrails).toEqual(written.zone.guardrails);
    expect(facts.agreements.map(({ id, directions }) => [id, directions])).toEqual(
      written.agreements.map((each) => [each.id, directionsOf(each)]),
    );
    for (const [index, each] of written.organisations.entries())
      expect(each).toMatchObject(facts.organisations[index] ?? {});
    expect(facts.organisations).toHaveLength(written.organisations.length);
  });

  it('name the place, what was found, what is allowed and the fix where one of them is wrong', () => {
    const text = canonical
      .replace(/"account":"\d{12}"/, '"account":"12"')
      .replace(/"starts":"[^"]*"/, '"starts":1');
    expect(problemsOf(() => readRegisterFacts(JSON.parse(text)))).toEqual([
      expect.stringMatching(
        /^organisations\[0\]\.account of register\.json is "12", it must be an account id of 12 digits\. Synth/,
      ),
      expect.stringMatching(
        /^agreements\[0\]\.starts of register\.json is 1, it must be a day that exists, such as 2027-04-01\. /,
      ),
    ]);
  });

  it('are never taken from what is no register, whatever it is', () => {
    const parts = ['zone', 'organisations', 'agreements'];
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.jsonValue(), (part, value) => {
        const empty = part !== 'zone' && Array.isArray(value) && value.length === 0;
        expect(problemsOf(() => readRegisterFacts({ ...register(), [part]: value })).length > 0).toBe(!empty);
      }),
    );
  });
});
