/** A change set passes if it does what was planned, and nothing else: whatever is changed in one that passes is found. */
import fc from 'fast-check';
import {
  type Change,
  type ChangeSet,
  departuresOf,
  departureWords,
  type Expected,
} from '../../lib/change-sets';

const expected: Expected = {
  resources: new Map([
    ['Role', { type: 'AWS::IAM::Role', action: 'modify', replaces: false, maySeeNone: false }],
    ['Point', { type: 'AWS::S3::AccessPoint', action: 'modify', replaces: true, maySeeNone: false }],
    ['Alarm', { type: 'AWS::CloudWatch::Alarm', action: 'add', replaces: false, maySeeNone: false }],
    ['Rule', { type: 'AWS::Events::Rule', action: 'remove', replaces: false, maySeeNone: false }],
    ['Order', { type: 'AWS::SQS::Queue', action: 'modify', replaces: false, maySeeNone: true }],
  ]),
  templates: { after: 'the later', before: 'the earlier' },
};

const change = (id: string, type: string, action: string, other: Partial<Change> = {}): Change => ({
  id,
  type,
  action,
  replacement: 'False',
  scope: action === 'Modify' ? ['Properties'] : [],
  details: action === 'Modify' ? [{ evaluation: 'Static', recreates: 'Never' }] : [],
  ...other,
});

const ROLE = change('Role', 'AWS::IAM::Role', 'Modify');
const AS_PLANNED: ChangeSet = {
  template: 'the later',
  changes: [
    ROLE,
    change('Point', 'AWS::S3::AccessPoint', 'Modify', {
      replacement: 'True',
      details: [{ evaluation: 'Static', recreates: 'Always' }],
    }),
    change('Alarm', 'AWS::CloudWatch::Alarm', 'Add'),
    change('Rule', 'AWS::Events::Rule', 'Remove'),
  ],
};
const told = (changes: readonly Change[], template = 'the later') =>
  departuresOf({ changes, template }, expected, 'after').map(departureWords);
const withMore = (more: Change) => told([...AS_PLANNED.changes, more]);

it('passes what was planned, in any order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...AS_PLANNED.changes], { minLength: 4 }), (changes) =>
      expect(told(changes)).toEqual([]),
    ),
  );
});

it('finds each change that is missing, of another type or of another action', () => {
  for (const [index, each] of AS_PLANNED.changes.entries()) {
    const other = (changed: Change[]) => told(AS_PLANNED.changes.toSpliced(index, 1, ...changed));
    expect(other([])).toEqual([expect.stringContaining(`of ${each.id}: the change set has nothing of it`)]);
    expect(other([{ ...each, type: 'AWS::KMS::Key' }])).toEqual([
      `${each.id} is of type AWS::KMS::Key, and in the plan of ${each.type}`,
    ]);
    for (const action of ['Add', 'Modify', 'Remove', 'Import', 'Dynamic', 'SyncWithActual'])
      if (action !== each.action)
        expect(other([{ ...each, action }])).toEqual([
          `${action} of ${each.id}: the plan has ${each.action}`,
        ]);
  }
});

it('finds a template that is not the planned one', () => {
  expect(told(AS_PLANNED.changes, 'the earlier')).toEqual(['its template is not the one of the plan']);
});

describe('a resource that the plan has nothing of', () => {
  const follows = (cause: string, other: Partial<Change> = {}) =>
    change('Function', 'AWS::Lambda::Function', 'Modify', {
      details: [{ evaluation: 'Dynamic', recreates: 'Never', cause }],
      ...other,
    });

  it('passes where it refers to one that is planned and stays, or changes in words alone', () => {
    expect(withMore(follows('Role'))).toEqual([]);
    expect(withMore(change('Other', 'AWS::IAM::Role', 'Modify', { scope: ['Metadata'] }))).toEqual([]);
  });

  it('does not pass otherwise', () => {
    const refused = [expect.stringMatching(/^\w+ of Function .*: the plan has nothing of it$/)];
    expect(withMore(follows('Point'))).toEqual(refused);
    expect(withMore(follows('Nobody'))).toEqual(refused);
    expect(withMore(follows('Role', { replacement: 'True' }))).toEqual(refused);
    expect(withMore(follows('Role', { action: 'Remove' }))).toEqual(refused);
    expect(withMore(follows('Role', { details: [] }))).toEqual(refused);
    const mixed = [...follows('Role').details, { evaluation: 'Static', recreates: 'Never' } as const];
    expect(withMore(follows('Role', { details: mixed }))).toEqual(refused);
  });
});

describe('a resource that the plan changes in place', () => {
  const instead = (other: Partial<Change>) => told([{ ...ROLE, ...other }, ...AS_PLANNED.changes.slice(1)]);
  const refused = ['Role (AWS::IAM::Role) would be replaced, or might be: the plan changes it in place'];

  it('does not pass where it would be replaced, or might be by itself', () => {
    expect(instead({ replacement: 'True' })).toEqual(refused);
    expect(
      instead({
        replacement: 'Conditional',
        details: [{ evaluation: 'Static', recreates: 'Conditionally' }],
      }),
    ).toEqual(refused);
    expect(
      instead({
        replacement: 'Conditional',
        details: [{ evaluation: 'Dynamic', recreates: 'Always', cause: 'Point' }],
      }),
    ).toEqual(refused);
  });

  it('does not pass where it might be for a reason that is not told, or for one that is new or goes', () => {
    expect(instead({ replacement: 'Conditional', details: [] })).toEqual(refused);
    for (const cause of ['Alarm', 'Rule'])
      expect(
        instead({
          replacement: 'Conditional',
          details: [{ evaluation: 'Dynamic', recreates: 'Always', cause }],
        }),
      ).toEqual(refused);
  });

  it('passes where that hangs on one that stays', () => {
    const details = [{ evaluation: 'Dynamic', recreates: 'Always', cause: 'Role' } as const];
    expect(instead({ replacement: 'Conditional', details })).toEqual(refused);
    const queue = change('Order', 'AWS::SQS::Queue', 'Modify', { replacement: 'Conditional', details });
    expect(withMore(queue)).toEqual([]);
  });
});
