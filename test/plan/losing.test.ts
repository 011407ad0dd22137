/** Losing is never widening: what only takes away is told as nobody’s gain, and is deployed last. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type Assembly, stackSetTemplate } from '../../lib/assembly';
import { isNarrower, isNarrowerDocument } from '../../lib/plan/narrower';
import { type Plan, planOf } from '../../lib/plan/plan';
import { type Side, sideOf } from '../../lib/plan/side';
import { sectionsOf, wideningsIn } from '../../lib/plan/words/sections';
import { dateOf } from '../../lib/register/calendar';
import { markedText } from '../../lib/words';
import { copy, type Edit, edited, MINIMAL, remove, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { changed, before as first, type Loose, unproven } from './pair';

type Resources = Record<string, Loose>;
type Statement = Record<string, unknown> & { Effect: string };

const DWP_ACCOUNT = '012345678901';
const gained = (plan: Plan) => wideningsIn(sectionsOf(plan)).map(({ sentence }) => markedText(sentence));
const AWARDS = 'agreements/benefit-awards.yaml';
const SECOND = 'agreements/second.yaml';
const AGREED: readonly Edit[] = [copy(AWARDS, 'second', { recipients: ['leeds', 'routing'] })];
const made = (...edits: readonly Edit[]): Side =>
  sideOf(
    synthesised({ files: edited(MINIMAL, ...AGREED, ...edits), asOf: dateOf('2026-12-01') }).assembly,
    new Set(),
  );

const AGREED_SIDE = made();

/** What a register takes away, and the stacks by which it is deployed: those of owners, then the operator’s. */
const TAKEN_BY_REGISTER: Readonly<Record<string, readonly Edit[]>> = {
  'a stop': [set(AWARDS, { suspended: { from: '2026-11-01', reason: 'An incident.' } })],
  'a stop with an end': [
    set(AWARDS, { suspended: { from: '2026-11-01', until: '2026-12-24', reason: 'An incident.' } }),
  ],
  'an earlier end': [set(SECOND, { ends: '2029-03-31' })],
  'a withdrawn agreement': [remove(SECOND)],
  'a recipient less': [set(SECOND, { recipients: ['leeds'] })],
  'an organisation that is paused': [
    set('organisations/leeds.yaml', { paused: { from: '2026-11-01', reason: 'A merger.' } }),
  ],
};

describe.each(Object.entries(TAKEN_BY_REGISTER))('%s', (_what, edits) => {
  const after = made(...edits);
  const plan = planOf(AGREED_SIDE, after);

  test('has nobody gain anything', () => {
    expect(gained(plan)).toEqual([]);
    expect(plan.shares.length + plan.holders.length).toBeGreaterThan(0);
  });

  test('is deployed after all that gives', () => {
    expect(plan.stacks.map(({ stack, takesAway }) => [stack, takesAway])).toEqual(
      plan.stacks.map(({ stack }) => [stack, true]),
    );
    expect(plan.stacks.at(-1)?.stack).toBe('Zone');
  });

  test('gives again once it is taken back, and then comes in the usual order', () => {
    const back = planOf(after, AGREED_SIDE);
    expect(gained(back).length).toBeGreaterThan(0);
    expect(back.stacks.find(({ stack }) => stack === 'Organisation-dwp')?.takesAway).toBe(false);
    expect(back.stacks[0]?.stack).toBe('Zone');
  });
});

test('what is stopped is deployed after what begins', () => {
  const plan = planOf(
    AGREED_SIDE,
    made(
      ...(TAKEN_BY_REGISTER['a stop'] ?? []),
      set('organisations/leeds.yaml', { 'contacts.security': 'new@leeds.example' }),
      set('organisations/routing.yaml', { mayCollect: ['arn:aws:iam::900000000061:role/planning/another'] }),
    ),
  );
  const names = plan.stacks.map(({ stack }) => stack);
  expect(names.indexOf('Organisation-routing')).toBeLessThan(names.indexOf('Organisation-dwp'));
});

/** Every policy below a value, by its statements. */
function* documents(value: unknown): Generator<{ Statement: Statement[] }> {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray((value as { Statement?: unknown }).Statement)) yield value as { Statement: Statement[] };
  for (const each of Object.values(value)) yield* documents(each);
}
const ofTypes =
  (...types: readonly string[]) =>
  (resources: Resources) =>
    Object.entries(resources).filter(([, { Type }]) => types.includes(Type));
const GIVING = ofTypes(
  ...['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::KMS::Key', 'AWS::IAM::Role', 'AWS::IAM::Policy'],
);

/** What takes away, from any of some resources; false where there is nothing to take. */
type Taking = (resources: Resources, n: number) => boolean;
const pick = <T>(all: readonly T[], n: number) => (all.length === 0 ? undefined : all[n % all.length]);
const inStatements =
  (effect: string, change: (statement: Statement) => boolean): Taking =>
  (resources, n) => {
    const all = GIVING(resources)
      .flatMap(([, each]) => [...documents(each.Properties)])
      .flatMap(({ Statement }) => Statement.filter(({ Effect }) => Effect === effect));
    const statement = pick(all, n);
    return statement !== undefined && change(statement);
  };
const lessOf = (element: string) => (statement: Statement) => {
  const value = statement[element];
  if (!Array.isArray(value) || value.length < 2) return false;
  value.pop();
  return true;
};
const TAKINGS: Readonly<Record<string, Taking>> = {
  'a statement that allows': (resources, n) => {
    const all = GIVING(resources).flatMap(([, each]) => [...documents(each.Properties)]);
    const document = pick(
      all.filter(({ Statement }) => Statement.some(({ Effect }) => Effect === 'Allow')),
      n,
    );
    const at = document?.Statement.findIndex(({ Effect }) => Effect === 'Allow') ?? -1;
    document?.Statement.splice(at, 1);
    return document !== undefined;
  },
  'an action': inStatements('Allow', lessOf('Action')),
  'a resource': inStatements('Allow', lessOf('Resource')),
  'some of those who may, by one more condition': inStatements('Allow', (statement) => {
    statement.Condition = {
      ...(statement.Condition as object | undefined),
      StringEquals: {
        ...((statement.Condition as { StringEquals?: object } | undefined)?.StringEquals ?? {}),
        'aws:SourceVpce': 'vpce-0123456789abcdef0',
      },
    };
    return true;
  }),
  'what one more Deny refuses': (resources, n) => {
    const document = pick(
      GIVING(resources).flatMap(([, each]) =>
        [...documents(each.Properties)].filter(({ Statement }) => Statement.length > 0),
      ),
      n,
    );
    const [first] = document?.Statement ?? [];
    if (document === undefined || first === undefined) return false;
    document.Statement.push({ ...first, Sid: 'OneMore', Effect: 'Deny' });
    return true;
  },
  'an access point': (resources, n) => {
    const [id] = pick(ofTypes('AWS::S3::AccessPoint')(resources), n) ?? [];
    if (id === undefined) return false;
    delete resources[id];
    return true;
  },
};
const STACK = 'Organisation-dwp';

test('a template that only loses has nobody gain, and is told to take away', () => {
  const { source } = first();
  const draws: string[] = [];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(TAKINGS)), fc.nat()), { minLength: 1, maxLength: 3 }),
      (takings) => {
        let taken = 0;
        const less = changed(source, STACK, (resources) => {
          for (const [what, n] of takings) if (TAKINGS[what]?.(resources, n)) taken += 1;
        });
        fc.pre(taken > 0);
        draws.push(...takings.map(([what]) => what));
        const plan = planOf(first(), sideOf(less, new Set([DWP_ACCOUNT])));
        expect(gained(plan)).toEqual([]);
        expect(plan.stacks.map(({ takesAway }) => takesAway)).toEqual([true]);
      },
    ),
    { numRuns: 5 },
  );
  expect(new Set(draws).size).toBeGreaterThan(1);
});

/** What gives, though something is gone by it. */
const GIVES: Readonly<Record<string, (resources: Resources) => void>> = {
  'a bucket policy gone': (resources) => {
    const [[id = ''] = []] = ofTypes('AWS::S3::BucketPolicy')(resources);
    delete resources[id];
  },
  'a boundary gone': (resources) => {
    for (const [, { Properties }] of ofTypes('AWS::IAM::Role')(resources))
      delete Properties.PermissionsBoundary;
  },
  'a block of public access gone': (resources) => {
    for (const [, { Properties }] of ofTypes('AWS::S3::Bucket')(resources))
      delete Properties.PublicAccessBlockConfiguration;
  },
  'a Deny gone': (resources) => {
    for (const [, { Properties }] of ofTypes('AWS::S3::BucketPolicy')(resources))
      for (const document of documents(Properties))
        document.Statement = document.Statement.filter(({ Effect }) => Effect === 'Allow');
  },
  'a condition gone': (resources) => {
    for (const [, { Properties }] of ofTypes('AWS::S3::AccessPoint')(resources))
      for (const document of documents(Properties))
        for (const each of document.Statement) delete each.Condition;
  },
  'code of another function': (resources) => {
    const [one, other] = ofTypes('AWS::Lambda::Function')(resources).map(([, each]) => each.Properties);
    if (one === undefined || other === undefined) throw new Error('there are no two functions');
    one.Code = other.Code;
  },
};

test.each(Object.entries(GIVES))('%s does not count as taking away', (_what, change) => {
  const from = unproven();
  const source: Assembly = changed(from.source, STACK, change);
  expect(planOf(from, { ...from, source }).stacks.map(({ takesAway }) => takesAway)).toEqual([false]);
});

const ROLE = 'arn:aws:iam::012345678901:role/x';
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: ['s3:Get*'], Resource: '*', ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const when = (operator: string, values: unknown) => ({
  Condition: { [operator]: { 'aws:PrincipalArn': values } },
});

/** Pairs of which the second is narrower than the first, and not the other way round. */
const NARROWER: readonly (readonly [what: string, was: object[], is: object[]])[] = [
  ['an action of those that a star takes', [allow()], [allow({ Action: 's3:getobject' })]],
  ['a resource of those that a star takes', [allow()], [allow({ Resource: 'arn:aws:s3:::x/*' })]],
  [
    'more that is not meant',
    [allow({ Action: undefined, NotAction: 's3:*' })],
    [allow({ Action: undefined, NotAction: ['s3:*', 'kms:*'] })],
  ],
  ['fewer principals', [allow({ Principal: { AWS: [ROLE, 'x'] } })], [allow({ Principal: { AWS: ROLE } })]],
  ['a condition more', [allow()], [allow(when('StringEquals', 'a'))]],
  ['fewer values', [allow(when('StringEquals', ['a', 'b']))], [allow(when('StringEquals', 'a'))]],
  [
    'values that a pattern takes',
    [allow(when('ArnLike', 'arn:aws:iam::*:role/*'))],
    [allow(when('ArnLike', ROLE))],
  ],
  [
    'more values that are not meant',
    [allow(when('StringNotEquals', 'a'))],
    [allow(when('StringNotEquals', ['a', 'b']))],
  ],
  [
    'an earlier end',
    [allow(when('DateLessThan', '2027-01-01T00:00:00Z'))],
    [allow(when('DateLessThan', '2026-01-01T00:00:00Z'))],
  ],
  [
    'a later start',
    [allow(when('DateGreaterThan', '2026-01-01T00:00:00Z'))],
    [allow(when('DateGreaterThan', '2027-01-01T00:00:00Z'))],
  ],
  ['a Deny more', [allow()], [allow(), deny()]],
  ['a Deny of more', [deny({ Action: 's3:GetObject' })], [deny()]],
  ['a Deny that spares fewer', [deny(when('ArnNotLike', [ROLE, 'x']))], [deny(when('ArnNotLike', ROLE))]],
  ['a Deny on one condition less', [deny(when('Bool', 'false'))], [deny()]],
];

test.each(NARROWER)('%s is narrower, and wider the other way round', (_what, was, is) => {
  expect([isNarrower(was, is), isNarrower(is, was)]).toEqual([true, false]);
});

test.each<[string, object[], object[]]>([
  ['a pattern with a question mark', [allow({ Resource: 'a?' })], [allow({ Resource: 'a*' })]],
  ['another operator', [allow(when('StringEquals', 'a'))], [allow(when('StringLike', 'a'))]],
  [
    'an operator with IfExists',
    [allow(when('StringEquals', 'a'))],
    [allow(when('StringEqualsIfExists', 'a'))],
  ],
  ['an element that is not known', [allow()], [allow({ Surprise: 1 })]],
  [
    'an ARN that a star would take only beyond a colon',
    [allow(when('ArnLike', 'arn:aws:iam:*:role/*'))],
    [allow(when('ArnLike', 'arn:aws:iam::111111111111:role/x'))],
  ],
  [
    'an ARN less that a star would take only beyond a colon',
    [deny(when('ArnNotLike', 'arn:aws:iam::111111111111:role/x'))],
    [deny(when('ArnNotLike', ['arn:aws:iam::111111111111:role/x', 'arn:aws:iam:*:role/*']))],
  ],
  [
    'a resource that a star within a part would take only beyond a colon',
    [allow({ Resource: 'arn:aws:sqs:eu*2:111111111111:q' })],
    [allow({ Resource: 'arn:aws:sqs:eu:x2:111111111111:q' })],
  ],
  [
    'an instant that is none',
    [allow(when('DateLessThan', 'soon'))],
    [allow(when('DateLessThan', '2020-01-01'))],
  ],
])('%s is not taken to be narrower', (_what, was, is) => {
  expect(isNarrower(was, is)).toBe(false);
});

test('a document with another version is not taken to be narrower', () => {
  expect(isNarrowerDocument({ Version: '2012-10-17', Statement: [allow()] }, { Statement: [allow()] })).toBe(
    false,
  );
});

describe('what holds every account', () => {
  const from = unproven();
  const planWith = (stack: string, change: (r: Resources) => void) => {
    const source = changed(from.source, stack, change);
    return planOf(from, { ...from, source });
  };
  const inBody = (change: (inner: Resources) => void) => (resources: Resources) => {
    const [[, set] = []] = ofTypes('AWS::CloudFormation::StackSet')(resources);
    if (set === undefined) throw new Error('there is no StackSet');
    const body = stackSetTemplate(String(set.Properties.TemplateBody)) as { Resources: Resources };
    change(body.Resources);
    set.Properties.TemplateBody = JSON.stringify(body);
  };
  const each =
    (effect: string, change: (document: { Statement: Statement[] }, at: number) => void) =>
    (r: Resources) => {
      for (const [, { Properties }] of ofTypes(
        'AWS::IAM::Role',
        'AWS::IAM::ManagedPolicy',
        'AWS::Organizations::Policy',
      )(r))
        for (const document of documents({ ...Properties, AssumeRolePolicyDocument: undefined })) {
          const at = document.Statement.findIndex(({ Effect }) => Effect === effect);
          if (at >= 0) change(document, at);
        }
    };
  const without = (effect: string) => each(effect, ({ Statement }, at) => Statement.splice(at, 1));
  const twice = (effect: string) =>
    each('Allow', ({ Statement }, at) =>
      Statement.push({ ...Statement[at], Effect: effect, Sid: 'X', Action: '*' } as Statement),
    );

  test('a role of the baseline that loses statements, or is denied more, widens nothing', () => {
    for (const less of [without('Allow'), twice('Deny')]) {
      const plan = planWith('Baseline', inBody(less));
      expect(plan.baselines.length).toBeGreaterThan(1);
      expect(gained(plan)).toEqual([]);
    }
    for (const more of [without('Deny'), twice('Allow')])
      expect(gained(planWith('Baseline', inBody(more))).length).toBeGreaterThan(0);
  });

  test('a guardrail that spares fewer widens nothing; one that spares more does', () => {
    const spare = (change: (values: unknown[]) => unknown) => (r: Resources) => {
      for (const [, { Properties }] of ofTypes('AWS::Organizations::Policy')(r))
        for (const { Statement } of documents(Properties))
          for (const { Condition } of Statement) {
            const test = (Condition as Record<string, Record<string, unknown>> | undefined)?.ArnNotLike;
            for (const key of Object.keys(test ?? {})) if (test) test[key] = change([test[key]].flat());
          }
    };
    const fewer = planWith(
      'Guardrails',
      spare((values) => values.slice(1)),
    );
    expect([fewer.guardrails.length > 0, gained(fewer)]).toEqual([true, []]);
    expect(
      gained(
        planWith(
          'Guardrails',
          spare((values) => [...values, 'arn:*']),
        ),
      ).length,
    ).toBeGreaterThan(0);
  });
});

describe('where templates and agreements differ already', () => {
  const AGREEMENT = 'to-cut';
  const withdrawn = (side: Assembly): Assembly => {
    const file = (name: string) => {
      const text = side.file(name);
      if (name !== 'register.json' || text === undefined) return text;
      const register = JSON.parse(text) as { agreements: { id: string }[] };
      return JSON.stringify({
        ...register,
        agreements: register.agreements.filter(({ id }) => id !== AGREEMENT),
      });
    };
    const registerDigest = createHash('sha256')
      .update(file('register.json') ?? '')
      .digest('hex');
    return { ...side, file, ...(side.origin && { origin: { ...side.origin, registerDigest } }) };
  };
  const prove = (source: Assembly) => sideOf(source, new Set([DWP_ACCOUNT]));

  test('an agreement that ends in words alone has its recipient keep what it had, and gain nothing', () => {
    const plan = planOf(first(), prove(withdrawn(first().source)));
    expect(gained(plan)).toEqual([]);
    const told = sectionsOf(plan).flatMap((each) => each.told.map(({ sentence }) => markedText(sentence)));
    expect(told.filter((each) => each.includes(' gains '))).toEqual([]);
    expect(told).toContainEqual(
      expect.stringMatching(/^Leeds City Council keeps read .* does not any more$/),
    );
  });

  test('an agreement that was never carried out and is withdrawn gives nobody anything', () => {
    const refused = changed(first().source, STACK, (resources) => {
      for (const [, { Properties }] of ofTypes('AWS::S3::AccessPoint')(resources))
        if (JSON.stringify(Properties).includes(`/${AGREEMENT}/`))
          for (const document of documents(Properties)) document.Statement = [];
    });
    const [was, is] = [prove(refused), prove(withdrawn(refused))];
    expect(was.findings.some(({ kind }) => kind === 'missing')).toBe(true);
    expect(gained(planOf(was, is))).toEqual([]);
    expect(gained(planOf(was, prove(first().source))).length).toBeGreaterThan(0);
  });
});
