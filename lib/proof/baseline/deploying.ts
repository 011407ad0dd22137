/**
 * What a deployment needs of the baseline’s roles: those that upload, ask CloudFormation and look, and CloudFormation’s own under
 * its boundary. What stacks hold says which actions on which things; the register, by which stacks.
 */
import {
  type AssemblyStack,
  type MadeBaseline,
  type MadeRole,
  type TemplateResource,
  tagIn,
  type World,
} from '../../assembly';
import { KEY_PURPOSE_TAG } from '../../names';
import { DEPLOYED, type Deployed } from '../own-path/deployed-actions';
import { bootstrapSteps } from '../own-path/steps';
import { type RightFinding, rightOf } from '../rights/rights';

type Things = World['things'];

/** Everything that one of these roles is refused and needs. */
export function deployingFindings(
  { roles, account }: MadeBaseline,
  { things, register }: Pick<World, 'things' | 'register'>,
): RightFinding[] {
  const { region, accounts } = register.zone;
  const named = (purpose: string) => `cdk-concordat-${purpose}-role-${account}-${region}`;
  const role = (purpose: string) => roles.find(({ arn }) => arn.endsWith(`:role/${named(purpose)}`));
  const bootstrap = {
    deploy: '',
    publish: '',
    execute: `arn:aws:iam::${account}:role/${named('cfn-exec')}`,
    bucket: `cdk-concordat-assets-${account}-${region}-an`,
    versionParameter: '/cdk-bootstrap/concordat/version',
  };
  const steps = ['Zone', 'Organisation-any'].flatMap((name) =>
    bootstrapSteps(stackOf(name, account, region, []), bootstrap),
  );
  const by = { deploy: role('deploy'), publish: role('file-publishing'), execute: role('cfn-exec') };
  const made = things.filter((each) => each.account !== accounts.management);
  return [
    ...steps.flatMap((step) =>
      step.by === 'deploy' || step.by === 'publish' ? refused(by[step.by], step) : [],
    ),
    ...lookupSteps(account, region).flatMap((step) => refused(role('lookup'), step)),
    ...makingSteps(made, account, region).flatMap((step) => refused(by.execute, step)),
  ];
}

function lookupSteps(account: string, region: string): Deployed[] {
  const stack = `arn:aws:cloudformation:${region}:${account}:stack/Zone/abc`;
  const parameter = `arn:aws:ssm:${region}:${account}:parameter/cdk-bootstrap/concordat/version`;
  return [
    ...['DescribeStacks', 'GetTemplate', 'ListStackResources'].map((each) => ({
      action: `cloudformation:${each}`,
      resource: stack,
    })),
    ...['GetParameter', 'GetParameters'].map((each) => ({ action: `ssm:${each}`, resource: parameter })),
  ];
}

/** A role that is not there is missing among what the baseline makes. */
function refused(role: MadeRole | undefined, { action, resource, context = {} }: Deployed): RightFinding[] {
  if (role === undefined) return [];
  const asked = {
    action,
    resource,
    context: Object.fromEntries(
      Object.entries(context).map(([key, value]) => [key.toLowerCase(), String(value)]),
    ),
  };
  return rightOf(role, asked) === 'allowed'
    ? []
    : [{ what: 'missing', role: role.arn, place: role.place, ...asked }];
}

/** What CloudFormation asks for everything that stacks hold: of things that differ in names of organisations alone, of one. */
function makingSteps(things: Things, account: string, region: string): Deployed[] {
  const byStack = new Map<string, Things[number][]>();
  const seen = new Set<string>();
  for (const each of things) {
    const alike = `${each.type} ${plain(each.name, each.account)}`;
    if (seen.has(alike)) continue;
    seen.add(alike);
    const [stack = ''] = each.place.split('/');
    byStack.set(stack, [...(byStack.get(stack) ?? []), each]);
  }
  const steps = new Map<string, Deployed>();
  for (const [name, all] of byStack) {
    const stack = stackOf(name, all[0]?.account ?? account, region, all);
    for (const { place, type } of all) {
      const id = place.slice(place.indexOf('/') + 1);
      const resource = stack.resources[id] as TemplateResource;
      const properties = resource.Properties ?? {};
      // Of a reference to what is not there, the settings tell.
      if (/"the key of /.test(JSON.stringify(properties))) continue;
      for (const each of DEPLOYED[type]?.({ id, place, stack, resource, properties }) ?? []) {
        const text = JSON.stringify(each).replaceAll(stack.account, account);
        const step = JSON.parse(text) as Deployed;
        // Of a reference, things hold what it leads to in words.
        if (step.resource === '*' || step.resource.startsWith('arn:')) steps.set(text, step);
      }
    }
  }
  return [...steps.values()];
}

function plain(name: string, account: string): string {
  return name.replaceAll(account, '#').replace(/[0-9a-f]{12}--[a-z0-9-]+/g, 'share');
}

function stackOf(name: string, account: string, region: string, things: Things): AssemblyStack {
  const idOf = ({ place }: Things[number]) => place.slice(place.indexOf('/') + 1);
  const keys = new Map(
    things
      .filter(({ type }) => type === 'AWS::KMS::Key')
      .map((each) => [
        JSON.stringify(`the key of ${tagIn(each.properties, KEY_PURPOSE_TAG)}`),
        JSON.stringify(`arn:aws:kms:${region}:${account}:key/to-be-${idOf(each)}`),
      ]),
  );
  const resources = Object.fromEntries(
    things.map((each) => {
      let text = JSON.stringify(each.properties);
      for (const [words, arn] of keys) text = text.replaceAll(words, arn);
      return [idOf(each), { Type: each.type, Properties: JSON.parse(text) as Things[number]['properties'] }];
    }),
  );
  return { name, account, region, file: name, bytes: 0, resources };
}
