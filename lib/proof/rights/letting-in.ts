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
  type Policy,
  requestOf,
  type Statement,
} from '../../iam';
import { EVERYTHING } from '../askers';
import { indexed } from '../indexed';
import { Shape } from '../shape';
import type { Speller } from '../spelling';
import { callersIn, nameOf } from './callers';
import { type Delivery, deliveriesTo, isDelivery, VERDICTS } from './deliveries';
import { type Asked, askedBy, requestsOf } from './requests';
import type { RightFinding } from './rights';

const POLICIES = new Set(['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']);
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
  return world.things
    .filter(({ type, account }) => POLICIES.has(type) && (only === undefined || only.has(account)))
    .flatMap((thing) => {
      const each = lettingIn(thing, world);
      const shape = speller && shapeOf(each, speller);
      if (shape !== undefined && sound.has(shape)) return [];
      const found = inPolicy(each, world);
      if (shape !== undefined && found.length === 0) sound.add(shape);
      return found;
    });
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
