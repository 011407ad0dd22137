/** That the template of an organisation’s own roles makes those that the register names, lets each do what it needs, and nothing else. */
import { parse } from 'yaml';
import { openAssembly, type World, worldOf } from '../../lib/assembly';
import { decide } from '../../lib/iam/decide';
import { compile } from '../../lib/iam/policy';
import { requestOf } from '../../lib/iam/request';
import { ownRolesTemplate } from '../../lib/joining/own-roles';
import { packSections } from '../../lib/joining/pack';
import type { PackSource } from '../../lib/joining/source';
import type { Organisation } from '../../lib/register';
import { documentText } from '../../lib/words';
import { type Sample, synthesised } from '../stacks/sample-assembly';

interface Statement {
  readonly Sid: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
}
interface Role {
  readonly Properties: {
    readonly RoleName: string;
    readonly Path: string;
    readonly AssumeRolePolicyDocument: {
      readonly Statement: readonly { 'Fn::If': [string, Statement, unknown] }[];
    };
    readonly Policies: readonly {
      readonly PolicyDocument: { readonly Statement: readonly Statement[] };
    }[];
  };
}
interface Template {
  readonly Parameters: Record<string, { readonly Default: string; readonly AllowedPattern: string }>;
  readonly Rules: Record<string, { readonly Assertions: readonly { readonly Assert: unknown }[] }>;
  readonly Conditions: Record<string, unknown>;
  readonly Resources: Record<string, Role>;
}

let sample: Sample;
let world: World;
beforeAll(() => {
  sample = synthesised();
  world = worldOf(openAssembly(sample.folder));
});

function sourceOf(organisation: Organisation): PackSource {
  return {
    register: sample.register,
    organisation,
    asOf: sample.asOf,
    stacks: sample.stacks.filter(({ account }) => account === organisation.account),
    cost: { id: organisation.id, lines: [], usd: 0 },
    client: { name: 'concordat-client.mjs', sha256: 'c'.repeat(64) },
  };
}

function made(organisation: Organisation) {
  const text = ownRolesTemplate(sourceOf(organisation));
  if (text === undefined) return undefined;
  const template = parse(text, { version: '1.1' }) as Template;
  const arnOf = ({ RoleName, Path }: Role['Properties']) =>
    `arn:aws:iam::${organisation.account}:role${Path}${RoleName}`;
  return {
    text,
    template,
    roles: Object.entries(template.Resources).map(([id, { Properties }]) => ({
      id,
      arn: arnOf(Properties),
      trust: Properties.AssumeRolePolicyDocument.Statement,
      identity: compile(Properties.Policies[0]?.PolicyDocument, { kind: 'identity', name: 'own' }),
      keyActions: keyActions(Properties.Policies[0]?.PolicyDocument),
    })),
  };
}

function keyActions(policy: Role['Properties']['Policies'][number]['PolicyDocument'] | undefined): string[] {
  return (policy?.Statement ?? [])
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith('kms:'));
}

/** Every role of its own that the register names for an organisation, but those of keys that it brings, which are there already. */
function namedFor(organisation: Organisation): string[] {
  const broughtKey =
    organisation.membership === 'member' && 'keyArn' in organisation.custody
      ? { ...organisation, custody: undefined }
      : organisation;
  return [...new Set(JSON.stringify(broughtKey).match(/arn:aws:iam::\d{12}:role\/[^"]+/g))]
    .filter((arn) => arn.includes(`::${organisation.account}:`))
    .sort();
}

/** Who takes on a role, as the template of the landing zone has it. */
function trustOf({ account }: Organisation, arn: string): string {
  const roles = sample.stacks
    .filter((each) => each.account === account)
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Role' && arn.endsWith(`/${Properties?.RoleName}`));
  return JSON.stringify(roles.map(({ Properties }) => Properties?.AssumeRolePolicyDocument));
}

test('the template makes each role that the register names, by its path and name, and no other', () => {
  let roles = 0;
  for (const organisation of sample.register.organisations) {
    const arns = (made(organisation)?.roles ?? []).map(({ arn }) => arn).sort();
    expect([organisation.id, arns]).toEqual([organisation.id, namedFor(organisation)]);
    roles += arns.length;
  }
  expect(roles).toBeGreaterThan(sample.register.organisations.length);
});

test('each role takes on those of the landing zone that trust it and no other, and only by the policy of the template', () => {
  let allowed = 0;
  for (const organisation of sample.register.organisations)
    for (const { arn, identity } of made(organisation)?.roles ?? [])
      for (const taken of world.roles) {
        if (!taken.arn.includes(`::${organisation.account}:role/concordat/`)) continue;
        const request = requestOf({
          caller: { type: 'role', arn, session: 'test' },
          action: 'sts:AssumeRole',
          resource: taken.arn,
          context: { 'aws:CurrentTime': '2026-12-01T12:00:00Z' },
        });
        const isTrusted = trustOf(organisation, taken.arn).includes(`"${arn}"`);
        const verdict = (policy?: typeof identity) =>
          decide(request, { ...(policy && { identity: [policy] }), resource: taken.trust }).verdict;
        const both = verdict(identity);
        expect([arn, taken.arn, both]).toEqual([arn, taken.arn, isTrusted ? 'allowed' : both]);
        if (!isTrusted) expect(both).not.toBe('allowed');
        expect(verdict()).not.toBe('allowed');
        if (isTrusted) allowed++;
      }
  expect(allowed).toBeGreaterThan(20);
});

/** What a key’s policy leaves to whoever has every right by policies of the account. */
const ANYTHING = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'anything' },
);
/** What a careful administrator asks with, where the key’s policy demands it. */
const ASKED_WITH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'kms:ScheduleKeyDeletion': { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' },
  'kms:ImportKeyMaterial': { 'kms:ExpirationModel': 'KEY_MATERIAL_EXPIRES' },
};
const USES = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:ReEncryptFrom'];

test('whoever runs the key may do by role and key policy all that the template has, and nobody uses a key by a role of their own', () => {
  let allowed = 0;
  for (const organisation of sample.register.organisations)
    for (const { arn, identity, keyActions } of made(organisation)?.roles ?? []) {
      const keys = world.keys.filter((key) => key.arn.includes(`:${organisation.account}:`));
      const verdict = (action: string, key: (typeof keys)[number], by?: typeof identity) =>
        decide(
          requestOf({
            caller: { type: 'role', arn, session: 'test' },
            action,
            resource: key.arn,
            context: {
              'aws:CurrentTime': '2026-12-01T12:00:00Z',
              ...ASKED_WITH[action],
            },
          }),
          { ...(by && { identity: [by] }), resource: key.policy },
        ).verdict;
      for (const action of keyActions) {
        const lets = keys.filter((key) => verdict(action, key, identity) === 'allowed');
        expect([arn, action, lets.length > 0]).toEqual([arn, action, true]);
        allowed += lets.length;
      }
      for (const key of keys)
        for (const action of USES) {
          expect([arn, action, verdict(action, key, identity)]).not.toEqual([arn, action, 'allowed']);
          expect([arn, action, verdict(action, key, ANYTHING)]).not.toEqual([arn, action, 'allowed']);
        }
    }
  expect(allowed).toBeGreaterThan(20);
});

test('nobody takes one on but by the SAML provider of the account, or by the role that is given', () => {
  for (const organisation of sample.register.organisations) {
    const own = made(organisation);
    for (const { id, trust } of own?.roles ?? []) {
      expect(
        trust.map(({ 'Fn::If': [condition, { Principal, Action }, otherwise] }) => [
          condition,
          Principal,
          Action,
          otherwise,
        ]),
      ).toEqual([
        [
          'BySamlProvider',
          { Federated: { Ref: 'SamlProvider' } },
          'sts:AssumeRoleWithSAML',
          { Ref: 'AWS::NoValue' },
        ],
        [`${id}ByRole`, { AWS: { Ref: `${id}TakenOnBy` } }, 'sts:AssumeRole', { Ref: 'AWS::NoValue' }],
      ]);
      expect(own?.template.Rules[`SomebodyTakesOn${id}`]?.Assertions).toHaveLength(1);
      const pattern = new RegExp(own?.template.Parameters[`${id}TakenOnBy`]?.AllowedPattern ?? '');
      for (const bad of ['*', 'arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:role/*'])
        expect(pattern.test(bad)).toBe(false);
      expect(pattern.test('arn:aws:iam::123456789012:role/people/officer')).toBe(true);
    }
  }
});

test('what an older YAML reads otherwise is in quotes, and the steps in the console stand at its head', () => {
  const dwp = sample.register.organisations.find(({ id }) => id === 'dwp') as Organisation;
  const own = made(dwp);
  expect(own?.text).toContain('AWSTemplateFormatVersion: "2010-09-09"');
  expect(own?.text).toContain('Version: "2012-10-17"');
  expect(own?.text).toMatch(
    /^# The roles of its own .*\n#\n# 1\. Sign in[\s\S]*\n# 6\. Wait for CREATE_COMPLETE/,
  );
  const page = documentText(packSections(sourceOf(dwp)).flatMap(({ blocks }) => blocks));
  expect(page).toContain('own-roles.template.yaml');
});
