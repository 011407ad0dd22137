/** The mutation command: that it changes everything, that what it draws can be drawn again, and that it can fail. */
import { openAssembly, worldOf } from '../../lib/assembly';
import { emptyFolder } from '../commands/captured-terminal';
import { MINIMAL } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { everyMutantOf } from './every-mutant';
import { listOf, type Statement } from './json-statement';
import { Judge, type Oracle } from './judge';
import { drawn, mutate } from './mutate';
import { compiled, policyIn } from './mutated-world';
import { type Mutant, mutantsOf, type PlacedPolicy, policiesOf, sourceWith } from './policies';

const whole = synthesised().assembly;
const every = mutantsOf(whole);
/** What the command is run on: it makes all mutants of an assembly each time. Its tables are those of the whole. */
const { folder, assembly: small } = synthesised({ files: MINIMAL });
/** An account that owns and collects, one that brought its key, and the operator’s. */
const SOME = ['Organisation-dwp', 'Organisation-hmcts', 'Zone'];
const some = { ...whole, stacks: whole.stacks.filter(({ name }) => SOME.includes(name)) };
const policies = policiesOf(some).filter(({ sort }) => sort !== 'list of grants');
const mutants = every.filter(({ policy }) => SOME.includes(policy.stack.name));
const nameOf = ({ place, path }: PlacedPolicy) => `${place} ${path.join('.')}`;
const mutantsByPolicy = new Map(policies.map((policy): [string, Mutant[]] => [nameOf(policy), []]));
for (const mutant of mutants) mutantsByPolicy.get(nameOf(mutant.policy))?.push(mutant);

const statementsOf = ({ document }: Pick<Mutant, 'document'>) => document.Statement as readonly Statement[];
const textOf = (value: unknown) => JSON.stringify(value) ?? '';
const textWithout = (statement: Statement, element: string) =>
  textOf(Object.entries(statement).filter(([name]) => name !== element));

/** What a list names; of a Principal, with the sort of each. */
const membersOf = (element: string, value: unknown): string[] =>
  element === 'Principal' && typeof value === 'object'
    ? Object.entries(value ?? {}).flatMap(([sort, names]) =>
        listOf(names).map((name) => textOf([sort, name])),
      )
    : listOf(value).map(textOf);

async function run(words: readonly string[], oracle: Oracle) {
  const written = { out: '', err: '' };
  const terminal = {
    out: (text: string) => {
      written.out += text;
    },
    err: (text: string) => {
      written.err += text;
    },
  };
  return { code: await mutate([...words, '--assembly', folder], terminal, oracle), ...written };
}

test('there are thousands of mutants, of every sort of policy and in every stack that has one', () => {
  expect(every.length).toBeGreaterThan(40_000);
  expect(new Set(every.map(({ policy }) => policy.sort)).size).toBe(9);
  // What stands above accounts is changed as part of the whole assembly.
  const withPolicies = whole.stacks.filter(
    ({ name, resources }) => !name.startsWith('Guardrails') && /"Statement":/.test(textOf(resources)),
  );
  expect([...new Set(every.map(({ policy }) => policy.stack.name))]).toEqual(
    withPolicies.map(({ name }) => name),
  );
});

test('every change of a table’s policy that lets somebody write, or stops its functions, is found', () => {
  const ofTables = mutantsOf(small, ({ sort }) => sort === 'table');
  expect(ofTables.length).toBe(every.filter(({ policy }) => policy.sort === 'table').length);
  const judge = new Judge(small);
  const fates = ofTables.map((mutant) => ({ how: mutant.how, outcome: judge.judge(mutant) }));
  expect(fates.filter(({ outcome }) => outcome.fate === 'survived')).toEqual([]);
  expect(fates.filter(({ outcome }) => outcome.fate === 'killed').length).toBeGreaterThan(80);
});

test('every statement of every policy is dropped once', () => {
  for (const policy of policies) {
    const dropped = (mutantsByPolicy.get(nameOf(policy)) ?? [])
      .filter(({ how }) => how.endsWith(': dropped'))
      .map((mutant) => textOf(statementsOf(mutant)));
    for (const at of statementsOf(policy).keys())
      expect(dropped.includes(textOf(statementsOf(policy).toSpliced(at, 1)))).toBe(true);
  }
});

test.each(['Action', 'Resource', 'Principal'])(
  'each %s of every statement is widened and taken away, with all else as it was',
  (element) => {
    let found = 0;
    for (const policy of policies)
      statementsOf(policy).forEach((statement, at) => {
        const now = statement[element];
        if (now === undefined) return;
        found++;
        const rest = textWithout(statement, element);
        const changed = (mutantsByPolicy.get(nameOf(policy)) ?? [])
          .filter((mutant) => statementsOf(mutant).length === statementsOf(policy).length)
          .map((mutant) => statementsOf(mutant)[at] ?? {})
          .filter((each) => each !== statement && textWithout(each, element) === rest)
          .map((each) => each[element]);
        const isWider = (each: unknown) => {
          const [less, more] = [membersOf(element, now), membersOf(element, each)];
          return each === '*' || (more.length > less.length && less.every((one) => more.includes(one)));
        };
        expect(textOf(now) === '"*"' || textOf(now) === '["*"]' || changed.some(isWider)).toBe(true);
        for (const item of listOf(now).map(textOf))
          expect(changed.some((each) => !listOf(each).map(textOf).includes(item))).toBe(true);
      });
    expect(found).toBeGreaterThan(50);
  },
);

test('every key of every condition is dropped, and its operator and its values altered', () => {
  let found = 0;
  for (const policy of policies) {
    const hows = new Set(mutantsByPolicy.get(nameOf(policy))?.map(({ how }) => how));
    for (const { Sid, Condition } of statementsOf(policy))
      for (const [operator, keys] of Object.entries((Condition ?? {}) as Record<string, object>))
        for (const key of Object.keys(keys)) {
          const by = operator === 'Null' ? 'by Bool' : 'by StringMatchesMoonPhase';
          for (const how of ['dropped', 'of another key', 'one more value', by])
            expect(hows.has(`${String(Sid)}: ${operator} ${key}: ${how}`)).toBe(true);
          found++;
        }
  }
  expect(found).toBeGreaterThan(100);
});

test('no change leaves a policy as it is', () => {
  const originals = new Map(policies.map((policy) => [nameOf(policy), textOf(policy.document)]));
  const idle = mutants.filter(({ policy, document }) => textOf(document) === originals.get(nameOf(policy)));
  expect(idle.map(({ how }) => how)).toEqual([]);
});

test('a policy that is swapped in memory is what is read from the changed assembly', () => {
  const readable = mutants.filter(({ policy }) => !/queue|topic|list/.test(policy.sort));
  for (const number of drawn([...readable.keys()], 4, '5eed')) {
    const mutant = readable[number] as Mutant;
    const swapped = compiled(mutant.policy, mutant.document)?.policy;
    const read = policyIn(worldOf(sourceWith(whole, mutant)), mutant.policy);
    expect(textOf(read?.statements).length).toBeGreaterThan(100);
    expect(textOf(read?.statements)).toBe(textOf(swapped?.statements));
  }
});

test('parts together are all mutants', async () => {
  const numbers = await Promise.all(
    ['1/3', '2/3', '3/3'].map(async (part) => {
      const { err } = await run(['--part', part, '--draw', '1', '--seed', '7'], BLIND);
      return Number(/of (\d+) mutants/.exec(err)?.[1]);
    }),
  );
  expect(new Set(numbers)).toEqual(new Set([everyMutantOf(openAssembly(folder)).length]));
});

test('equal seeds draw equal mutants, and others draw others', () => {
  const all = [...mutants.keys()];
  expect(drawn(all, 300, '1e10dead')).toEqual(drawn(all, 300, '1e10dead'));
  expect(drawn(all, 300, '1e10dead')).not.toEqual(drawn(all, 300, '1e10deae'));
  expect(new Set(drawn(all, 300, '1e10dead')).size).toBe(300);
});

/** A proof that finds nothing, whatever is changed. */
const BLIND: Oracle = {
  atQuestion: () => undefined,
  inPart: () => undefined,
  inAll: () => undefined,
  besides: () => undefined,
};

test('with a proof that finds nothing, mutants survive, each with a request that shows it, and the command exits 1', async () => {
  const { code, out, err } = await run(['--draw', '8', '--seed', '7'], BLIND);
  expect(code).toBe(1);
  expect(out).toMatch(/before: allowed|after: allowed/);
  // What cannot be read at all is refused without a proof.
  expect(out).toMatch(/Killed, by what was found\n(?: {2}\d+ refused\n| {2}none\n)?\n/);
  expect(out).not.toMatch(/Kill rate: 100/);
  expect(err).toMatch(/seed 7/);
});

test('with a proof that finds in part what it does not find in full, the command says so and exits 1', async () => {
  const { code, out } = await run(['--draw', '8', '--seed', '7', '--full-agrees', '8'], {
    ...BLIND,
    atQuestion: () => 'extra',
  });
  expect(code).toBe(1);
  expect(out).toMatch(/killed, and the commands, asked in full, do not find it/);
});

test('counts and survivors are there as data', async () => {
  const { out } = await run(['--draw', '4', '--seed', '7', '--json'], BLIND);
  const data = JSON.parse(out) as Readonly<Record<string, number>> & { survivors: readonly unknown[] };
  expect(data.seed).toBe('7');
  expect(data.mutants).toBe(4);
  const fates = ['killed', 'equivalent', 'survived', 'not asked'].map((fate) => data[fate] ?? 0);
  expect(fates.reduce((sum, each) => sum + each)).toBe(4);
  expect(data.survivors.length).toBe(data.survived);
});

test.each([
  [['--seed', 'nine'], 2, /--seed takes up to 8 hexadecimal digits/],
  [['--draw', '0'], 2, /--draw takes a whole number from 1/],
  [['--drew', '9'], 2, /--drew/],
  [['--part', '3/2'], 2, /--part takes two whole numbers/],
  [['--assembly', emptyFolder()], 3, /there is no manifest\.json/],
])('%j is refused', async (words, expected, message) => {
  let said = '';
  const code = await mutate(words, {
    out: () => undefined,
    err: (text) => {
      said += text;
    },
  });
  expect(code).toBe(expected);
  expect(said).toMatch(message);
});
