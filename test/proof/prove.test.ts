/** The access proof over the sample, and over the sample with one thing changed by hand. */

import { stackSetTemplate, worldOf } from '../../lib/assembly';
import { findingsOf } from '../../lib/proof/findings';
import { prove } from '../../lib/proof/prove';
import { dateOf } from '../../lib/register/calendar';
import { edited, replace, SAMPLE } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';
import { all, changed, type Document, findings, type Json, type Statement, sample, textOf } from './world';

const DWP = '100000000011';
const ZONE = '100000000002';
const FIFE = 'arn:aws:iam::100000000023:root';

test('what the sample’s templates allow is what its agreements imply, and nothing else', () => {
  const proof = prove(worldOf(sample()));
  expect(findingsOf(proof)).toEqual([]);
  expect(proof.shares).toBeGreaterThan(10);
  expect(proof.pairs).toBe(14 * 13);
  expect(proof.asked).toBeGreaterThan(10_000);
  expect(proof.covered).toBeGreaterThan(proof.compared);
});

test.each(['2027-01-01', '2027-04-01'])('so it is as of %s', (day) => {
  const world = worldOf(synthesised({ asOf: dateOf(day) }).assembly);
  expect(textOf(prove(world))).toEqual([]);
});

test('a door that is open to all is told as that first, and to the owner’s own roles last', () => {
  const found = findings(
    changed('Organisation-dwp', (r) => {
      point(r).Statement.push({ ...open('s3:GetObject', first(point(r)).Resource), Principal: '*' });
    }),
    DWP,
  );
  const heads = found.map((each) => each.split('\n')[0] ?? '');
  expect(heads[0]).toMatch(
    /^extra: anybody, without a signature, can read|^extra: anybody, without a signature can read/,
  );
  expect(heads.findIndex((each) => each.startsWith('extra: account 9'))).toBe(1);
  expect(heads.at(-1)).toMatch(/^extra: dwp /);
});

test('so it is where an agreement lets its recipients collect by links that they have signed', () => {
  const within = '  collectWithin: ';
  const files = edited(
    SAMPLE,
    replace('agreements/housing-benefit-awards.yaml', within, `  presignedUrls: allowed\n${within}`),
  );
  const allowed = worldOf(synthesised({ files }).assembly);
  expect(textOf(prove(allowed))).toEqual([]);
  // Each half alone is a finding: links that the register does not allow, and links that it allows and that are refused.
  const { register } = worldOf(sample());
  const owner = new Set([DWP]);
  expect(textOf(prove({ ...allowed, register }, owner))).toContainEqual(
    expect.stringMatching(/^extra: .*read/),
  );
  expect(textOf(prove({ ...worldOf(sample()), register: allowed.register }, owner))).toContainEqual(
    expect.stringMatching(/^missing: .*read/),
  );
});

const point = (resources: Record<string, Json>) => {
  const found = all(resources, 'AWS::S3::AccessPoint').find(({ Properties }) =>
    Properties.Name.endsWith('--camden'),
  );
  if (found === undefined) throw new Error('there is no access point for camden');
  return found.Properties.Policy;
};
const bucket = (resources: Record<string, Json>) =>
  all(resources, 'AWS::S3::BucketPolicy')[0]?.Properties.PolicyDocument as Document;
const key = (resources: Record<string, Json>) =>
  all(resources, 'AWS::KMS::Key')[0]?.Properties.KeyPolicy as Document;
const role = (resources: Record<string, Json>, name: string) =>
  all(resources, 'AWS::IAM::Role').find(({ Properties }) => Properties.RoleName === name)
    ?.Properties as Json['Properties'];
const first = ({ Statement: [statement] }: Document) => statement as Statement;
const without = (document: Document, sid: string) => {
  const kept = document.Statement.filter(({ Sid }) => Sid !== sid);
  expect(kept.length).toBe(document.Statement.length - 1);
  document.Statement = kept;
};
const open = (action: string, resource: unknown): Statement => ({
  Sid: 'Rogue',
  Effect: 'Allow',
  Principal: { AWS: FIFE },
  Action: [action],
  Resource: resource,
});

type Change = (resources: Record<string, Json>) => void;

/** What is changed, how, and what the findings must name: the kind with the reader, and the statement. */
const CHANGES: readonly (readonly [string, Change, RegExp, RegExp])[] = [
  [
    'a rogue reader in an access point',
    (r) => point(r).Statement.push(open('s3:GetObject', first(point(r)).Resource)),
    /extra: fife .*read.* what is dwp’s/,
    /'Rogue' of 'Organisation-dwp\/Share/,
  ],
  [
    'a rogue reader in the bucket’s policy',
    (r) => bucket(r).Statement.push(open('s3:GetObject', `${String(first(bucket(r)).Resource as string)}`)),
    /extra: fife .*read.* what is dwp’s/,
    /'Rogue' of 'Organisation-dwp\/ExchangePolicy/,
  ],
  [
    'a rogue reader in the key’s policy',
    (r) => {
      key(r).Statement.push(open('kms:Decrypt', '*'));
    },
    /extra: fife .*decrypt.* what is dwp’s/,
    /'Rogue' of 'Organisation-dwp\/EncryptionKey/,
  ],
  [
    'a reader dropped',
    (r) => without(point(r), 'GetByCamdenUnderBenefitRates'),
    /missing: camden .*read.* what is dwp’s, though the agreement benefit-rates/,
    /no yes from policy of the access point/,
  ],
  [
    'an end dropped',
    (r) => {
      delete first(point(r)).Condition?.DateLessThan;
    },
    /extra: camden .*read/,
    /'GetByCamdenUnderBenefitRates'/,
  ],
  [
    'a prefix widened by one character',
    (r) => {
      const s = first(point(r));
      s.Resource = String(s.Resource).replace('/*', '*');
    },
    /extra: camden .*read/,
    /'GetByCamdenUnderBenefitRates'/,
  ],
  [
    'another agreement beside its own',
    (r) => {
      const s = first(point(r));
      s.Resource = [s.Resource, String(s.Resource).replace(/agreements\/.*/, 'agreements/other/*')];
    },
    /extra: camden .*read/,
    /'GetByCamdenUnderBenefitRates'/,
  ],
  [
    'the verdict no longer asked for',
    (r) => {
      delete first(point(r)).Condition?.StringEquals;
    },
    /extra: camden .*read/,
    /'GetByCamdenUnderBenefitRates'/,
  ],
  [
    'an upload under any key',
    (r) => without(bucket(r), 'DenyAnyOtherKey'),
    /extra: dwp .*write/,
    /x-amz-server-side-encryption-aws-kms-key-id/,
  ],
  [
    'no denial of requests without TLS',
    (r) => without(bucket(r), 'DenyRequestsWithoutTls'),
    /extra: dwp/,
    /aws:securetransport = "false"/,
  ],
  [
    'tags for everybody',
    (r) => without(bucket(r), 'DenyTaggingByAllButMalwareScanAndReleaseGate'),
    /extra: dwp .*tag/,
    /PutObjectTagging/,
  ],
  [
    'a key used without S3',
    (r) => without(key(r), 'DenyUseUnlessThroughS3'),
    /extra: leeds .*decrypt/,
    /grant '.*--leeds/,
  ],
  [
    'grants of any shape',
    (r) => {
      const s = key(r).Statement.find(({ Sid }) => Sid.startsWith('GrantBrokerLets'));
      delete s?.Condition?.StringLike;
    },
    /extra: dwp .*grant/,
    /GrantBrokerLetsCollectRolesReadInOwnBucket/,
  ],
  [
    'a deposit role that reads, and that nothing caps',
    (r) => {
      delete role(r, 'concordat-deposit').PermissionsBoundary;
      first(role(r, 'concordat-deposit').Policies[0]?.PolicyDocument as Document).Action.push('s3:GetObject');
    },
    /extra: dwp .*read/,
    /'DepositUnderAgreements'/,
  ],
  [
    'a role that anybody of the account takes on',
    (r) => {
      delete first(role(r, 'concordat-deposit').AssumeRolePolicyDocument).Condition;
    },
    /extra: dwp .*take on a role/,
    /DeclaredPrincipalsTakeOnTheRole/,
  ],
  [
    'a role that an outsider takes on',
    (r) => {
      role(r, 'concordat-collect').AssumeRolePolicyDocument.Statement.push({
        Sid: 'Rogue',
        Effect: 'Allow',
        Principal: { AWS: '999999999999' },
        Action: ['sts:AssumeRole'],
      });
    },
    /extra: account 999999999999 .*take on a role/,
    /'Rogue'/,
  ],
  [
    'an access point dropped',
    (r) => {
      for (const [id, each] of Object.entries(r))
        if (each.Type === 'AWS::S3::AccessPoint' && each.Properties.Name.endsWith('--camden')) delete r[id];
    },
    /missing: camden cannot read what is dwp’s/,
    /no template makes the access point/,
  ],
  [
    'a condition that is not known',
    (r) => {
      first(point(r)).Condition = { StringMatchesMoonPhase: { 'aws:CurrentTime': 'full' } };
    },
    /not judged: whether camden/,
    /StringMatchesMoonPhase/,
  ],
  [
    'a role’s name widened',
    (r) => {
      const block = first(point(r)).Condition;
      if (block?.ArnEquals)
        block.ArnEquals['aws:PrincipalArn'] = 'arn:aws:iam::100000000021:role/concordat/concordat-coll*';
    },
    /extra: camden \(role\/concordat\/concordat-collx?, .*read/,
    /'GetByCamdenUnderBenefitRates'/,
  ],
  [
    'a variable that varies',
    (r) => {
      const wanted = first(point(r)).Condition;
      if (wanted) wanted.StringLike = { 's3:prefix': `\${aws:SourceIp}` };
    },
    /not understood: 'GetByCamdenUnderBenefitRates'/,
    /aws:sourceip/,
  ],
  [
    'a type of resource that is not known',
    (r) => {
      r.Door = { Type: 'AWS::S3::MultiRegionAccessPoint', Properties: {} } as unknown as Json;
    },
    /not understood: Organisation-dwp\/Door/,
    /MultiRegionAccessPoint/,
  ],
];

describe('what caps the roles', () => {
  const reads: Change = (r) => {
    first(role(r, 'concordat-deposit').Policies[0]?.PolicyDocument as Document).Action.push('s3:GetObject');
  };

  test('keeps a role from what it was given by mistake', () => {
    expect(findings(changed('Organisation-dwp', reads), DWP)).toEqual([]);
  });

  /** Both StackSets with a statement of the members’ boundary changed. */
  const capped = (sets: readonly string[], change: (statement: Statement) => void) =>
    sets.reduce(
      (from, set) =>
        changed(
          set,
          (resources) => {
            for (const { Properties } of Object.values(resources)) {
              const properties = Properties as unknown as { TemplateBody: string };
              const body = stackSetTemplate(properties.TemplateBody) as { Resources: Record<string, Json> };
              for (const each of body.Resources.MemberRolesBoundary?.Properties.PolicyDocument.Statement ??
                [])
                change(each);
              properties.TemplateBody = JSON.stringify(body);
            }
          },
          from,
        ),
      sample(),
    );
  const noDecrypting = (each: Statement) => {
    if (each.Sid === 'UseKeysThroughServices') each.Action = ['kms:GenerateDataKey'];
  };
  const SETS = sample()
    .stacks.map(({ name }) => name)
    .filter((name) => name.startsWith('Baseline'));

  test('is read from the baseline: where it takes away what agreements give, that is found', () => {
    const found = findings(capped(SETS, noDecrypting), DWP).join('\n');
    expect(found).toMatch(/missing: dwp .*decrypt/);
    expect(found).toMatch(/permissions boundary/);
  });

  test('is not believed where the StackSets do not make it alike, or do not make it', () => {
    const named = `arn:aws:iam::${DWP}:policy/concordat-member-roles-boundary`;
    const other: Change = (r) => {
      role(r, 'concordat-deposit').PermissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess';
    };
    if (SETS.length > 1)
      expect(findings(capped(SETS.slice(1), noDecrypting), DWP).join('\n')).toContain(`boundary ${named}`);
    expect(findings(changed('Organisation-dwp', other), DWP).join('\n')).toMatch(
      /not understood: Organisation-dwp\/DepositRole\w+ names the permissions boundary arn:aws:iam::aws:policy\/AdministratorAccess/,
    );
  });
});

test.each(CHANGES)('%s is found, with who and by which statement', (_what, change, who, statement) => {
  const found = findings(changed('Organisation-dwp', change), DWP);
  expect(found.join('\n')).toMatch(who);
  expect(found.filter((each) => who.test(each)).join('\n')).toMatch(statement);
});

test('a table that names no key is found, and is no fault of the proof', () => {
  const found = findings(
    changed('Zone', (resources) => {
      for (const { Properties } of all(resources, 'AWS::DynamoDB::Table'))
        (Properties as Record<string, unknown>).SSESpecification = { SSEEnabled: false };
    }),
    ZONE,
  );
  expect(found.join('\n')).toContain('SSESpecification');
});
