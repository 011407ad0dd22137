/**
 * A few hundred mutants of the sample’s policies, drawn by a seed. Each is either found by the proof, or shown to make no
 * difference: requests drawn at random, without the proof’s partition, are decided alike before and after.
 */
import type { AssemblyStack } from '../../../lib/assembly/assembly';
import { AssemblyError } from '../../../lib/assembly/assembly';
import { prove } from '../../../lib/assembly/proof/prove';
import { holds } from '../../../lib/assembly/proof/report';
import type { World } from '../../../lib/assembly/world';
import { worldOf } from '../../../lib/assembly/world-reader';
import { Random } from '../../bench/random';
import { policyMutants, type Statement } from '../../mutation/statement-mutants';
import { drawnVerdicts } from './drawn-requests';
import { sample } from './world';

const SEED = Number(process.env.MUTANT_SEED ?? 20261122);
const COUNT = Number(process.env.MUTANTS ?? 24);
/** Shares with the organisation whose policies are changed, so that its collect role matters there too. */
const LEEDS = '100000000022';
const STACK = 'Organisation-dwp';
const ACTIONS = [
  's3:GetObject',
  's3:*',
  'kms:Decrypt',
  'kms:CreateGrant',
  'kms:*',
  'sts:AssumeRoleWithSAML',
  '*',
];

interface Mutant {
  readonly how: string;
  readonly stack: AssemblyStack;
}

/** Every mutant of every policy in the stack. */
function mutantsOf(stack: AssemblyStack): Mutant[] {
  const places: readonly (readonly [string, readonly (string | number)[]])[] = [
    ['AWS::S3::AccessPoint', ['Policy']],
    ['AWS::S3::BucketPolicy', ['PolicyDocument']],
    ['AWS::KMS::Key', ['KeyPolicy']],
    ['AWS::IAM::Role', ['AssumeRolePolicyDocument']],
    ['AWS::IAM::Role', ['Policies', 0, 'PolicyDocument']],
  ];
  return Object.entries(stack.resources).flatMap(([id, resource]) =>
    places.flatMap(([type, path]) => {
      // The key of alerts holds no shared data, and is not asked about.
      if (resource.Type !== type || id.startsWith('SecurityAlerts')) return [];
      const at = (properties: unknown) =>
        path.reduce<unknown>(
          (value, step) => (value as Record<string | number, unknown>)?.[step],
          properties,
        );
      const policy = at(resource.Properties) as { Statement: Statement[] } | undefined;
      if (policy === undefined) return [];
      return policyMutants(policy.Statement, ACTIONS).map(({ how, statements }): Mutant => {
        const changed = structuredClone(resource);
        (at(changed.Properties) as { Statement: readonly Statement[] }).Statement = statements;
        return { how: `${id} ${how}`, stack: { ...stack, resources: { ...stack.resources, [id]: changed } } };
      });
    }),
  );
}

test(`of ${COUNT} mutants drawn with the seed ${SEED}, each is found or makes no difference`, () => {
  const source = sample();
  const stack = source.stacks.find(({ name }) => name === STACK) as AssemblyStack;
  const random = new Random(SEED);
  const original = worldOf(source);
  const before = drawnVerdicts(original, stack.account, SEED);
  const mutants = random.some(mutantsOf(stack), COUNT);
  const found: string[] = [];
  const alike: string[] = [];
  const wrong: string[] = [];
  for (const { how, stack: changed } of mutants) {
    let world: World;
    try {
      world = worldOf({
        ...source,
        stacks: source.stacks.map((each) => (each.name === STACK ? changed : each)),
      });
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      found.push(how);
      continue;
    }
    if (
      !holds(prove(world, new Set(how.startsWith('CollectRole') ? [stack.account, LEEDS] : [stack.account])))
    )
      found.push(how);
    else if (drawnVerdicts(world, stack.account, SEED).some((each, n) => each !== before[n])) wrong.push(how);
    else alike.push(how);
  }
  if (process.env.MUTANTS)
    process.stdout.write(
      `${found.length} found, ${alike.length} alike, ${wrong.length} wrong:\n${[...wrong.map((x) => `WRONG ${x}`), ...alike].join('\n')}\n`,
    );
  expect(wrong).toEqual([]);
  expect(found.length + alike.length).toBe(mutants.length);
  expect(found.length).toBeGreaterThan(alike.length);
});
