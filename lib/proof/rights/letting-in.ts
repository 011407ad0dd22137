/**
 * Whom the policies of queues and topics let in: the one service that each is there for, from its own source, over TLS; and that
 * nothing there stands in the way of the function that reads a queue. Their own account’s people are as free as it makes them, but
 * that nobody of the operator’s account publishes to the topics of teams except the notifier, and it can.
 */
import type { MadeRole, MadeThing, World } from '../../assembly';
import {
  type CallerInput,
  callerOf,
  compile,
  type Decision,
  decide,
  NO,
  type Policy,
  requestOf,
  type Statement,
} from '../../iam';
import { EVERYTHING, STRANGERS } from '../askers';
import { indexed } from '../indexed';
import { Shape } from '../shape';
import type { Speller } from '../spelling';
import { type Asked, askedBy, requestsOf } from './requests';
import type { RightFinding } from './rights';

/** Which service gives what, from where. */
interface Delivery {
  readonly service: string;
  readonly action: string;
  /** The ARN of where it comes from; a `*` at the end stands for any end. */
  readonly source: string;
}

const POLICIES = new Set(['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']);
const VERDICTS = 'concordat-gate-verdicts';
const READS: Readonly<Record<string, string>> = {
  [VERDICTS]: 'concordat/concordat-release-gate',
  'concordat-log-files': 'concordat/concordat-transfer-audit',
};
/** The topics by which the operator’s notifier tells teams, and the notifier’s role. */
const OF_TEAMS = /^concordat-notices-/;
const NOTIFIER = ':role/concordat/concordat-notices';
const TO_READ = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];
const SECURE = 'aws:securetransport';

/** Keys say who may use them; of the retiring of grants, which grants decide, they are to say nothing to others. */
const RETIRE = 'kms:retiregrant';

function retiring(world: World, only: ReadonlySet<string> | undefined): RightFinding[] {
  const isAsked = ({ account }: { account: string }) => only === undefined || only.has(account);
  return world.keys.filter(isAsked).flatMap(({ account, arn, place, policy }) =>
    policy.statements
      .filter(({ effect, actions }) => effect !== 'Deny' && actions.matches(RETIRE) !== NO)
      .flatMap((statement) =>
        callersIn(statement, account).map(
          (caller): RightFinding => ({
            what: 'beyond its purpose',
            role: nameOf(caller),
            place,
            action: 'kms:RetireGrant',
            resource: arn,
            context: {},
            statement: statement.sid ?? `statement ${statement.index + 1}`,
          }),
        ),
      ),
  );
}

/**
 * Every finding, in the order of templates.
 * @param only the accounts that are looked at; all if not given
 * @param speller has one policy of each shape stand for all of it, where nothing is wrong with that one; else each is asked about
 */
export function lettingInFindings(
  world: World,
  only?: ReadonlySet<string>,
  speller?: Speller,
): RightFinding[] {
  const sound = new Set<string>();
  const inPolicies = world.things
    .filter(({ type, account }) => POLICIES.has(type) && (only === undefined || only.has(account)))
    .flatMap((thing) => {
      const each = lettingIn(thing, world);
      const shape = speller && shapeOf(each, speller);
      if (shape !== undefined && sound.has(shape)) return [];
      const found = inPolicy(each, world);
      if (shape !== undefined && found.length === 0) sound.add(shape);
      return found;
    });
  return [...inPolicies, ...retiring(world, only)];
}

/** A policy of a queue or a topic, with what is asked about it. */
interface LettingIn {
  readonly thing: MadeThing;
  readonly name: string;
  readonly arn: string;
  /** The role of the function that reads there. */
  readonly reader: MadeRole | undefined;
}

function lettingIn(thing: MadeThing, world: World): LettingIn {
  const { account, region, type } = thing;
  const name = thing.name.slice(Math.max(thing.name.lastIndexOf(':'), thing.name.lastIndexOf(' ')) + 1);
  const service = type === 'AWS::SQS::QueuePolicy' ? 'sqs' : 'sns';
  const arn = `arn:aws:${service}:${region}:${account}:${name}`;
  return { thing, name, arn, reader: roleIn(world, account, `:role/${READS[name]}`) };
}

/**
 * All from which it follows what is found of a policy, with names replaced by the order in which they occur. It has no such shape where
 * it is not known, and where more counts than its own account: then it is asked about by itself.
 */
function shapeOf({ thing, name, arn, reader }: LettingIn, speller: Speller): string | undefined {
  if (OF_TEAMS.test(name)) return undefined;
  const shape = new Shape(speller);
  shape.say(thing.type, reader?.identity.length);
  shape.text(arn);
  shape.document(thing.properties.PolicyDocument);
  if (reader !== undefined) {
    shape.text(reader.arn);
    for (const each of [...reader.identity, reader.boundary]) shape.policy(each, '');
  }
  return shape.end();
}

function inPolicy({ thing, name, arn, reader }: LettingIn, world: World): RightFinding[] {
  const { account, place, properties, type } = thing;
  const policy = compile(properties.PolicyDocument, { kind: 'resource', name: place });
  const deliveries = deliveriesTo(name, thing, world.register.zone.namePrefix);
  const about = { place, resource: arn };
  return [
    ...policy.statements.flatMap((statement) => beyond(statement, policy, deliveries, account, about)),
    ...deliveries.flatMap((each) => kept(each, policy, account, about)),
    ...(reader === undefined ? [] : without(TO_READ, reader, policy, about)),
    ...(OF_TEAMS.test(name) ? byOneAlone(policy, world, account, about) : []),
    ...inClear(
      type === 'AWS::SQS::QueuePolicy' ? ['sqs:SendMessage', ...TO_READ] : ['sns:Publish'],
      policy,
      account,
      about,
    ),
  ];
}

function deliveriesTo(name: string, { account, region }: MadeThing, prefix: string): Delivery[] {
  const byRule: Delivery = {
    service: 'events.amazonaws.com',
    action: 'sqs:SendMessage',
    source: `arn:aws:events:${region}:${account}:rule/${name}`,
  };
  switch (name) {
    case 'concordat-security-changes':
    case 'concordat-deposits-held':
    case VERDICTS:
      return [byRule];
    // What the rule of verdicts could not deliver. What failed is moved there by SQS, which asks no policy.
    case 'concordat-gate-dead-letters':
      return [{ ...byRule, source: `arn:aws:events:${region}:${account}:rule/${VERDICTS}` }];
    case 'concordat-log-files':
      return [
        {
          service: 's3.amazonaws.com',
          action: 'sqs:SendMessage',
          source: `arn:aws:s3:::${prefix}-logs-${account}-${region}-an`,
        },
      ];
    case 'concordat-security-alerts':
      return [
        {
          service: 'cloudwatch.amazonaws.com',
          action: 'sns:Publish',
          source: `arn:aws:cloudwatch:${region}:${account}:alarm:concordat-*`,
        },
      ];
    default:
      return [];
  }
}

type About = Pick<RightFinding, 'place' | 'resource'>;

/** What a statement lets anybody else do, or the service from elsewhere. */
function beyond(
  statement: Statement,
  policy: Policy,
  deliveries: readonly Delivery[],
  account: string,
  about: About,
): RightFinding[] {
  if (statement.effect === 'Deny') return [];
  const found = new Map<string, RightFinding>();
  for (const caller of callersIn(statement, account))
    for (const asked of requestsOf(statement)) {
      const request = { ...asked, resource: about.resource };
      const who = nameOf(caller);
      if (
        found.has(`${who} ${asked.action}`) ||
        deliveries.some((each) => isDelivery(each, who, asked, account))
      )
        continue;
      const { verdict } = decided(caller, request, policy, account);
      if (verdict !== 'allowed' && verdict !== 'not judged') continue;
      found.set(`${who} ${asked.action}`, {
        what: verdict === 'allowed' ? 'beyond its purpose' : 'not judged',
        role: who,
        ...about,
        action: asked.action,
        context: asked.context,
        statement: statement.sid ?? `statement ${statement.index + 1}`,
      });
    }
  return [...found.values()];
}

/** Those whom a statement names, and of everybody a stranger, the unsigned and another service. */
function callersIn({ principals, notPrincipals }: Statement, account: string): CallerInput[] {
  const stranger: CallerInput = {
    type: 'role',
    arn: `arn:aws:iam::${STRANGERS[0]}:role/concordat-fresh`,
    session: 's',
  };
  const everybody: CallerInput[] = [
    stranger,
    { type: 'anonymous' },
    { type: 'service', service: 'concordat-fresh.amazonaws.com' },
  ];
  if (principals === undefined || principals.everybody || notPrincipals !== undefined) return everybody;
  return [...principals.names].flatMap((name): CallerInput[] => {
    const text = name.replace(/^[A-Za-z]+:/, '');
    if (/\.amazonaws\.com$/.test(text)) return [{ type: 'service', service: text }];
    const of = /\b\d{12}\b/.exec(text)?.[0];
    if (of === undefined) return everybody;
    return of === account ? [] : [{ type: 'root', arn: `arn:aws:iam::${of}:root` }];
  });
}

function nameOf(caller: CallerInput): string {
  switch (caller.type) {
    case 'anonymous':
      return 'anybody, without a signature';
    case 'service':
      return caller.service;
    case 'federated':
      return caller.provider;
    default:
      return caller.arn;
  }
}

function isDelivery(
  { service, action, source }: Delivery,
  who: string,
  asked: Asked,
  account: string,
): boolean {
  const from = asked.context['aws:sourcearn'] ?? '';
  return (
    who === service &&
    action.toLowerCase() === asked.action.toLowerCase() &&
    asked.context['aws:sourceaccount'] === account &&
    (source.endsWith('*') ? from.startsWith(source.slice(0, -1)) : from === source)
  );
}

/** That the service may deliver, over TLS, and not without. */
function kept(
  { service, action, source }: Delivery,
  policy: Policy,
  account: string,
  about: About,
): RightFinding[] {
  const context = { 'aws:sourcearn': source.replace('*', 'concordat-fresh'), 'aws:sourceaccount': account };
  const ask = (secure: string) => {
    const asked = { action, resource: about.resource, context: { ...context, [SECURE]: secure } };
    const { verdict } = decided({ type: 'service', service }, asked, policy, account);
    return { verdict, finding: { role: service, ...about, action, context: asked.context } };
  };
  const overTls = ask('true');
  const inClear = ask('false');
  return [
    ...(overTls.verdict === 'allowed' ? [] : [{ what: 'missing', ...overTls.finding } as const]),
    ...(inClear.verdict === 'allowed' ? [{ what: 'beyond its purpose', ...inClear.finding } as const] : []),
  ];
}

/** That the notifier can publish, over TLS alone, and nobody else of its account, whatever that lets them do. */
function byOneAlone(policy: Policy, world: World, account: string, about: About): RightFinding[] {
  const notifier = roleIn(world, account, NOTIFIER);
  const publish = ['sns:Publish'];
  return [
    ...(notifier === undefined
      ? []
      : [
          ...without(publish, notifier, policy, about),
          ...beyondFor(notifier.arn, publish, 'false', policy, account, about),
        ]),
    ...beyondFor(freshIn(account), publish, 'true', policy, account, about),
  ];
}

/** What its own account’s people could do without TLS. */
function inClear(actions: readonly string[], policy: Policy, account: string, about: About): RightFinding[] {
  return beyondFor(freshIn(account), actions, 'false', policy, account, about);
}

/** Somebody whom no policy names. */
function freshIn(account: string): string {
  return `arn:aws:iam::${account}:role/concordat-fresh`;
}

/** What a role could do that is to be denied to it, whatever its account lets it do. */
function beyondFor(
  role: string,
  actions: readonly string[],
  secure: 'true' | 'false',
  policy: Policy,
  account: string,
  about: About,
): RightFinding[] {
  const context = { [SECURE]: secure };
  return actions.flatMap((action): RightFinding[] => {
    const asked = { action, resource: about.resource, context };
    const { verdict } = decided({ type: 'role', arn: role, session: 'session' }, asked, policy, account);
    if (verdict !== 'allowed' && verdict !== 'not judged') return [];
    const what = verdict === 'allowed' ? 'beyond its purpose' : 'not judged';
    return [{ what, role, ...about, action, context }];
  });
}

/** What the function that reads a queue, or tells by a topic, can’t do there. */
function without(
  actions: readonly string[],
  { arn, account, identity, boundary }: MadeRole,
  policy: Policy,
  about: About,
): RightFinding[] {
  const context = { [SECURE]: 'true', 'lambda:sourcefunctionarn': functionOf(about.resource, arn) };
  return actions
    .filter((action) => {
      const request = requestOf({
        caller: callerOf({ type: 'role', arn, session: 'session' }),
        action,
        resource: about.resource,
        resourceAccount: account,
        context,
      });
      return (
        decide(request, { identity, resource: policy, ...(boundary && { boundary }) }).verdict !== 'allowed'
      );
    })
    .map((action) => ({ what: 'missing', role: arn, ...about, action, context: {} }));
}

/** The function that has a role, of the same name, in the Region of a queue or a topic. */
function functionOf(resource: string, role: string): string {
  const [, , , region, account] = resource.split(':');
  return `arn:aws:lambda:${region}:${account}:function:${role.slice(role.lastIndexOf('/') + 1)}`;
}

function roleIn(world: World, account: string, end: string): MadeRole | undefined {
  return indexed(world)
    .rolesOf.get(account)
    ?.find(({ arn }) => arn.endsWith(end));
}

function decided(caller: CallerInput, asked: Asked, policy: Policy, account: string): Decision {
  const request = askedBy(caller, asked, account);
  return decide(request, { resource: policy, identity: [EVERYTHING] });
}
