/** That a saved plan is taken whole, or refused with every reason. */
import { parseSavedPlan, type SavedPlan, savedPlanText, WireError } from '../../lib/wire';

const sha = (letter: string) => letter.repeat(64);
const assembly = { asOf: '2026-12-01', registerDigest: sha('a'), files: 3, filesDigest: sha('b') };
const stack = {
  stack: 'Zone',
  artifact: 'Zone',
  account: '000000000101',
  region: 'eu-west-2',
  change: 'changed',
  template: 'Zone.template.json',
  templateDigest: sha('c'),
  takesAway: false,
  asks: [],
  resources: [{ id: 'Key', type: 'AWS::KMS::Key', action: 'modify' }],
} as const;
const plan: SavedPlan = {
  form: 'concordat-saved-plan/v1',
  before: assembly,
  after: { ...assembly, program: { version: '0.1.0', files: sha('d'), lockfile: sha('e') } },
  widenings: ['Leeds gains read'],
  approved: true,
  asked: [{ organisation: 'leeds', key: 'arn:aws:kms:x', file: 'leeds.json', change: 'new' }],
  stacks: [stack, { ...stack, stack: 'Old', change: 'gone', takesAway: true, resources: [] }],
};

function problemsOf(value: unknown): readonly string[] {
  try {
    parseSavedPlan(JSON.stringify(value), 'plan.json');
  } catch (error) {
    if (error instanceof WireError) return error.problems;
    throw error;
  }
  return [];
}

test('it is read as it was written', () =>
  expect(parseSavedPlan(savedPlanText(plan), 'plan.json')).toEqual(plan));

const mend = 'Make it again with npx concordat plan --out';
test.each<[string, unknown, string[]]>([
  ['no object', 7, [`plan.json is 7, it must be an object. ${mend}`]],
  [
    'another form, a digest that is none, and a field that nobody knows',
    { ...plan, form: 'x', before: { ...assembly, filesDigest: 'abc' }, more: 1 },
    [
      `form of plan.json is "x", it must be 'concordat-saved-plan/v1'. ${mend}`,
      `before.filesDigest of plan.json is "abc", it must be a SHA-256 digest: 64 hex digits. ${mend}`,
      `plan.json has the unknown field more. ${mend}`,
    ],
  ],
  [
    'what widens and nobody approved',
    { ...plan, approved: false },
    [`approved of plan.json is false, though access widens: such a plan is not to be carried out. ${mend}`],
  ],
  [
    'an approval of nothing',
    { ...plan, widenings: [] },
    [`approved of plan.json is true, and nothing widens. ${mend}`],
  ],
  [
    'a stack twice, and one after those that are gone',
    { ...plan, stacks: [...plan.stacks, stack] },
    [
      `stacks[2].stack of plan.json is 'Zone', which is there already. ${mend}`,
      `stacks[2] of plan.json comes after a stack that is gone: those come last. ${mend}`,
    ],
  ],
  [
    'a new stack that removes, and a resource twice',
    {
      ...plan,
      stacks: [
        {
          ...stack,
          change: 'new',
          resources: [
            { id: 'Key', type: 'AWS::KMS::Key', action: 'add' },
            { id: 'Key', type: 'AWS::KMS::Key', action: 'remove' },
          ],
        },
      ],
    },
    [
      `stacks[0].resources[1].id of plan.json is 'Key', which is there already. ${mend}`,
      `stacks[0].resources[1].action of plan.json is 'remove', in a stack that is new. ${mend}`,
    ],
  ],
  [
    'a stack that moved from nowhere, and an unfit assembly without a reason',
    {
      ...plan,
      unfit: { reasons: [], although: 'so' },
      stacks: [{ ...stack, change: 'moved', resources: [] }],
    },
    [
      `stacks[0].from of plan.json is to be there of what has moved, and of nothing else. ${mend}`,
      `unfit.reasons of plan.json is [], it must be at least 1. ${mend}`,
    ],
  ],
])('%s is refused, with every reason', (_what, value, expected) =>
  expect([...problemsOf(value)].sort()).toEqual([...expected].sort()),
);

test('each field is needed, and none may be of another type', () => {
  for (const field of Object.keys(plan).filter((each) => each !== 'unfit')) {
    const { [field]: _, ...rest } = plan as unknown as Record<string, unknown>;
    expect(problemsOf(rest).join()).toContain(`${field} of plan.json is nothing`);
    expect(problemsOf({ ...plan, [field]: 7.5 }).join()).toContain(`${field} of plan.json is 7.5`);
  }
});
