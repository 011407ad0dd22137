/** The policies of the engine of rollouts, and every other that says more or less than one of them. */
import type { TemplateResource } from '../../../lib/assembly';
import { engineAssembly } from './engine-sample';
import { ENGINE_ACCOUNT } from './engine-setting';

/** A role of the engine, by the end of its name. */
export type Role = 'step' | 'machine' | 'start' | 'approve' | 'status';
export const ROLES: readonly Role[] = ['step', 'machine', 'start', 'approve', 'status'];
export interface Statement {
  readonly Action: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export const here = (service: string, rest: string) =>
  `arn:aws:${service}:eu-west-2:${ENGINE_ACCOUNT}:${rest}`;
export const BUCKET = `arn:aws:s3:::concordat-rollout-${ENGINE_ACCOUNT}-eu-west-2-an`;
export const MACHINE = here('states', 'stateMachine:concordat-rollout');
export const TABLE = here('dynamodb', 'table/concordat-rollout');
export const FUNCTION = here('lambda', 'function:concordat-rollout-step');
export const KEY = here('kms', 'key/11111111-2222-3333-4444-555555555555');
export const LEEDS = '200000000001';
export const roleIn = (account: string, role: string) =>
  `arn:aws:iam::${account}:role/cdk-concordat-${role}-role-${account}-eu-west-2`;
export const FROM_CODE = { 'lambda:SourceFunctionArn': FUNCTION };
export const TLS = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
export const OURS = { 'aws:ResourceOrgID': 'o-example0000' };
export const via = (service: string) => ({ 'kms:ViaService': `${service}.eu-west-2.amazonaws.com` });

/** What the engine’s template makes. */
export function engineResources(): readonly TemplateResource[] {
  return Object.values(engineAssembly().stacks[0]?.resources ?? {});
}

export function ofType(resources: readonly TemplateResource[], type: string): TemplateResource[] {
  return resources.filter((each) => each.Type === type);
}

/** What a role may, and whom it trusts. */
export function roleOf(
  resources: readonly TemplateResource[],
  role: Role,
): { readonly permissions: Document; readonly trust: Document } {
  const found = ofType(resources, 'AWS::IAM::Role').find(
    ({ Properties }) => Properties?.RoleName === `concordat-rollout-${role}`,
  );
  const [{ PolicyDocument = { Version: '', Statement: [] } } = {}] = (found?.Properties?.Policies ?? []) as {
    PolicyDocument?: Document;
  }[];
  return {
    permissions: whereKeyIs(PolicyDocument),
    trust: found?.Properties?.AssumeRolePolicyDocument as Document,
  };
}

/** With the ARNs that AWS gives the key and the topic. */
export function whereKeyIs<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/\{"Fn::GetAtt":\["EngineKey[^\]]*\]\}/g, `"${KEY}"`)
      .replace(/\{"Ref":"EngineAlerts[^"]*"\}/g, `"${here('sns', 'concordat-security-alerts')}"`),
  ) as T;
}

/** Every document that says more, or less, than this one. */
export function* mutants(document: Document): Generator<[what: string, mutant: Document]> {
  const { Statement: statements } = document;
  for (const [index, statement] of statements.entries()) {
    const put = (...instead: Statement[]): Document => ({
      ...document,
      Statement: [...statements.slice(0, index), ...instead, ...statements.slice(index + 1)],
    });
    const sid = String((statement as { Sid?: string }).Sid);
    yield [`${sid} is gone`, put()];
    for (const action of statement.Action)
      yield [
        `${sid} says any action like ${action}`,
        put({ ...statement, Action: [...statement.Action, action.replace(/:.*/, ':*')] }),
      ];
    if (statement.Resource !== '*' && JSON.stringify(statement.Resource) !== '["*"]')
      yield [`${sid} says any resource`, put({ ...statement, Resource: '*' })];
    for (const [operator, keys] of Object.entries(statement.Condition ?? {}))
      for (const key of Object.keys(keys)) {
        const { [key]: _, ...left } = keys;
        yield [
          `${sid} without ${key}`,
          put({ ...statement, Condition: { ...statement.Condition, [operator]: left } }),
        ];
      }
  }
}
