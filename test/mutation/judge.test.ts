/** That the judge of equivalence excuses no more than it may: a refusal of an older TLS, where the newest is taken. */
import { synthesised } from '../stacks/sample-assembly';
import { Judge } from './judge';
import { type Mutant, mutantsOf } from './policies';

const source = synthesised().assembly;
const FLOOR = 'DenyTlsBelowOnePointTwo';
const [first] = mutantsOf({
  ...source,
  stacks: source.stacks.filter(({ name }) => name === 'Organisation-fife'),
}).filter(({ policy, how }) => policy.sort === 'bucket' && how.startsWith(`${FLOOR}: `));

/** The bucket’s policy, with another floor. */
function withFloor(version: string): Mutant {
  if (first === undefined) throw new Error('no bucket has a floor');
  const document = structuredClone(first.policy.document) as {
    Statement: { Sid: string; Condition: unknown }[];
  };
  for (const each of document.Statement)
    if (each.Sid === FLOOR) each.Condition = { NumericLessThan: { 's3:TlsVersion': version } };
  return { ...first, document: document as unknown as Mutant['document'] };
}

/** With commands that find nothing, what makes a difference survives. */
const blind = new Judge(source, {
  atQuestion: () => undefined,
  inPart: () => undefined,
  inAll: () => undefined,
  besides: () => undefined,
});

test('a floor that the newest TLS reaches makes no difference', () => {
  const { fate, ...told } = blind.judge(withFloor('1.3'));
  expect(fate).toBe('equivalent');
  expect(JSON.stringify(told)).toContain('an older TLS');
});

test('a floor that no TLS reaches does', () => {
  expect(blind.judge(withFloor('1.4')).fate).toBe('survived');
});
