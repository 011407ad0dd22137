/** That of roles, and of the policies of queues and topics, one of each shape stands for all: what is found is the same as of each. */
import fc from 'fast-check';
import { type Assembly, type RegisterFacts, type World, worldOf } from '../../lib/assembly';
import { compile, decide, requestOf } from '../../lib/iam';
import { lettingInFindings } from '../../lib/proof/rights/letting-in';
import { rightFindings, rolesAsked } from '../../lib/proof/rights/rights';
import { shapeOfRole } from '../../lib/proof/rights/role-shape';
import { Speller } from '../../lib/proof/spelling';
import { all, changed, type Json, type Statement, sample } from './world';

const spellerOf = ({ register }: World) => new Speller(register);

/** With a role of one organisation given a statement more. */
function given(statement: Partial<Statement>, id = 'cardiff', from = sample()): Assembly {
  const change = (resources: Record<string, Json>) => {
    const roles = all(resources, 'AWS::IAM::Role');
    const one = roles.find(({ Properties }) => Properties.RoleName === 'concordat-stop');
    const more = { Sid: 'More', Effect: 'Allow', Action: ['s3:GetObject'], ...statement };
    one?.Properties.Policies[0]?.PolicyDocument.Statement.push(more);
  };
  return changed(`Organisation-${id}`, change, from);
}

const bucketOf = (id: string) => {
  const account = sample().stacks.find(({ name }) => name === `Organisation-${id}`)?.account ?? '';
  return worldOf(sample()).buckets.find((each) => each.account === account)?.arn ?? '';
};

const WORLDS: readonly (readonly [string, () => World])[] = [
  ['the sample', () => worldOf(sample())],
  ['a role that may do more', () => worldOf(given({ Action: ['ec2:RunInstances'], Resource: '*' }))],
  [
    'a role that may read a bucket, which is asked about by itself',
    () => worldOf(given({ Resource: `${bucketOf('fife')}/*` })),
  ],
  [
    'a role that may read a bucket that nobody makes',
    () => worldOf(given({ Resource: 'arn:aws:s3:::elsewhere/*' })),
  ],
  [
    'two roles that may read a bucket each, of which nobody makes the second',
    () => {
      const reading = given({ Resource: `${bucketOf('hmcts')}/*` });
      const world = worldOf(given({ Resource: `${bucketOf('camden')}/*` }, 'fife', reading));
      return { ...world, buckets: world.buckets.filter(({ arn }) => arn !== bucketOf('camden')) };
    },
  ],
  [
    'a role without a policy',
    () => {
      const world = worldOf(sample());
      const [first] = world.roles.filter(({ arn }) => arn.endsWith('concordat-release-gate'));
      return {
        ...world,
        roles: world.roles.map((each) => (each === first ? { ...each, identity: [] } : each)),
      };
    },
  ],
  [
    'a role without a boundary, and one with that of another account',
    () => {
      const world = worldOf(sample());
      const gates = world.roles.filter(({ arn }) => arn.endsWith('concordat-release-gate'));
      const roles = world.roles.map((each) => {
        if (each === gates[0]) {
          const { boundary: _, ...rest } = each;
          return rest;
        }
        const other = gates[2]?.boundary;
        return each === gates[1] && other !== undefined ? { ...each, boundary: other } : each;
      });
      return { ...world, roles };
    },
  ],
  [
    'some that may not act',
    () => {
      const world = worldOf(sample());
      const organisations = world.register.organisations.map((each, n) =>
        n % 3 === 0 ? { ...each, leaves: '2026-01-01' } : each,
      );
      return { ...world, register: { ...world.register, organisations } };
    },
  ],
  [
    'policies of queues that let others in, or nobody',
    () => {
      const world = worldOf(sample());
      const queues = world.things.filter(({ type }) => type === 'AWS::SQS::QueuePolicy');
      const open = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }],
      };
      const things = world.things.map((each) => {
        const n = queues.indexOf(each);
        if (n < 0 || n % 5 > 1) return each;
        const PolicyDocument = n % 5 === 0 ? open : { ...open, Statement: [] };
        return { ...each, properties: { ...each.properties, PolicyDocument } };
      });
      return { ...world, things };
    },
  ],
];

test.each(WORLDS)('what is found of one of each shape is what is found of each: %s', (_, made) => {
  const world = made();
  const speller = spellerOf(world);
  expect(rightFindings(world, undefined, speller)).toEqual(rightFindings(world));
  expect(lettingInFindings(world, undefined, speller)).toEqual(lettingInFindings(world));
});

test.each(WORLDS)('roles of one shape have as many findings: %s', (_, made) => {
  const world = made();
  const speller = spellerOf(world);
  const found = new Map<string, number>();
  for (const each of rightFindings(world)) found.set(each.role, (found.get(each.role) ?? 0) + 1);
  const shapes = new Map<string, number>();
  let shared = 0;
  for (const each of rolesAsked(world)) {
    const shape = shapeOfRole(each, speller);
    expect(shape).toBeDefined();
    const many = found.get(each.role.arn) ?? 0;
    const before = shapes.get(shape ?? '');
    if (before !== undefined) shared++;
    expect([each.role.arn, before ?? many]).toEqual([each.role.arn, many]);
    shapes.set(shape ?? '', many);
  }
  expect(shared).toBeGreaterThan(20);
});

describe('a pattern of a form', () => {
  const [one, other] = ['200000000001', '200000000002'] as const;
  const register = {
    zone: { accounts: { management: '100000000001', zone: '100000000002' } },
    organisations: [one, other].map((account, n) => ({ id: `body-${n}`, account, mayCollect: [] })),
    agreements: [{ id: 'blue-badges' }, { id: 'benefits' }],
  } as unknown as RegisterFacts;
  const swapped = (text: string) =>
    text.replace(/(?<![0-9A-Za-z])(?:200000000001|200000000002)(?![0-9A-Za-z])/g, (each) =>
      each === one ? other : one,
    );
  const takes = (pattern: string, resource: string) =>
    decide(
      requestOf({
        caller: { type: 'role', arn: `arn:aws:iam::${resource.split(':')[4]}:role/any`, session: 's' },
        action: 'sns:Publish',
        resource,
        context: {},
      }),
      {
        identity: [
          compile(
            {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: pattern }],
            },
            { kind: 'identity', name: 'any' },
          ),
        ],
      },
    ).verdict;

  test('takes a topic if and only if it takes the one of the other account, once both are swapped', () => {
    const piece = fc.constantFrom(one, other, '2', '1', '-', '/', 'x', 'S3', '*', '?', '*');
    const some = (many: number) =>
      fc.array(piece, { minLength: 1, maxLength: many }).map((parts) => parts.join(''));
    const plain = fc.constantFrom(one, other, '', '2', one.slice(1), one.slice(0, 11), '-', 'x', '00');
    /** A pattern, and a name that it takes or nearly does. */
    const ends = fc
      .tuple(some(5), fc.array(plain, { minLength: 5, maxLength: 5 }), fc.boolean())
      .map(([end, fillings, isSwapped]) => {
        let n = 0;
        const filled = end.replace(/\*/g, () => fillings[n++ % 5] ?? '').replaceAll('?', '1');
        return { end, name: isSwapped ? swapped(filled) : filled };
      });
    const speller = new Speller(register);
    fc.assert(
      fc.property(ends, fc.constantFrom(one, '*'), ({ end, name }, of) => {
        const pattern = `arn:aws:sns:eu-west-2:${of}:${end}`;
        const topic = `arn:aws:sns:eu-west-2:${one}:${name}`;
        fc.pre(speller.text(pattern) !== undefined && name !== '');
        expect(takes(swapped(pattern), swapped(topic))).toBe(takes(pattern, topic));
      }),
      { numRuns: 3000 },
    );
  });
});
