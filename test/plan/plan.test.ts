/** What a plan makes of two assemblies, and of one that was changed by hand. */
import { stackSetTemplate } from '../../lib/assembly';
import { type Plan, planOf } from '../../lib/plan/plan';
import { type Side, sideOf } from '../../lib/plan/side';
import { sectionsOf, wideningsIn } from '../../lib/plan/words/sections';
import { markedText } from '../../lib/words';
import { after, before, changed, find, type Loose, unproven } from './pair';

type Resources = Record<string, Loose>;
interface Statement {
  Sid: string;
  Effect: string;
  Principal?: unknown;
  Action: string[];
  Resource?: unknown;
  Condition?: Record<string, unknown>;
}

const DWP = 'Organisation-dwp';
const DWP_ACCOUNT = '012345678901';
const CAMDEN = 'arn:aws:iam::100000000021:root';
const side = (change: (resources: Resources) => void, stack = DWP, from: Side = before()): Side =>
  sideOf(changed(from.source, stack, change), new Set([DWP_ACCOUNT]));
const sentences = (plan: Plan) =>
  sectionsOf(plan).flatMap(({ told }) => told.map((each) => markedText(each.sentence)));
const widenings = (plan: Plan) => wideningsIn(sectionsOf(plan));
const whole = (plan: Plan) =>
  widenings(plan)
    .map(({ sentence, more }) => [sentence, ...more].map(markedText).join('\n'))
    .join('\n');

const keyStatements = (resources: Resources) =>
  (
    find(resources, 'AWS::KMS::Key', 'shared-data')[1].Properties.KeyPolicy as {
      Statement: Statement[];
    }
  ).Statement;
const pointStatements = (resources: Resources, agreement: string) => {
  const points = Object.values(resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::S3::AccessPoint' && JSON.stringify(Properties).includes(`agreements/${agreement}/`),
  );
  const leeds = points.find(({ Properties }) => String(Properties.Name).endsWith('--leeds'));
  if (leeds === undefined) throw new Error(`Leeds has no access point for ${agreement}`);
  return (leeds.Properties.Policy as { Statement: Statement[] }).Statement;
};
const rogue = (principal: string): Statement => ({
  Sid: 'Rogue',
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: ['kms:Decrypt'],
  Resource: '*',
});

let opened: Side | undefined;
/** With the rogue statement; nothing else in it is ever changed, so it is proven once. */
const open = (): Side => {
  opened ??= side((r) => keyStatements(r).push(rogue(CAMDEN)));
  return opened;
};

test('an assembly against itself is nothing at all, also one that is not in order', () => {
  for (const each of [before(), after(), open()]) {
    const plan = planOf(each, each);
    expect(sectionsOf(plan)).toEqual([]);
    expect([plan.stacks, plan.asked, plan.notJudged]).toEqual([[], [], []]);
  }
  expect(planOf(open(), open()).unchangedHoles).toBeGreaterThan(0);
  expect(planOf(before(), before()).unchangedHoles).toBe(0);
});

test('turned round, gains are losses and losses gains', () => {
  const forth = planOf(before(), after());
  const back = planOf(after(), before());
  const turned = <T>(changes: readonly { before?: T; after?: T }[]) =>
    changes.map((each) => ({ before: each.after, after: each.before }));
  const plain = <T>(changes: readonly { before?: T; after?: T }[]) =>
    changes.map((each) => ({ before: each.before, after: each.after }));
  for (const part of ['shares', 'holders', 'organisations', 'zone', 'keys'] as const) {
    expect(turned<unknown>(back[part])).toEqual(plain<unknown>(forth[part]));
  }
  expect(forth.shares.length + forth.holders.length + forth.keys.length).toBeGreaterThan(10);
});

test('each change of an agreement shows as what it is, and no other does', () => {
  const found = planOf(before(), after()).shares.map(({ before: was, after: is }) => {
    const { agreement, recipient } = is ?? was ?? { agreement: '', recipient: { id: '' } };
    return [agreement, recipient.id, was?.until ?? 'none', is?.until ?? 'none'].join(' ');
  });
  expect(found).toEqual([
    'to-add fife none 2030-03-31',
    'to-add routing none 2030-03-31',
    'to-cut leeds 2030-03-31 2029-03-31',
    'to-extend leeds 2030-03-31 2031-03-31',
    'to-narrow camden 2030-03-31 none',
    'to-remove leeds 2030-03-31 none',
    'to-suspend leeds 2030-03-31 none',
  ]);
});

test('a rogue statement is a widening that names who, what and the statement', () => {
  const plan = planOf(before(), open());
  expect(whole(plan)).toMatch(/^London Borough of Camden gains decrypt \(`kms:Decrypt`.*\nas /m);
  expect(whole(plan)).toMatch(/'Rogue' of 'Organisation-dwp\/EncryptionKey\w+' allows it/);
  expect(whole(plan)).toMatch(/new statement: 'Rogue' of 'Organisation-dwp\/EncryptionKey/);
  expect(plan.shares).toEqual([]);
});

test('once it is taken away again, that is a loss and widens nothing', () => {
  const plan = planOf(open(), before());
  expect(widenings(plan)).toEqual([]);
  expect(sentences(plan).join('\n')).toMatch(/London Borough of Camden loses decrypt/);
});

const drop = (statements: Statement[], sid: RegExp) => {
  const at = statements.findIndex(({ Sid }) => sid.test(Sid));
  expect(at).toBeGreaterThanOrEqual(0);
  return statements.splice(at, 1)[0]?.Sid ?? '';
};

test('a statement that is removed is named with what is lost by it, and gained when it is back', () => {
  let sid = '';
  const shut = side((r) => {
    sid = drop(pointStatements(r, 'to-cut'), /^GetBy/);
  });
  const lost = planOf(before(), shut);
  expect(widenings(lost)).toEqual([]);
  const all = sectionsOf(lost).flatMap(({ told }) =>
    told.flatMap((each) => [each.sentence, ...each.more].map(markedText)),
  );
  expect(all.join('\n')).toMatch(/^Leeds City Council loses read .*the agreement to-cut gives$/m);
  expect(all).toContainEqual(expect.stringMatching(`^gone statement: '${sid}' of 'Organisation-dwp/Share`));
  expect(whole(planOf(shut, before()))).toMatch(/^Leeds City Council gains read/m);
});

test('a Deny that is gone and an end that is gone are widenings', () => {
  const without = (change: (r: Resources) => void) => whole(planOf(before(), side(change)));
  expect(without((r) => drop(keyStatements(r), /^DenyUseUnlessThroughS3$/))).toMatch(
    /gains decrypt[\s\S]*gone statement: 'DenyUseUnlessThroughS3'/,
  );
  expect(
    without((r) => {
      delete pointStatements(r, 'to-cut')[0]?.Condition?.DateLessThan;
    }),
  ).toMatch(/Leeds City Council gains read[\s\S]*changed statement: 'GetBy/);
});

test('what was open before is not let pass once anything that it rests on changes', () => {
  const narrow = side((r) =>
    keyStatements(r).push({ ...rogue(CAMDEN), Condition: { Bool: { 'aws:x': 'true' } } }),
  );
  const wider = side((r) =>
    keyStatements(r).push({ ...rogue(CAMDEN), Condition: { Bool: { 'aws:x': 'false' } } }),
  );
  expect(planOf(narrow, narrow).unchangedHoles).toBeGreaterThan(0);
  const plan = planOf(narrow, wider);
  expect(plan.holes.map(({ unclear }) => unclear)).toContain(true);
  expect(whole(plan)).toMatch(/has decrypt .*what that rests on has changed, so it may be more now/);
});

test('also where the same request shows it before and after', () => {
  const touched = side((r) => {
    keyStatements(r).push(rogue(CAMDEN));
    find(r, 'AWS::S3::Bucket')[1].Properties.Tags = [];
  });
  const { holes, unchangedHoles } = planOf(open(), touched);
  expect([holes.every(({ unclear }) => unclear), unchangedHoles]).toEqual([true, 0]);
  expect(holes.length).toBeGreaterThan(0);
});

test('what cannot be judged is said of the side that it is in', () => {
  const odd = side((r) => {
    r.Door = { Type: 'AWS::S3::MultiRegionAccessPoint', Properties: {} };
  });
  expect(planOf(before(), odd).notJudged.map((each) => each.side)).toEqual(['after']);
  expect(planOf(odd, before()).notJudged.map((each) => each.side)).toEqual(['before']);
  expect(planOf(odd, odd).notJudged).toHaveLength(2);
});

test.each<[string, (r: Resources) => void, string, RegExp]>([
  [
    'a key of another kind',
    (r) => {
      find(r, 'AWS::KMS::Key', 'shared-data')[1].Properties.MultiRegion = true;
    },
    DWP,
    /^The key of `Organisation-dwp\/EncryptionKey.*cannot be changed: the deployment will FAIL$/,
  ],
  [
    'a table with another key schema, under its name',
    (r) => {
      const [, table] = Object.entries(r).find(([, { Type }]) => Type === 'AWS::DynamoDB::Table') ?? [];
      if (table) table.Properties.KeySchema = [{ AttributeName: 'x', KeyType: 'HASH' }];
    },
    'Zone',
    /^The table `.*FAIL$/,
  ],
  [
    'a bucket under another logical id',
    (r) => {
      const [id, bucket] = find(r, 'AWS::S3::Bucket');
      delete r[id];
      r.Another = bucket;
    },
    DWP,
    /^The bucket `concordat-exchange-.*` of .* is made by `Organisation-dwp\/Another` now$/,
  ],
  [
    'a bucket that nothing makes any more',
    (r) => {
      const [id] = find(r, 'AWS::S3::Bucket', 'LogArchive');
      delete r[id];
    },
    'Zone',
    /^The bucket .* is made by no template any more$/,
  ],
])('%s is told first', (_what, change, stack, expected) => {
  const from = unproven();
  // The fate of resources is read from templates alone; whether the rest still resolves is not asked here.
  const to = { ...from, source: changed(from.source, stack, change) };
  const [section] = sectionsOf(planOf(from, to));
  expect(section?.heading).toMatch(/^Look first/);
  expect(section?.told.map(({ sentence }) => markedText(sentence))).toEqual([
    expect.stringMatching(expected),
  ]);
});

test('stacks wait for those that they depend on; guardrails and bootstraps come first, then the operator’s, and new roles before grants to them', () => {
  const nothing: Side = { ...before(), source: { ...before().source, stacks: [] } };
  const order = planOf(nothing, before()).stacks.map(({ stack }) => stack);
  expect(order.slice(0, 8)).toEqual([
    'Guardrails',
    ...['Guardrails-s3', 'Guardrails-services'],
    ...['Baseline', 'Budgets', 'Access-analyzer', 'Zone', 'Trail'],
  ]);
  expect(order.slice().sort()).toEqual(before().source.stacks.map(({ name }) => name));
  const changes = planOf(before(), after()).stacks;
  expect(changes.map(({ stack, change }) => `${stack} ${change}`).slice(0, 2)).toEqual([
    'Zone changed',
    'Organisation-fife new',
  ]);
  const [external] = planOf(nothing, before()).stacks.filter(({ by }) => by.kind === 'hand-over');
  expect(external?.stack).toBe('Organisation-routing');
});

describe('what only takes away is deployed when all others have been', () => {
  const orderWith = (changes: readonly (readonly [string, (r: Resources) => void])[]) => {
    const from = unproven();
    const source = changes.reduce((so, [stack, change]) => changed(so, stack, change), from.source);
    return planOf(from, { ...from, source }).stacks.map(({ stack }) => stack);
  };
  const baseline = (change: (body: { Resources: Resources }) => void) =>
    [
      'Baseline',
      (r: Resources) => {
        const [, set] = find(r, 'AWS::CloudFormation::StackSet');
        const body = stackSetTemplate(String(set.Properties.TemplateBody)) as { Resources: Resources };
        change(body);
        set.Properties.TemplateBody = JSON.stringify(body);
      },
    ] as const;
  const statementsOf = (body: { Resources: Resources }) => {
    const { Boundary } = body.Resources;
    if (Boundary === undefined) throw new Error('the baseline has no boundary');
    return (Boundary.Properties.PolicyDocument as { Statement: Statement[] }).Statement;
  };
  const lets = ({ Effect }: Statement) => Effect === 'Allow';
  const lessAllowed = baseline((body) => {
    const all = statementsOf(body);
    all.splice(all.findIndex(lets), 1);
  });
  const moreAllowed = baseline((body) => statementsOf(body).push(rogue(CAMDEN)));
  const moreDenied = baseline((body) => statementsOf(body).push({ ...rogue(CAMDEN), Effect: 'Deny' }));
  const lessDenied = baseline((body) => {
    const all = statementsOf(body);
    const at = all.findIndex((each) => !lets(each));
    expect(at).toBeGreaterThanOrEqual(0);
    all.splice(at, 1);
  });
  const withoutAPoint = [
    DWP,
    (r: Resources) => {
      const [id] = Object.entries(r).find(([, { Type }]) => Type === 'AWS::S3::AccessPoint') ?? [''];
      delete r[id];
    },
  ] as const;
  const withAnAlarm = [
    'Organisation-leeds',
    (r: Resources) => {
      r.Another = { Type: 'AWS::SQS::Queue', Properties: {} };
    },
  ] as const;

  test('a baseline that allows less or denies more waits for the stacks that delete', () => {
    for (const less of [lessAllowed, moreDenied])
      expect(orderWith([less, withoutAPoint])).toEqual([DWP, 'Baseline']);
  });

  test('a baseline that allows more or denies less comes first', () => {
    for (const more of [moreAllowed, lessDenied])
      expect(orderWith([more, withoutAPoint])).toEqual(['Baseline', DWP]);
  });

  test('an organisation that only loses comes after those that gain, and before the baseline', () => {
    expect(orderWith([withoutAPoint, withAnAlarm, lessAllowed])).toEqual([
      'Organisation-leeds',
      DWP,
      'Baseline',
    ]);
  });
});

test('a stack says what it must be told, until it was deployed with it', () => {
  const nothing: Side = { ...before(), source: { ...before().source, stacks: [] } };
  const asked = planOf(nothing, before()).stacks.flatMap(({ stack, asks }) =>
    asks.map((name) => `${stack} ${name}`),
  );
  expect(asked).toEqual(['Baseline TriedInCanary', 'Baseline Units', 'Trail LogFilesKey']);
  const source = changed(before().source, 'Trail', (resources) => {
    resources.Another = { Type: 'AWS::SQS::Queue', Properties: {} };
  });
  expect(planOf({ ...before(), source }, before()).stacks.flatMap(({ asks }) => asks)).toEqual([]);
});

test('a stack that is made no more still gives what it gave, and the plan says so', () => {
  const source = before().source;
  const gone = {
    ...before(),
    source: { ...source, stacks: source.stacks.filter(({ name }) => name !== DWP) },
  };
  const plan = planOf(before(), gone);
  expect(plan.stacks.map(({ stack, change }) => [stack, change])).toEqual([[DWP, 'gone']]);
  expect([...plan.abandoned]).toEqual([DWP_ACCOUNT]);
});

test('stacks that wait for one another, and a register that names one organisation twice, are faults of the assembly', () => {
  const { source, world } = before();
  const nothing: Side = { ...before(), source: { ...source, stacks: [] } };
  const { artifacts } = source.manifest;
  const { Zone: zone } = artifacts;
  if (zone === undefined) throw new Error('there is no stack Zone');
  const circle = { ...artifacts, Zone: { ...zone, dependencies: ['Trail'] } };
  const manifest = { ...source.manifest, artifacts: circle };
  expect(() => planOf(nothing, { ...before(), source: { ...source, manifest } })).toThrow(
    /stacks of the assembly wait for one another/,
  );
  const [first] = world.register.organisations;
  const twice = [...world.register.organisations, ...(first ? [first] : [])];
  const doubled = { ...world, register: { ...world.register, organisations: twice } };
  expect(() => planOf(before(), { ...before(), world: doubled })).toThrow(/are called/);
});
