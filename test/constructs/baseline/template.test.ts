/** That every account begins with what it needs, and that nobody gets more by it than a deployment takes. */

import type { TemplateResource } from '../../../lib/assembly';
import { waitedFor } from '../../../lib/assembly/waits';
import { CONFIG_RULES, LEFT_OUT } from '../../../lib/constructs/baseline/config-rules';
import { stackSetText } from '../../../lib/constructs/baseline/stack-set-text';
import { baselineTemplate } from '../../../lib/constructs/baseline/template';
import { type CallerInput, callerOf } from '../../../lib/iam/caller';
import { decide, type Verdict } from '../../../lib/iam/decide';
import { type Environment, environmentOf } from '../../../lib/iam/environment';
import { compile } from '../../../lib/iam/policy';
import { requestOf } from '../../../lib/iam/request';
import { QUALIFIER } from '../../../lib/names/bootstrap-names';
import { executionNeeds, executionPermissions } from '../../../lib/policy/bootstrap-execution';
import { LIMITS } from '../../../lib/policy/limits';
import { AS_OF, registerOf } from '../../policy/sample-register';
import { keptRegister } from '../../stacks/kept-assemblies';
import { WITH_ENGINE } from '../../stacks/rollout/engine-sample';

type Json = Readonly<Record<string, unknown>>;

const { zone } = registerOf();
const LEEDS = '100000000022';
const TYPES = Object.keys(executionNeeds(zone));
/** The template as CloudFormation would put it into Leeds’s account. */
const inLeeds = (of = zone) => {
  const text = JSON.stringify(baselineTemplate(of, TYPES).Resources).replaceAll(`\${AWS::AccountId}`, LEEDS);
  return JSON.parse(text.replace(/\{"Fn::Sub":("[^"]*")\}/g, '$1')) as Record<
    string,
    { Type: string; Properties: Json }
  >;
};
const resources = inLeeds();
const propertiesOf = (id: string): Json => resources[id]?.Properties ?? {};
const inlineOf = (id: string) =>
  compile((propertiesOf(id).Policies as { PolicyDocument: unknown }[])[0]?.PolicyDocument, {
    kind: 'identity',
    name: id,
  });

function verdict(
  by: CallerInput,
  action: string,
  resource: string,
  environment: Environment,
  context = {},
): Verdict {
  const request = requestOf({
    caller: callerOf(by),
    action,
    resource,
    ...(resource !== '*' && { resourceAccount: LEEDS }),
    context,
  });
  return decide(request, environmentOf(environment)).verdict;
}

const role = (arn: string): CallerInput => ({ type: 'role', arn, session: 's' });
const [deployer = ''] = zone.guardrails.deployers;
const everything = (kind: 'identity') =>
  compile(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    { kind, name: 'all' },
  );

/** A key whose policy leaves everything to its account. */
const ACCOUNT_KEY = compile(
  {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: LEEDS }, Action: 'kms:*', Resource: '*' }],
  },
  { kind: 'key', name: 'key' },
);

it('lets CloudFormation do what each kind of resource needs, and by putting statements together not one thing more', () => {
  /** Each action on each resource under each value of the condition’s keys. */
  const apart = (actions: readonly string[], resources: readonly string[], condition: object = {}) => {
    const tests = Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(keys as Json).map(([key, values]) => [operator, key, values] as const),
    );
    const [only] = tests;
    const values = tests.length === 1 && only?.[0] === 'StringEquals' ? [only[2]].flat() : [tests];
    const under = values.map((value) => (only && values[0] !== tests ? [[only[0], only[1], value]] : tests));
    return actions.flatMap((action) =>
      resources.flatMap((resource) => under.map((each) => JSON.stringify([action, resource, each]))),
    );
  };
  const needed = Object.values(executionNeeds(zone))
    .flat()
    .flatMap(({ actions, resources, condition }) => apart(actions, resources, condition));
  const given = executionPermissions(zone, TYPES).Statement.flatMap(({ Action, Resource, Condition }) =>
    apart(Action, [Resource].flat() as string[], Condition),
  );
  // What is said by a wider action beside it is not said again.
  const wide = needed.flatMap((each) => {
    const [action, ...on] = JSON.parse(each) as [string, ...unknown[]];
    return action.endsWith('*') ? [[action.slice(0, -1), JSON.stringify(on)]] : [];
  });
  const isCovered = (each: string) => {
    const [action, ...on] = JSON.parse(each) as [string, ...unknown[]];
    return wide.some(
      ([begin, where]) =>
        where === JSON.stringify(on) && action.startsWith(String(begin)) && action !== `${begin}*`,
    );
  };
  expect([...new Set(given)].sort()).toEqual([...new Set(needed)].filter((each) => !isCovered(each)).sort());
  // AWS gives a role 10,240 bytes.
  expect(JSON.stringify(executionPermissions(zone, TYPES)).length).toBeLessThan(0.9 * 10_240);
});

describe('the roles of the bootstrap', () => {
  it.each(['DeployRole', 'FilePublishingRole', 'LookupRole'])(
    '%s is taken on by declared deployers alone',
    (id) => {
      const trust = compile(propertiesOf(id).AssumeRolePolicyDocument, { kind: 'trust', name: id });
      const arn = `arn:aws:iam::${LEEDS}:role/${propertiesOf(id).RoleName}`;
      const takes = (by: string, context = {}) =>
        verdict(
          role(by),
          'sts:AssumeRole',
          arn,
          { identity: [everything('identity')], resource: trust },
          context,
        );
      expect(takes(deployer)).toBe('allowed');
      expect(takes(deployer, { 'sts:ExternalId': 'somebody' })).toBe('implicitly denied');
      for (const other of [`${deployer}-2`, `arn:aws:iam::${LEEDS}:role/administrator`])
        expect(takes(other)).toBe('implicitly denied');
    },
  );

  it.each([
    ['LookupRole', 's3:GetObject', `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`],
    ['LookupRole', 'kms:Decrypt', `arn:aws:kms:eu-west-2:${LEEDS}:key/abc`],
    ['LookupRole', 'cloudformation:UpdateStack', `arn:aws:cloudformation:eu-west-2:${LEEDS}:stack/Zone/x`],
    ['DeployRole', 's3:GetObject', `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`],
    [
      'DeployRole',
      'cloudformation:UpdateStack',
      `arn:aws:cloudformation:eu-west-2:${LEEDS}:stack/Benefits/x`,
    ],
    ['DeployRole', 'iam:PassRole', `arn:aws:iam::${LEEDS}:role/concordat/concordat-grant-broker`],
    [
      'FilePublishingRole',
      's3:PutObject',
      `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`,
    ],
    [
      'FilePublishingRole',
      's3:DeleteObject',
      `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an/x.zip`,
    ],
    ['ExecutionRole', 'iam:CreateRole', `arn:aws:iam::${LEEDS}:role/administrator`],
    ['ExecutionRole', 's3:PutBucketPolicy', 'arn:aws:s3:::councils-own-bucket'],
    ['ExecutionRole', 'lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-2:${LEEDS}:function:benefits`],
    ['ExecutionRole', 'kms:CreateGrant', `arn:aws:kms:eu-west-2:${LEEDS}:key/abc`],
    ['ExecutionRole', 'ec2:RunInstances', '*'],
  ])('%s has no right to %s on %s', (id, action, resource) => {
    const arn = `arn:aws:iam::${LEEDS}:role/${propertiesOf(id).RoleName}`;
    const environment = {
      identity: [inlineOf(id)],
      ...(resource.includes(':key/') && { resource: ACCOUNT_KEY }),
    };
    expect(verdict(role(arn), action, resource, environment)).toBe('implicitly denied');
  });

  it('name no whole service, and nothing but what is needed on whatever there is', () => {
    for (const [id, { Type, Properties }] of Object.entries(resources)) {
      if (Type !== 'AWS::IAM::Role') continue;
      const text = JSON.stringify(Properties);
      expect([
        id,
        /"(?:\*|[a-z0-9-]+:\*)"|AdministratorAccess/.exec(text.replaceAll('"Resource":["*"]', '')),
      ]).toEqual([id, null]);
    }
  });
});

describe('the boundary of CloudFormation’s role', () => {
  const boundary = compile(propertiesOf('Boundary').PolicyDocument, {
    kind: 'permissions boundary',
    name: 'boundary',
  });
  const arn = `arn:aws:iam::${LEEDS}:role/${propertiesOf('ExecutionRole').RoleName}`;
  const asAdministrator = (action: string, resource: string, context = {}) =>
    verdict(role(arn), action, resource, { identity: [everything('identity')], boundary }, context);
  const viaS3 = { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' };

  it('is set, by the template itself', () => {
    expect(propertiesOf('ExecutionRole').PermissionsBoundary).toEqual({ Ref: 'Boundary' });
  });

  it.each([
    ['iam:CreateUser', `arn:aws:iam::${LEEDS}:user/mallory`],
    ['iam:CreateRole', `arn:aws:iam::${LEEDS}:role/administrator`],
    ['iam:PutRolePolicy', `arn:aws:iam::${LEEDS}:role/cdk-concordat-deploy-role-${LEEDS}-eu-west-2`],
    ['iam:CreatePolicyVersion', `arn:aws:iam::${LEEDS}:policy/concordat-deployment-boundary`],
    ['s3:GetObject', `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`],
    ['s3:PutObject', `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`],
    ['s3:DeleteObjectVersion', `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/agreements/x`],
    ['kms:Decrypt', `arn:aws:kms:eu-west-2:${LEEDS}:key/abc`],
  ])('denies %s on %s to it even as an administrator', (action, resource) => {
    expect(asAdministrator(action, resource)).toBe('explicitly denied');
  });

  it('lets it use no service that the landing zone does not', () => {
    for (const action of ['ec2:RunInstances', 'organizations:LeaveOrganization', 'sts:AssumeRole'])
      expect(asAdministrator(action, '*')).toBe('implicitly denied');
  });

  it('lets it read assets, and use keys through tables and assets', () => {
    const staging = `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an/x.zip`;
    expect(asAdministrator('s3:GetObject', staging)).toBe('allowed');
    expect(asAdministrator('s3:PutBucketPolicy', 'arn:aws:s3:::concordat-exchange-x')).toBe('allowed');
    for (const via of [viaS3, { 'kms:ViaService': 'dynamodb.eu-west-2.amazonaws.com' }])
      expect(
        verdict(
          role(arn),
          'kms:Decrypt',
          `arn:aws:kms:eu-west-2:${LEEDS}:key/abc`,
          {
            identity: [everything('identity')],
            boundary,
            resource: ACCOUNT_KEY,
          },
          via,
        ),
      ).toBe('allowed');
  });
});

describe('what CloudFormation’s role does with roles and keys', () => {
  const arn = `arn:aws:iam::${LEEDS}:role/${propertiesOf('ExecutionRole').RoleName}`;
  const own = { identity: [inlineOf('ExecutionRole')] };
  const boundary = compile(propertiesOf('Boundary').PolicyDocument, {
    kind: 'permissions boundary',
    name: 'boundary',
  });
  const mine = `arn:aws:iam::${LEEDS}:role/concordat/concordat-collect`;
  const caps = (name: string, account = LEEDS) => ({
    'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/${name}`,
  });
  const asks = (action: string, context: object, environment: Environment = own) =>
    verdict(role(arn), action, mine, environment, context);
  const CHANGES = [
    'iam:CreateRole',
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
    'iam:UpdateAssumeRolePolicy',
  ];
  const BAD: readonly (readonly [string, object])[] = [
    ['without a boundary', {}],
    [
      'with the administrator’s policy for one',
      { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    ['with its own boundary', caps('concordat-deployment-boundary')],
    ['with one of another account', caps('concordat-member-roles-boundary', '999999999999')],
  ];

  it.each(CHANGES)('%s: on roles with a boundary of the landing zone', (action) => {
    for (const name of ['concordat-member-roles-boundary', 'concordat-zone-roles-boundary']) {
      expect(asks(action, caps(name))).toBe('allowed');
      expect(asks(action, caps(name), { ...own, boundary })).toBe('allowed');
    }
  });

  it.each(CHANGES.flatMap((action) => BAD.map(([how, context]) => [action, how, context] as const)))(
    '%s: not on a role %s, whichever of its policies is asked',
    (action, _, context) => {
      expect(asks(action, context)).toBe('implicitly denied');
      expect(asks(action, context, { identity: [everything('identity')], boundary })).toBe(
        'explicitly denied',
      );
    },
  );

  it('takes no policy off a role that has another boundary', () => {
    expect(asks('iam:DeleteRolePolicy', caps('concordat-member-roles-boundary'))).toBe('allowed');
    for (const [, context] of BAD) expect(asks('iam:DeleteRolePolicy', context)).toBe('implicitly denied');
  });

  it('takes no boundary away, and attaches no policy, even as an administrator', () => {
    const administrator = { identity: [everything('identity')], boundary };
    for (const context of [{}, caps('concordat-member-roles-boundary')])
      expect(asks('iam:DeleteRolePermissionsBoundary', context, administrator)).toBe('explicitly denied');
    expect(asks('iam:AttachRolePolicy', {}, administrator)).toBe('explicitly denied');
    expect(asks('iam:AttachRolePolicy', caps('concordat-member-roles-boundary'))).toBe('implicitly denied');
  });

  const keyOf = (action: string, context: object, resource = `arn:aws:kms:eu-west-2:${LEEDS}:key/abc`) =>
    verdict(
      role(arn),
      action,
      resource,
      { ...own, ...(resource !== '*' && { resource: ACCOUNT_KEY }) },
      context,
    );
  const carries = { 'aws:ResourceTag/concordat:key-purpose': 'shared-data' };
  const gets = { 'aws:RequestTag/concordat:key-purpose': 'shared-data' };
  const viaTables = { 'kms:ViaService': 'dynamodb.eu-west-2.amazonaws.com' };

  it.each([
    ['kms:PutKeyPolicy', {}],
    ['kms:ScheduleKeyDeletion', {}],
    ['kms:UntagResource', {}],
    ['kms:TagResource', {}],
    ['kms:UpdateKeyDescription', {}],
    ['kms:DisableKeyRotation', {}],
    ['kms:CreateAlias', {}],
    ['kms:CreateGrant', viaTables],
    ['kms:Decrypt', viaTables],
  ])('%s: on keys of the landing zone alone', (action, context) => {
    expect(keyOf(action, { ...context, ...carries })).toBe('allowed');
    expect(keyOf(action, { ...context, 'aws:ResourceTag/department': 'housing' })).toBe('implicitly denied');
  });

  it('makes keys that say what they are for, and no others', () => {
    expect(keyOf('kms:CreateKey', gets, '*')).toBe('allowed');
    expect(keyOf('kms:TagResource', gets)).toBe('allowed');
    for (const context of [{}, { 'aws:RequestTag/department': 'housing' }])
      expect(keyOf('kms:CreateKey', context, '*')).toBe('implicitly denied');
  });

  it('is not handed what was there before: the role that deploys plans no import', () => {
    const stack = `arn:aws:cloudformation:eu-west-2:${LEEDS}:stack/Organisation-leeds/x`;
    const deploy = `arn:aws:iam::${LEEDS}:role/${propertiesOf('DeployRole').RoleName}`;
    const plans = (context: object) =>
      verdict(
        role(deploy),
        'cloudformation:CreateChangeSet',
        stack,
        { identity: [inlineOf('DeployRole')] },
        context,
      );
    expect(plans({})).toBe('allowed');
    expect(plans({ 'cloudformation:ImportResourceTypes': ['AWS::KMS::Key'] })).toBe('implicitly denied');
  });
});

describe('the rest of the baseline', () => {
  it('is one template for all accounts: it names none but those that deploy and the operator’s, and takes no parameters', () => {
    const template = baselineTemplate(zone, TYPES);
    expect(Object.keys(template).sort()).toEqual(['Description', 'Outputs', 'Resources']);
    const accounts = new Set(JSON.stringify(template).match(/\b\d{12}\b/g));
    const known = [...zone.guardrails.deployers.map((arn) => arn.split(':')[4]), zone.accounts.zone];
    expect([...accounts].sort()).toEqual([...new Set(known)].sort());
    expect(JSON.stringify(template)).not.toMatch(/"Fn::(?!Sub|GetAtt)|Transform/);
  });

  it('calls its bootstrap as the CDK would with our qualifier, which the CDK allows', () => {
    expect(QUALIFIER).toMatch(/^[A-Za-z0-9_-]{1,10}$/);
    for (const id of ['DeployRole', 'FilePublishingRole', 'LookupRole', 'ExecutionRole'])
      expect(String(propertiesOf(id).RoleName)).toMatch(
        new RegExp(`^cdk-${QUALIFIER}-(?:deploy|file-publishing|lookup|cfn-exec)-role-${LEEDS}-eu-west-2$`),
      );
    expect(propertiesOf('BootstrapVersion').Name).toBe(`/cdk-bootstrap/${QUALIFIER}/version`);
  });

  it('keeps assets closed, versioned and encrypted, in a namespace that no other account can take', () => {
    expect(propertiesOf('StagingBucket')).toMatchObject({
      BucketNamespace: 'account-regional',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(JSON.stringify(propertiesOf('StagingBucketPolicy'))).toContain('DenyRequestsWithoutTls');
  });

  it('lets the publishing role alone write where stacks, code and lists of grants are deployed from', () => {
    const policy = compile(propertiesOf('StagingBucketPolicy').PolicyDocument, {
      kind: 'bucket',
      name: 'assets',
    });
    const asset = `arn:aws:s3:::${propertiesOf('StagingBucket').BucketName}/0123abcd.json`;
    const asks = (name: string, action: string) =>
      verdict(
        role(`arn:aws:iam::${LEEDS}:role/${name}`),
        action,
        asset,
        { identity: [everything('identity')], resource: policy },
        { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' },
      );
    const publisher = `cdk-concordat-file-publishing-role-${LEEDS}-eu-west-2`;
    for (const action of ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject'])
      expect([action, asks(publisher, action)]).toEqual([action, 'allowed']);
    const others = [
      'administrator',
      `cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`,
      `cdk-concordat-deploy-role-${LEEDS}-eu-west-2`,
      'stacksets-exec-0123',
      'concordat/concordat-grant-broker',
      // Of another Region, or of another landing zone: named alike, and not ours.
      `cdk-concordat-file-publishing-role-${LEEDS}-eu-west-1`,
    ];
    const writes = `AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging DeleteObjectVersion
      PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionTagging
      ReplicateDelete ReplicateObject ReplicateTags RestoreObject UpdateObjectEncryption`;
    for (const other of others) {
      for (const action of writes.split(/\s+/))
        expect([other, action, asks(other, `s3:${action}`)]).toEqual([other, action, 'explicitly denied']);
      expect([other, asks(other, 's3:GetObject')]).toEqual([other, 'allowed']);
    }
  });

  it('lets AWS Config write to its bucket as its role, whose rights are what AWS asks about within an account', () => {
    const bucket = `concordat-config-${LEEDS}-eu-west-2-an`;
    const arn = `arn:aws:s3:::${bucket}`;
    const by = role(`arn:aws:iam::${LEEDS}:role/concordat/concordat-config`);
    const asks = (action: string, resource: string) =>
      verdict(
        by,
        action,
        resource,
        { identity: [inlineOf('ConfigRole')] },
        { 'aws:SecureTransport': 'true' },
      );
    expect([
      asks('s3:PutObject', `${arn}/AWSLogs/${LEEDS}/Config/ConfigWritabilityCheckFile`),
      asks('s3:GetBucketAcl', arn),
      asks('s3:ListBucket', arn),
    ]).toEqual(['allowed', 'allowed', 'allowed']);
    expect([
      asks('s3:PutObject', `${arn}/AWSLogs/100000000033/Config/file`),
      asks(
        's3:PutObject',
        `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an/AWSLogs/${LEEDS}/Config/file`,
      ),
      asks('s3:GetObject', `${arn}/AWSLogs/${LEEDS}/Config/file`),
      asks('s3:DeleteObject', `${arn}/AWSLogs/${LEEDS}/Config/file`),
    ]).toEqual(Array(4).fill('implicitly denied'));
  });

  it('has AWS Config deliver, which writes at once into a bucket, after its role, and not after its recorder', () => {
    const made = resources as Record<string, TemplateResource>;
    for (const id of ['ConfigRecorder', 'ConfigDelivery']) {
      expect([...waitedFor({ resources: made }, id)]).toEqual(
        expect.arrayContaining(['ConfigBucketPolicy', 'ConfigRole']),
      );
      // The one starts only once the other is there, and the other is taken only once the one is.
      expect([...waitedFor({ resources: made }, id)]).not.toEqual(
        expect.arrayContaining([id === 'ConfigRecorder' ? 'ConfigDelivery' : 'ConfigRecorder']),
      );
    }
  });

  it('has AWS Config where the register wants it, with no rule that was left out, and no trace of it elsewhere', () => {
    const rules = Object.values(resources).filter(({ Type }) => Type === 'AWS::Config::ConfigRule');
    expect(rules).toHaveLength(Object.keys(CONFIG_RULES).length);
    expect(rules).toHaveLength(36);
    expect(Object.keys(CONFIG_RULES).filter((rule) => rule in LEFT_OUT)).toEqual([]);
    expect(LEFT_OUT.S3_BUCKET_REPLICATION_ENABLED).toMatch(/leave the UK/);
    const none = inLeeds({ ...zone, baseline: { ...zone.baseline, config: 'none' } });
    expect(JSON.stringify(none)).not.toMatch(/AWS::Config|config/);
  });
});

it('has a tenth of what AWS takes left, whatever of the landing zone is turned on at once', () => {
  // Everything: roles that watch, AWS Config, and every kind of resource, those of a served mailbox among them.
  const { zone: watched } = keptRegister(WITH_ENGINE, AS_OF);
  expect(watched.rollout?.watchedBy).toBeDefined();
  expect(watched.baseline.config).toBe('ncsc');
  expect(TYPES).toEqual(expect.arrayContaining(['AWS::CloudFront::Distribution', 'AWS::IAM::OIDCProvider']));
  const body = stackSetText(baselineTemplate(watched, TYPES));
  // It stands as one string in the template of `Baseline`, which has parameters and units besides, and is not uploaded first.
  const around = 1_500;
  const { most } = LIMITS.inlineTemplateBytes;
  expect(Buffer.byteLength(JSON.stringify(body)) + around).toBeLessThan(most * 0.9);
});
