/**
 * Asks what guardrails alone say to a request: everything else allows it. Judged by lib/iam, which knows nothing of this
 * project.
 */
import { type CallerInput, callerOf } from '../../../lib/iam/caller';
import { type Decision, decide } from '../../../lib/iam/decide';
import { environmentOf } from '../../../lib/iam/environment';
import { compile, type Policy } from '../../../lib/iam/policy';
import { requestOf } from '../../../lib/iam/request';
import type { Guardrail } from '../../../lib/policy/guardrails/guardrails';

/** Accounts of the tables: a member’s, the zone’s, an external’s, one that nobody has heard of, and who deploys. */
export const LEEDS = '100000000022';
export const ZONE = '100000000002';
export const DEPLOYERS = '100000000003';
export const EXTERNAL = '900000000061';
const STRANGER = '999999999999';
export const ORGANISATION = 'o-example0000';

type Context = Readonly<Record<string, string | undefined>>;

/** Somebody who asks, and the AWS organisation of theirs, if they have one. */
interface Asker {
  readonly caller: CallerInput;
  readonly organisation?: string;
}

const role = (account: string, path: string, organisation?: string): Asker => ({
  caller: { type: 'role', arn: `arn:aws:iam::${account}:role/${path}`, session: 'someone' },
  ...(organisation && { organisation }),
});
const own = (path: string) => role(LEEDS, path, ORGANISATION);
const ofTheZone = (path: string) => role(ZONE, path, ORGANISATION);

/** Everybody who asks in the tables. */
const ASKERS = {
  administrator: own('administrator'),
  cloudFormation: own(`cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`),
  deployment: own(`cdk-concordat-deploy-role-${LEEDS}-eu-west-2`),
  publisher: own(`cdk-concordat-file-publishing-role-${LEEDS}-eu-west-2`),
  otherBootstrap: own(`cdk-hnb659fds-cfn-exec-role-${LEEDS}-eu-west-2`),
  stackSets: own('stacksets-exec-0123456789abcdef'),
  broker: own('concordat/concordat-grant-broker'),
  gate: own('concordat/concordat-release-gate'),
  gateMachine: own('concordat/concordat-gate-machine'),
  malwareScan: own('concordat/concordat-malware-scan'),
  config: own('concordat/concordat-config'),
  operator: ofTheZone('administrator'),
  audit: ofTheZone('concordat/concordat-transfer-audit'),
  sealer: ofTheZone('concordat/concordat-ledger-seal'),
  zoneCloudFormation: ofTheZone(`cdk-concordat-cfn-exec-role-${ZONE}-eu-west-2`),
  deposit: own('concordat/concordat-deposit'),
  collect: own('concordat/concordat-collect'),
  receipts: own('concordat/concordat-receipts'),
  stop: own('concordat/concordat-stop'),
  lift: own('concordat/concordat-lift'),
  zonesStop: role(ZONE, 'concordat/concordat-stop-all', ORGANISATION),
  keyAdministrator: own('security/key-administrator'),
  serviceLinked: own('aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
  root: { caller: { type: 'root', arn: `arn:aws:iam::${LEEDS}:root` }, organisation: ORGANISATION },
  otherMember: role('100000000031', 'concordat/concordat-collect', ORGANISATION),
  deployer: role(DEPLOYERS, 'deployment', ORGANISATION),
  deployersAdministrator: role(DEPLOYERS, 'administrator', ORGANISATION),
  deployersBootstrap: role(DEPLOYERS, `cdk-hnb659fds-cfn-exec-role-${DEPLOYERS}-eu-west-2`, ORGANISATION),
  deployersStackSets: role(DEPLOYERS, 'stacksets-exec-0123456789abcdef', ORGANISATION),
  external: role(EXTERNAL, 'concordat/concordat-collect', 'o-external000'),
  externalAlone: role(EXTERNAL, 'concordat/concordat-collect'),
  stranger: role(STRANGER, 'anybody', 'o-elsewhere00'),
  strangerAlone: role(STRANGER, 'anybody'),
  lookalike: role(STRANGER, 'concordat/concordat-grant-broker', 'o-elsewhere00'),
  anonymous: { caller: { type: 'anonymous' } },
  s3: { caller: { type: 'service', service: 's3.amazonaws.com' } },
  cloudTrail: { caller: { type: 'service', service: 'cloudtrail.amazonaws.com' } },
  lambda: { caller: { type: 'service', service: 'lambda.amazonaws.com' } },
  cloudFormationItself: { caller: { type: 'service', service: 'cloudformation.amazonaws.com' } },
  saml: { caller: { type: 'federated', provider: `arn:aws:iam::${LEEDS}:saml-provider/AWSSSO` } },
  people: {
    caller: { type: 'federated', provider: `arn:aws:iam::${LEEDS}:oidc-provider/login.leeds.example` },
  },
} as const satisfies Record<string, Asker>;

/** Who, which actions (with spaces between), on what, and keys that differ from the usual; `undefined` is an absent key. */
export type Row = readonly [who: keyof typeof ASKERS, actions: string, resource: string, context?: Context];

/** What a statement is for: what it denies, and what it must let be. */
export interface Table {
  readonly deny: readonly Row[];
  readonly allow: readonly Row[];
}

/** A row for each of its actions. */
export function single(rows: readonly Row[]): Row[] {
  return rows.flatMap(([who, actions, resource, context]) =>
    actions
      .trim()
      .split(/\s+/)
      .map((action): Row => [who, action, resource, context]),
  );
}

/** Global services answer in one Region. */
const GLOBAL =
  /^(?:account|billing|budgets|ce|health|iam|organizations|servicequotas|support|trustedadvisor):/;

const everything = (kind: 'identity' | 'service control' | 'bucket') =>
  compile(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*', ...(kind === 'bucket' && { Principal: '*' }) },
      ],
    },
    { kind, name: 'everything' },
  );
const IDENTITY = everything('identity');
const FULL_ACCESS = everything('service control');
const RESOURCE = everything('bucket');
const TRUST = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*' }] },
  { kind: 'trust', name: 'everything' },
);

/** Policies of AWS Organizations, ready to be asked. */
export interface Compiled {
  readonly service: readonly Policy[];
  readonly resource: readonly Policy[];
}

/** Compiles guardrails. */
export function compiled(
  guardrails: readonly {
    readonly type: Guardrail['type'];
    readonly name: string;
    readonly content: unknown;
  }[],
): Compiled {
  const of = (type: Guardrail['type'], kind: 'service control' | 'resource control') =>
    guardrails
      .filter((each) => each.type === type)
      .map(({ content, name }) => compile(content, { kind, name }));
  return {
    service: of('SERVICE_CONTROL_POLICY', 'service control'),
    resource: of('RESOURCE_CONTROL_POLICY', 'resource control'),
  };
}

/** The decision on a row of one action. */
export function ask({ service, resource: control }: Compiled, row: Row): Decision {
  const [who, action, resource, context = {}] = row;
  const { caller, organisation }: Asker = ASKERS[who];
  const [name] = action.split(':');
  const usual: Context = {
    'aws:PrincipalOrgID': organisation,
    'aws:RequestedRegion': GLOBAL.test(action) ? 'us-east-1' : 'eu-west-2',
    'aws:SecureTransport': 'true',
    ...(name === 's3' && { 's3:TlsVersion': '1.3' }),
  };
  return decide(
    requestOf({
      caller: callerOf(caller),
      action,
      resource,
      ...(resource !== '*' && { resourceAccount: accountIn(resource) }),
      context: { ...usual, ...context },
    }),
    environmentOf({
      identity: [IDENTITY],
      ...(resource !== '*' && { resource: resource.includes(':role/') ? TRUST : RESOURCE }),
      serviceControl: [[FULL_ACCESS, ...service]],
      resourceControl: control,
    }),
  );
}

function accountIn(resource: string): string {
  return /:(\d{12}):/.exec(resource)?.[1] ?? LEEDS;
}
