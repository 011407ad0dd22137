/**
 * That a deployment gets through under the guardrails that the sample brings, and that whatever would keep it from doing so
 * is found: each thing that it needs is taken away in turn.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, type AssemblyStack, openAssembly, stackSetTemplate } from '../../../lib/assembly';
import { tellRefusal } from '../../../lib/proof/in-words';
import { ownPath } from '../../../lib/proof/own-path/own-path';
import { OwnPathCheck } from '../../../lib/stacks/own-path-check';
import { type Sample, synthesised, textOf } from '../../stacks/sample-assembly';

type Json = Record<string, unknown>;

/** Enough to meet every kind of resource, and three kinds of custody. */
const KEPT = /^(?:Guardrails|Baseline|Budgets|Zone|Organisation-(?:leeds|leeds-hospitals|hmcts|dwp))$/;

let sample: Sample;
let source: Assembly;
beforeAll(() => {
  sample = synthesised();
  const all = openAssembly(sample.folder);
  source = { ...all, stacks: all.stacks.filter(({ name }) => KEPT.test(name)) };
});

const judged = (changed: Assembly) => ownPath(changed, sample.register.zone.awsOrganizationId);
const refusals = (changed: Assembly) =>
  judged(changed).refusals.map(
    ({ step, because }) => `${step.by} ${step.action}: ${because.map(tellRefusal).join('; ')}`,
  );

/** The source with the text of one stack’s resources changed. */
function rewritten(stack: string, change: (text: string) => string): Assembly {
  const stacks = source.stacks.map((each): AssemblyStack => {
    if (each.name !== stack) return each;
    const before = JSON.stringify(each.resources);
    const after = change(before);
    if (after === before) throw new Error(`nothing changed in ${stack}`);
    return { ...each, resources: JSON.parse(after) as AssemblyStack['resources'] };
  });
  return { ...source, stacks };
}

/** The source with one resource of the baseline changed. */
function withBaseline(id: string, change: (properties: Json) => Json): Assembly {
  return rewritten('Baseline', (text) => {
    const resources = JSON.parse(text) as Record<string, { Properties: Json }>;
    for (const { Properties } of Object.values(resources)) {
      const body = stackSetTemplate(String(Properties.TemplateBody)) as {
        Resources: Record<string, { Properties: Json }>;
      };
      const resource = body.Resources[id];
      if (resource === undefined) throw new Error(`the baseline has no ${id}`);
      resource.Properties = change(resource.Properties);
      Properties.TemplateBody = JSON.stringify(body);
    }
    return JSON.stringify(resources);
  });
}

it('gets through, step by step, at every account', () => {
  const all = ownPath(openAssembly(sample.folder), sample.register.zone.awsOrganizationId);
  expect([all.refusals, all.unknown]).toEqual([[], []]);
  expect(all.judged).toBeGreaterThan(600);
});

it('judges the way of every kind of resource that is deployed, and every role of the bootstrap', () => {
  expect(refusals(source)).toEqual([]);
  const nobody = rewritten('Guardrails', (text) =>
    text.replaceAll('aws:PrincipalOrgID', 'aws:PrincipalTag/x'),
  );
  const by = new Set(judged(nobody).refusals.map(({ step }) => step.by));
  expect([...by].sort()).toEqual(['deploy', 'deployer', 'execute', 'publish', 'stack sets']);
});

it.each([
  ['execute', 'arn:aws:iam::*:role/cdk-concordat-cfn-exec-role-*'],
  ['stack sets', 'arn:aws:iam::*:role/stacksets-exec-*'],
  ['deploy', 'arn:aws:iam::*:role/cdk-concordat-deploy-role-*'],
  ['publish', 'arn:aws:iam::*:role/cdk-concordat-file-publishing-role-*'],
  ['execute', 'iam:*'],
  ['stack sets', 'budgets:*'],
])('is stopped, and it is found, where guardrails do not spare %s as %s', (by, spared) => {
  const found = judged(
    rewritten('Guardrails', (text) => text.replaceAll(`"${spared}"`, '"arn:aws:iam::*:role/x"')),
  );
  expect(found.refusals.map(({ step }) => step.by)).toContain(by);
});

it.each(['GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'Encrypt'])(
  'is stopped where the key of a table, or who makes the table, leaves out kms:%s, which DynamoDB needs at least',
  (action) => {
    const without = (text: string) => text.replaceAll(`kms:${action}`, 'kms:Verify');
    for (const stack of ['Zone', 'Baseline'])
      expect(refusals(rewritten(stack, without)).join()).toContain(`execute kms:${action}`);
  },
);

it('is stopped by a perimeter of another organisation, before a role is taken on', () => {
  const found = refusals(
    rewritten('Guardrails', (text) => text.replaceAll('o-example0000', 'o-another0000')),
  );
  expect(found).toContainEqual(
    "deployer sts:AssumeRole: 'DenyTheRestToAllButTheOrganisation' of 'concordat-perimeter' denies it",
  );
});

it('is stopped where a guardrail holds those who deploy, in their own account', () => {
  const found = refusals(
    rewritten('Guardrails', (text) =>
      text.replaceAll('"arn:aws:iam::*:root"', '"arn:aws:iam::100000000003:role/deployment"'),
    ),
  );
  expect(found).toContainEqual(
    "deployer sts:AssumeRole: 'DenyTheRootUser' of 'concordat-accountability' denies it",
  );
});

it('is stopped by a unit of another custody', () => {
  const found = refusals(rewritten('Guardrails', (text) => text.replaceAll('"EXTERNAL"', '"AWS_CLOUDHSM"')));
  expect(found).toContainEqual(
    "execute kms:CreateKey: 'DenyMakingKeysOfAnotherOrigin' of 'concordat-custody-imported' denies it",
  );
});

it('is stopped where a role of the bootstrap trusts nobody who deploys', () => {
  for (const role of ['DeployRole', 'FilePublishingRole']) {
    const changed = withBaseline(role, (properties) => ({
      ...properties,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
    }));
    // A deployer that no trust policy names is none: the two roles name the same ones.
    expect(refusals(changed)[0]).toMatch(/^deployer sts:AssumeRole: nobody may take on /);
  }
});

/** Permissions that no deployment needs, or that another statement gives too. */
const IDLE: Readonly<Record<string, readonly string[]>> = {
  DeployRole: ['CloseAccessPointsInAnEmergency'],
  FilePublishingRole: [],
  ExecutionRole: [],
};

it.each(Object.keys(IDLE))(
  'is stopped where any one permission of %s is missing, but for those that are listed',
  (role) => {
    const statements = (properties: Json) =>
      (properties.Policies as { PolicyDocument: { Statement: { Sid: string }[] } }[])[0]?.PolicyDocument
        .Statement ?? [];
    const sids: string[] = [];
    withBaseline(role, (properties) => {
      sids.push(...statements(properties).map(({ Sid }) => Sid));
      return { ...properties, Changed: true };
    });
    const idle = sids.filter((sid) => {
      const changed = withBaseline(role, (properties) => {
        const list = statements(properties);
        list.splice(
          list.findIndex(({ Sid }) => Sid === sid),
          1,
        );
        return properties;
      });
      return refusals(changed).length === 0;
    });
    expect(idle).toEqual(IDLE[role]);
  },
);

it('is stopped by a boundary that is too narrow', () => {
  const changed = withBaseline('Boundary', (properties) => ({
    ...properties,
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    },
  }));
  expect(refusals(changed)).toContainEqual(expect.stringMatching(/^execute lambda:CreateFunction: /));
});

it('is stopped where the baseline makes no such role as the assembly deploys with', () => {
  const changed = withBaseline('DeployRole', (properties) => ({ ...properties, RoleName: 'another' }));
  expect(refusals(changed)).toContainEqual(
    expect.stringMatching(/^deploy ssm:GetParameter: no baseline makes .*:role\/cdk-concordat-deploy-role-/),
  );
});

it('says of which kind of resource it is not known what deploying it takes', () => {
  const changed = rewritten('Zone', (text) => text.replace('"AWS::SNS::Topic"', '"AWS::EC2::Instance"'));
  expect(judged(changed).unknown).toEqual(['AWS::EC2::Instance']);
});

it('fails the synth, naming account, action and guardrail', () => {
  const changed = synthesised({ own: true });
  const text = textOf(changed, 'Guardrails.template.json');
  writeFileSync(
    join(changed.folder, 'Guardrails.template.json'),
    text.replaceAll('cdk-concordat-cfn-exec-role-', 'cdk-other-cfn-exec-role-'),
  );
  const check = new OwnPathCheck(changed.register.zone, openAssembly);
  const paths = changed.stacks.map(({ file }) => join(changed.folder, file));
  const { success, violations } = check.validate({ templatePaths: paths } as never);
  expect(success).toBe(false);
  expect(violations.map(({ description }) => description)).toContainEqual(
    expect.stringMatching(
      /^In account \d{12}, CloudFormation could not do iam:CreateRole on arn:aws:iam::\d{12}:role\/concordat\/.*: 'DenyChangingRolesOfTheLandingZone' of 'concordat-accountability' denies it\.$/,
    ),
  );
});
