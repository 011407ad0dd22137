/** That a policy whose statements are compiled on demand is the same as one that is compiled at once, and costs nothing before. */
import fc from 'fast-check';
import { compile, compileOnDemand } from '../../lib/iam';

const KNOWN = { kind: 'resource control', name: 'any' } as const;
const BUCKET = { kind: 'bucket', name: 'any' } as const;

test.each([
  undefined,
  'text',
  [],
  {},
  { Version: '2012-10-17' },
  { Version: '2000-01-01', Statement: [] },
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' } },
  {
    Version: '2012-10-17',
    Id: 'x',
    More: 1,
    Statement: [{ Effect: 'Allow', Action: 's3:*' }, 'no statement'],
  },
])('it says and doubts the same of %j', (document) => {
  for (const known of [KNOWN, BUCKET]) {
    const [later, once] = [compileOnDemand(document, known), compile(document, known)];
    const { statements, doubts, silence, name, kind } = once;
    expect(later.doubts).toEqual(doubts);
    expect([later.silence.deny, later.silence.allow]).toEqual([silence.deny, silence.allow]);
    expect(JSON.stringify(later.statements)).toBe(JSON.stringify(statements));
    expect([later.name, later.kind, later.document]).toEqual([name, kind, document]);
  }
});

test('no statement is read before somebody asks, and each is read once', () => {
  let read = 0;
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Resource: '*',
    get Action() {
      read++;
      return 's3:GetObject';
    },
  };
  const policy = compileOnDemand({ Version: '2012-10-17', Statement: [statement] }, BUCKET);
  expect([policy.doubts, read]).toEqual([[], 0]);
  const { statements } = policy;
  expect(read).toBeGreaterThan(0);
  const once = read;
  expect(policy.statements).toBe(statements);
  expect(read).toBe(once);
});

test('what is compiled at once does not change with its document', () => {
  fc.assert(
    fc.property(fc.constantFrom('Allow', 'Deny'), (Effect) => {
      const document = {
        Version: '2012-10-17',
        Statement: [{ Effect, Principal: '*', Action: 's3:*', Resource: '*' }],
      };
      const policy = compile(document, BUCKET);
      document.Statement = [];
      expect(policy.statements.map(({ effect }) => effect)).toEqual([Effect]);
    }),
  );
});
