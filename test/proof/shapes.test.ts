/** That groups of questions of one shape have the same answers: asked once or one by one, the proof comes to the same. */
import fc from 'fast-check';
import { type RegisterFacts, worldOf } from '../../lib/assembly';
import { callerOf, compile, requestOf } from '../../lib/iam';
import { Askers } from '../../lib/proof/askers';
import { type Group, groupsOf, seenFrom } from '../../lib/proof/groups';
import { tellParty } from '../../lib/proof/in-words';
import { metBy } from '../../lib/proof/met-by';
import { prove } from '../../lib/proof/prove';
import { Shapes } from '../../lib/proof/shape';
import { Speller } from '../../lib/proof/spelling';
import { everyWay } from '../../lib/proof/ways';
import { all, changed, type Document, type Json, sample, textOf } from './world';

/** Owners that share nothing, so that their templates differ in names alone. */
const ALIKE = ['fife', 'cardiff'] as const;
const accountsOf = (owners: readonly string[]) =>
  sample().stacks.flatMap(({ name, account }) =>
    owners.some((each) => name === `Organisation-${each}`) ? account : [],
  );
const bucketPolicy = (resources: Record<string, Json>) =>
  all(resources, 'AWS::S3::BucketPolicy')[0]?.Properties.PolicyDocument as Document;

const CHANGES: readonly (readonly [string, string, (resources: Record<string, Json>) => void])[] = [
  [
    'a reader dropped at the last of several access points',
    'leeds-hospitals',
    (resources) => {
      const points = all(resources, 'AWS::S3::AccessPoint');
      expect(points.length).toBeGreaterThan(1);
      points.at(-1)?.Properties.Policy.Statement.shift();
    },
  ],
  [
    'a denial dropped from one of those that are alike',
    'cardiff',
    (resources) => {
      bucketPolicy(resources).Statement.pop();
    },
  ],
  [
    'alarms that may use a key whatever they are called, of one whose key of alerts is like others’',
    'cardiff',
    (resources) => {
      const alarms = all(resources, 'AWS::KMS::Key')
        .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
        .find(({ Sid }) => Sid === 'AlarmsOfThisAccountEncryptWhatTheyPublish');
      if (alarms?.Condition === undefined) throw new Error('no statement speaks of alarms');
      delete alarms.Condition.ArnLike;
    },
  ],
  [
    'a role that may call a function more, of an organisation whose roles are like others’',
    'cardiff',
    (resources) => {
      const [role] = all(resources, 'AWS::IAM::Role');
      role?.Properties.Policies[0]?.PolicyDocument.Statement.push({
        Sid: 'More',
        Effect: 'Allow',
        Action: ['lambda:InvokeFunction'],
        Resource: 'arn:aws:lambda:eu-west-2:200000000001:function:concordat-grant-broker:stop',
      });
    },
  ],
  [
    'a role that lacks what it is there for, of an organisation whose roles are like others’',
    'cardiff',
    (resources) => {
      for (const { Properties } of all(resources, 'AWS::IAM::Role'))
        if (Properties.RoleName === 'concordat-grant-broker')
          for (const each of Properties.Policies) each.PolicyDocument.Statement.splice(0, 2);
    },
  ],
  [
    'a queue that everybody may send to, of an organisation whose queues are like others’',
    'cardiff',
    (resources) => {
      for (const { Properties } of all(resources, 'AWS::SQS::QueuePolicy').slice(1, 2))
        Properties.PolicyDocument.Statement.push({
          Sid: 'Open',
          Effect: 'Allow',
          Principal: '*',
          Action: ['sqs:SendMessage'],
          Resource: '*',
        });
    },
  ],
  [
    'a key that is for members as it is for externals, and shut to two of them by one list',
    'leeds-hospitals',
    (resources) => {
      const [policy] = all(resources, 'AWS::KMS::Key').map(
        ({ Properties }) => Properties.KeyPolicy as Document,
      );
      const denial = policy?.Statement.find(
        ({ Sid }) => Sid === 'DenyUseOutsideTheOrganisationAndItsDeclaredExternals',
      );
      const equals = denial?.Condition?.StringNotEquals as Record<string, string | string[]>;
      const members = accountsOf(['dwp', 'camden', 'cardiff']);
      equals['aws:PrincipalAccount'] = [...members, equals['aws:PrincipalAccount'] ?? []].flat();
      policy?.Statement.push({
        Sid: 'Shut',
        Effect: 'Deny',
        Principal: { AWS: members.map((account) => `arn:aws:iam::${account}:root`).slice(0, 2) },
        Action: ['kms:Decrypt'],
        Resource: '*',
      });
    },
  ],
  [
    'a key used without S3',
    'hmcts',
    (resources) => {
      const policy = all(resources, 'AWS::KMS::Key')[0]?.Properties.KeyPolicy as Document;
      policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== 'DenyUseUnlessThroughS3');
    },
  ],
];

test.each(CHANGES)(
  'asked once for each shape or one by one, it comes to the same: %s',
  (_, owner, change) => {
    const world = worldOf(changed(`Organisation-${owner}`, change));
    // The changed one among others of each kind: those that share nothing, little and much.
    const only = new Set(accountsOf([owner, ...ALIKE, 'camden', 'dwp']));
    const once = prove(world, only);
    const singly = prove(world, only, { askAlike: true });
    expect(textOf(once)).toEqual(textOf(singly));
    expect(once.covered).toBe(singly.covered);
    expect(once.asked).toBeLessThan(singly.asked);
  },
);

describe('who asks of a bucket in its own account', () => {
  const world = worldOf(sample());
  const askers = new Askers(world);
  const shapes = new Shapes(new Speller(world.register));
  const owner = world.register.organisations.find(({ id }) => id === 'leeds');
  const way = [...everyWay(world)].find(
    (each) => each.owner === owner && each.way.target.kind === 'bucket' && each.way.accessPoint === undefined,
  );
  if (owner === undefined || way === undefined) throw new Error('the sample has no bucket of leeds');
  const [own] = groupsOf(seenFrom(way.way, owner, [], askers), askers);
  const asker = own?.askers[0];
  if (own === undefined || asker === undefined) throw new Error('nobody asks of the bucket of leeds');
  const group = { ...own, owner, isActive: true, keyArn: way.keyArn, awsOrganization: undefined };
  const another = { ...group, askers: group.askers.slice(1) };

  test('is of one shape by itself, whoever else asks there', () => {
    expect(shapes.of(another)).not.toBe(shapes.of(group));
    expect(shapes.ofOne(another, asker)).toBe(shapes.ofOne(group, asker));
    expect(shapes.ofOne(group, asker)).toBeDefined();
  });

  test.each<[string, Partial<Group>]>([
    ['the owner may not act', { isActive: false }],
    ['the owner is to leave', { owner: { ...owner, leaves: '2090-01-01' } }],
    ['the owner leaves on another day', { owner: { ...owner, leaves: '2091-01-01' } }],
    ['the register names no owner', { owner: undefined }],
    ['the bucket has a key elsewhere', { keyArn: way.keyArn.replace(/:key\/.*/, ':alias/another') }],
    ['the AWS organisation is another', { awsOrganization: 'o-elsewhere00' }],
  ])('is of another shape where %s', (_, other) => {
    expect(shapes.of({ ...group, ...other })).not.toBe(shapes.of(group));
    expect(shapes.ofOne({ ...group, ...other }, asker)).not.toBe(shapes.ofOne(group, asker));
  });
});

/** Every list of texts in the policies of a template, turned round. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? [...value].reverse() : value.map(turned);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name.startsWith('Fn::') ? each : turned(each)]),
  );
}

test('the order of the lists in policies decides nothing', () => {
  const source = sample();
  const only = new Set(accountsOf(['leeds', 'dwp', 'camden']));
  const policies = /^(?:AssumeRolePolicyDocument|KeyPolicy|Policies|Policy|PolicyDocument)$/;
  const other = (properties: object) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, policies.test(name) ? turned(each) : each]),
    );
  let lists = 0;
  const stacks = source.stacks.map((stack) => ({
    ...stack,
    resources: Object.fromEntries(
      Object.entries(stack.resources).map(([id, each]) => {
        const Properties = other(each.Properties ?? {});
        if (JSON.stringify(Properties) !== JSON.stringify(each.Properties)) lists++;
        return [id, { ...each, Properties }];
      }),
    ),
  }));
  expect(lists).toBeGreaterThan(100);
  const [before, after] = [source, { ...source, stacks }].map((each) =>
    prove(worldOf(each as typeof source), only, { askAlike: true }),
  );
  expect(after && textOf(after)).toEqual(before && textOf(before));
  expect(after?.compared).toBe(before?.compared);
  expect(after?.covered).toBe(before?.covered);
});

test('an owner that differs by one byte is asked by itself, and is the only one that is found', () => {
  const accounts = accountsOf(ALIKE);
  expect(accounts).toHaveLength(ALIKE.length);
  const only = new Set(accounts);
  const before = prove(worldOf(sample()), only);
  const [one = ''] = accounts;
  // The second adds little to what the first took, since they are alike.
  expect(before.asked).toBeLessThan(prove(worldOf(sample()), new Set([one])).asked * 1.5);

  const widened = changed('Organisation-cardiff', (resources) => {
    const denial = bucketPolicy(resources).Statement.find(({ Sid }) => Sid === 'DenyTlsBelowOnePointTwo');
    if (denial?.Condition) denial.Condition.NumericLessThan = { 's3:TlsVersion': '1.1' };
  });
  const after = prove(worldOf(widened), only);
  expect(after.asked).toBeGreaterThan(before.asked);
  expect(new Set(after.differences.map(({ question }) => tellParty(question.target.owner)))).toEqual(
    new Set(['cardiff']),
  );
});

test('a difference that all owners of a shape have is said of each of them', () => {
  const source = sample();
  const stacks = ALIKE.map((each) => `Organisation-${each}`);
  const spoilt = stacks.map(
    (name) =>
      changed(name, (resources) => {
        bucketPolicy(resources).Statement.shift();
        bucketPolicy(resources).Statement.shift();
        bucketPolicy(resources).Statement.shift();
      }).stacks.find((stack) => stack.name === name) as (typeof source.stacks)[number],
  );
  const both = {
    ...source,
    stacks: source.stacks.map((each) => spoilt.find(({ name }) => name === each.name) ?? each),
  };
  const only = new Set(spoilt.map(({ account }) => account));
  const { differences } = prove(worldOf(both), only);
  expect(new Set(differences.map(({ question }) => tellParty(question.target.owner)))).toEqual(
    new Set(ALIKE),
  );
});

describe('the form of a policy', () => {
  const register = {
    zone: { accounts: { management: '100000000001', zone: '100000000002' } },
    organisations: [
      { id: 'leeds', account: '200000000001', mayCollect: ['arn:aws:iam::200000000001:role/team/reader'] },
      {
        id: 'camden',
        account: '200000000002',
        mayCollect: ['arn:aws:iam::200000000002:role/data/in/puller'],
      },
    ],
    agreements: [{ id: 'benefits' }, { id: 'blue-badges' }],
  } as unknown as RegisterFacts;
  const form = (text: string) => new Speller(register).text(text)?.form;
  const same = (one: string, other: string) => {
    const speller = new Speller(register);
    return speller.text(one)?.form === speller.text(other)?.form;
  };

  test.each([
    [
      'arn:aws:s3:::concordat-exchange-200000000001-eu-west-2-an',
      'arn:aws:s3:::concordat-exchange-200000000002-eu-west-2-an',
    ],
    [
      'arn:aws:s3:eu-west-2:200000000001:accesspoint/0123456789ab--camden/object/agreements/benefits/*',
      'arn:aws:s3:eu-west-2:200000000002:accesspoint/ba9876543210--leeds/object/agreements/blue-badges/*',
    ],
    ['arn:aws:iam::200000000001:role/team/reader', 'arn:aws:iam::200000000002:role/data/in/puller'],
    [
      'arn:aws:s3:eu-west-2:*:accesspoint/????????????--leeds',
      'arn:aws:s3:eu-west-2:*:accesspoint/????????????--camden',
    ],
    ['2027-04-01T00:00:00Z', '2028-03-31T23:00:00Z'],
    [
      'arn:aws:cloudwatch:eu-west-2:200000000001:alarm:concordat-*',
      'arn:aws:cloudwatch:eu-west-2:200000000002:alarm:concordat-*',
    ],
    [
      'arn:aws:logs:eu-west-2:200000000001:log-group:/aws/lambda/concordat-*:log-stream:*',
      'arn:aws:logs:eu-west-2:200000000002:log-group:/aws/lambda/concordat-*:log-stream:*',
    ],
    [
      'arn:aws:events:eu-west-2:200000000001:rule/DO-NOT-DELETE-S3*',
      'arn:aws:events:eu-west-2:200000000002:rule/DO-NOT-DELETE-S3*',
    ],
    [
      'arn:aws:cloudformation:eu-west-2:200000000001:stack/Organisation-leeds/*',
      'arn:aws:cloudformation:eu-west-2:200000000002:stack/Organisation-camden/*',
    ],
    [
      'arn:aws:cloudformation:eu-west-2:200000000001:stack/Organisation-*',
      'arn:aws:cloudformation:eu-west-2:200000000002:stack/Organisation-*',
    ],
  ])('is the same for %s and %s', (one, other) => {
    expect(form(one)).toBeDefined();
    expect(same(one, other)).toBe(true);
  });

  test.each([
    ['arn:aws:iam::200000000001:role/other/reader', 'arn:aws:iam::200000000002:role/data/in/puller'],
    ['arn:aws:iam::200000000001:root', 'arn:aws:iam::100000000002:root'],
    ['arn:aws:iam::200000000001:root', 'arn:aws:iam::300000000001:root'],
    ['agreements/benefits/*', 'agreements/*'],
    ['agreements/benefits/*', 'agreements/benefit/*'],
    [
      'arn:aws:cloudformation:eu-west-2:200000000001:stack/Organisation-leeds/*',
      'arn:aws:cloudformation:eu-west-2:200000000001:stack/Organisation-fife/*',
    ],
    ['x200000000001', 'x200000000002'],
  ])('is another for %s and %s', (one, other) => {
    expect(same(one, other)).toBe(false);
  });

  test.each([
    'arn:aws:iam::20000000000*:root',
    'arn:aws:iam::*:role/team/*',
    'arn:aws:iam::*:role/*',
    'arn:aws:s3:::concordat-exchange-*',
    'agreements/benefits*',
    'arn:*:iam::200000000001:role/team/reader',
    'arn:aws:*:*:200000000001:role/team/reader',
    '*:role/team/reader',
    '2027-04-01T00:00:*',
    'agreements/b*/x',
    '*/benefits/*',
    'agreements/benefit?',
    'arn:aws:s3:eu-west-2:*:accesspoint/????????????--lee*',
    'arn:aws:s3:eu-west-2:*:accesspoint/x????????????--leeds',
    'arn:aws:cloudwatch:eu-west-2:200000000001:alarm:concordat-2*1',
    'arn:aws:cloudwatch:eu-west-2:20000000000*:alarm:concordat-*',
    'arn:aws:sns:eu-west-2:200000000001*:concordat',
    'arn:aws:sns:eu-west-2:*:concordat-?01',
    'arn:aws:sns:eu-west-2:*:0123456789ab--leeds',
    'arn:aws:sns:eu-west-2:*:x/agreements/benefits',
    'arn:aws:cloudformation:eu-west-2:200000000001:stack/Organisation-l*',
    'arn:aws:cloudformation:eu-west-2:200000000001:*/Organisation-leeds/*',
  ])('there is none for %s, which could tell names apart by a part of them', (text) => {
    expect(form(text)).toBeUndefined();
  });

  test('leaves out resources of services that are not asked, and never what a statement excepts', () => {
    const logs = 'arn:aws:logs:eu-west-2:200000000001:log-group:/aws/lambda/concordat-*:log-stream:*';
    const object = 'arn:aws:s3:::concordat-exchange-200000000001-eu-west-2-an/*';
    const Action = ['s3:GetObject', 'logs:PutLogEvents'];
    const formOf = (statement: object, service: string) =>
      new Speller(register).document({ Statement: [{ Effect: 'Allow', ...statement }] }, service)?.form;
    expect(formOf({ Action, Resource: [object, logs] }, 's3')).toBeDefined();
    const cut = 'arn:aws:logs:eu-west-2:20000000000*:log-group:any';
    expect(formOf({ Action, Resource: [object, cut] }, 's3')).toBeDefined();
    expect(formOf({ Action, Resource: [object, cut] }, 'logs')).toBeUndefined();
    expect(formOf({ Action: ['sts:AssumeRole', 's3:GetObject'], Resource: [cut] }, 'sts')).toBeUndefined();
    expect(formOf({ Action, NotResource: [object, cut] }, 's3')).toBeUndefined();
    const loose = 'arn:aws:s3*:::concordat-exchange-*';
    expect(formOf({ Action, Resource: [loose] }, 's3')).toBeUndefined();
    const speller = new Speller(register);
    const said = (Resource: readonly string[]) =>
      speller.document({ Statement: [{ Effect: 'Allow', Action, Resource }] }, 's3')?.form;
    expect(said([object, logs])).toBe(said([object]));
    expect(said([object, logs])).not.toBe(said([logs]));
  });

  describe('as an account meets it', () => {
    const [leeds, camden, hull] = ['200000000001', '200000000002', '200000000003'];
    const stranger = '999999999998';
    const met = (account: string, accounts: readonly string[], more: readonly string[] = []) => {
      const speller = new Speller(register);
      const Condition = { StringNotEquals: { 's3:DataAccessPointAccount': accounts } };
      const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: more, Condition }];
      const spelling = speller.documentMetBy(account, { Statement }, 's3');
      return { form: spelling?.form, names: spelling?.names, speller, Statement };
    };

    test('is the same wherever a list names the account', () => {
      expect(met(leeds, [leeds, camden]).names).toEqual([`a${leeds}`, `a${camden}`]);
      expect(met(camden, [leeds, camden]).names).toEqual([`a${camden}`, `a${leeds}`]);
      const { speller, Statement } = met(leeds, [leeds, camden, stranger]);
      const forms = [leeds, camden].map((each) => speller.documentMetBy(each, { Statement }, 's3')?.form);
      expect(new Set(forms).size).toBe(1);
    });

    test('is as it is written to whom it does not name', () => {
      expect(met(stranger, [leeds, camden]).names).toEqual([`a${leeds}`, `a${camden}`]);
    });

    test('is another where the list names others, or another list does', () => {
      const { speller, Statement } = met(leeds, [leeds, camden]);
      const [statement] = Statement;
      const form = (accounts: readonly string[], Resource: readonly string[] = []) => {
        const Condition = { StringNotEquals: { 's3:DataAccessPointAccount': accounts } };
        return speller.documentMetBy(leeds, { Statement: [{ ...statement, Resource, Condition }] }, 's3')
          ?.form;
      };
      const first = form([leeds, camden]);
      expect(form([camden, leeds])).toBe(first);
      for (const other of [[leeds], [leeds, leeds], [camden], [leeds, stranger], [leeds, camden, camden]])
        expect(form(other)).not.toBe(first);
      expect(form([leeds, camden], [`arn:aws:s3:::${leeds}`])).not.toBe(
        form([leeds, camden], [`arn:aws:s3:::${camden}`]),
      );
    });

    describe('where a condition lists its account', () => {
      const more = { id: 'hull', account: hull, mayCollect: [] };
      const organisations = [...register.organisations, more] as RegisterFacts['organisations'];
      const speller = new Speller({ ...register, organisations });
      const form = (account: string | undefined, Condition: object) => {
        const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Condition }];
        return speller.documentMetBy(account, { Statement }, 's3')?.form;
      };
      const listed = (account: string | undefined, accounts: string | readonly string[]) =>
        form(account, { StringNotEquals: { 'aws:PrincipalAccount': accounts } });

      test('takes all others for one, however many there are', () => {
        expect(listed(leeds, [leeds, camden])).toBe(listed(leeds, [camden, leeds, hull]));
        expect(listed(leeds, [camden, hull])).toBe(listed(leeds, hull));
        expect(listed(undefined, [leeds, camden, hull])).toBe(listed(undefined, [camden]));
        expect(listed(stranger, [leeds, camden, hull])).toBe(listed(camden, [leeds]));
      });

      test('tells whether it is listed, whether others are, and those of no register', () => {
        const lists = [[leeds], [leeds, camden], [camden], [stranger], [camden, stranger], [leeds, stranger]];
        expect(new Set(lists.map((each) => listed(leeds, each))).size).toBe(lists.length);
        expect(listed(stranger, [camden, stranger])).not.toBe(listed(stranger, [camden, '999999999997']));
      });

      test.each([
        ['StringLike', 'aws:PrincipalAccount'],
        ['ForAnyValue:StringEquals', 'aws:PrincipalAccount'],
        ['StringEquals', 'aws:SourceAccount'],
      ])('tells lists apart that %s of %s asks for', (operator, key) => {
        const of = (accounts: readonly string[]) => form(leeds, { [operator]: { [key]: accounts } });
        expect(of([leeds, camden])).toBeDefined();
        expect(of([leeds, camden])).not.toBe(of([leeds, camden, hull]));
      });

      test('is a statement whose conditions hold for those of the account as they did before', () => {
        const holding = (account: string | undefined, statement: object) => {
          const caller = callerOf(
            account === undefined
              ? { type: 'anonymous' }
              : { type: 'role', arn: `arn:aws:iam::${account}:role/any`, session: 'any' },
          );
          const { context } = requestOf({
            caller,
            action: 's3:ListBucket',
            resource: 'arn:aws:s3:::any',
            resourceAccount: leeds,
          });
          const document = { Version: '2012-10-17', Statement: [statement] };
          const { statements } = compile(document, { kind: 'resource', name: 'any' });
          return statements.flatMap(({ conditions }) => conditions.map(({ holds }) => holds(context)));
        };
        const accounts = [leeds, camden, hull, stranger];
        const lists = Array.from({ length: 15 }, (_, n) => accounts.filter((_, at) => (n + 1) & (1 << at)));
        const ours = new Set([leeds, camden, hull]);
        for (const operator of ['StringEquals', 'StringNotEquals', 'StringNotEqualsIfExists'])
          for (const list of lists)
            for (const account of [...accounts, undefined]) {
              const Condition = { [operator]: { 'aws:PrincipalAccount': list } };
              const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition };
              const before = holding(account, statement);
              expect(before).toHaveLength(1);
              expect(holding(account, metBy(account, statement, ours))).toEqual(before);
            }
      });
    });
  });

  test.each([
    { StringEqualsIgnoreCase: { 'aws:PrincipalAccount': 'x' } },
    { NumericLessThan: { 'aws:MultiFactorAuthAge': '200000000001' } },
    { DateLessThanEquals: { 'aws:CurrentTime': '2027-04-01T00:00:00Z' } },
    { DateLessThan: { 'aws:CurrentTime': '2027-04-01' } },
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  ])('there is none with %j, whose answers renaming could change', (Condition) => {
    const document = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition }] };
    expect(new Speller(register).document(document)).toBeUndefined();
  });

  test('two texts that are not the same never have one form with the same names', () => {
    const speller = new Speller(register);
    const piece = fc.constantFrom(
      ...[
        '200000000001',
        '200000000002',
        'leeds',
        'camden',
        'agreements',
        'benefits',
        'blue-badges',
        'object',
      ],
      ...[
        '0123456789ab--leeds',
        'ba9876543210--camden',
        '--',
        '*',
        '????????????--leeds',
        'arn:aws:iam:',
        'x',
      ],
      ...['role', 'team/reader', '2027-04-01T00:00:00Z', ''],
    );
    const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('/'));
    const colons = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(':'));
    fc.assert(
      fc.property(fc.oneof(text, colons), fc.oneof(text, colons), (one, other) => {
        const [a, b] = [speller.text(one), speller.text(other)];
        fc.pre(a !== undefined && b !== undefined && one !== other);
        expect([a?.form, ...(a?.names ?? [])]).not.toEqual([b?.form, ...(b?.names ?? [])]);
      }),
      { numRuns: 500 },
    );
  });
});
