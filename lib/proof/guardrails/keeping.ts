/**
 * Whether policies keep a promise: everybody who is not spared is asked about, for each action on each thing, under every
 * combination of the values that the policies tell apart. Requests of which the policies take everything alike are asked once.
 */
import { and, type ContextValue, compile, type Environment, type Policy, YES } from '../../iam';
import { type Answer, decideOne, examine } from '../examine';
import { grouped } from '../grouped';
import { type Live, liveOf } from '../live';
import type { Asker, Entitlement, Question, Target } from '../question';
import { isLike } from '../rights/likeness';
import type { Value } from '../values';
import { type Attachment, alikenessIn } from './alikeness';
import type { Promised } from './promised';

/** Something that a promise has nobody do, and that somebody could. */
export interface Broken {
  readonly kind: 'extra' | 'not judged';
  readonly promised: Promised;
  readonly asker: Asker;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

const FRESH_SERVICE = 'concordat';

/** A resource that lets everybody in, so that what keeps somebody out is a guardrail. */
const OPEN: Policy = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
  { kind: 'resource', name: 'whatever the resource lets in' },
);
const FULL: Policy = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'service control', name: 'FullAWSAccess' },
);

/** What is asked with guardrails alone: all else lets everybody do everything. */
export function underGuardrails(asker: Asker, { service, resource }: Attachment): Environment {
  return {
    identity: asker.identity,
    resource: OPEN,
    ...(service.length > 0 && { serviceControl: [[FULL, ...service]] }),
    ...(resource.length > 0 && { resourceControl: resource }),
  };
}

/**
 * The first way in which each action of a promise is open to somebody; none where it is kept.
 * @param account whose the things are
 */
export function brokenBy(
  promised: Promised,
  attachment: Attachment,
  askers: readonly Asker[],
  account: string,
  awsOrganization: string,
): Broken[] {
  const alikeness = alikenessIn(attachment);
  const policies = [...attachment.service, ...attachment.resource];
  const about = askers.filter((each) => isAbout(promised, each));
  const entitlement = promised.when && unless(promised.when);
  const found = new Map<string, Broken>();
  const byService = grouped(actionsOf(promised, policies), serviceOf);
  for (const [service, all] of byService) {
    const things = promised.resources(account).filter((each) => isOn(service, each));
    for (const same of grouped(all, (each) => alikeness.ofAction(each)).values()) {
      const [first = ''] = same;
      const resources = grouped(things, (each) => alikeness.ofResource(each, first));
      const callers = grouped(about, (each) => alikeness.ofAsker(each, first, account, awsOrganization));
      for (const [resource = ''] of resources.values())
        for (const [asker] of callers.values()) {
          if (asker === undefined || found.has(first)) continue;
          const question = questionOn(asker, first, resource, account, attachment, awsOrganization);
          const live = liveOf(question);
          if (isRefusedAlways(question, live, attachment)) continue;
          const wrong = examine(question, entitlement, false, live).answers.find(isWrong);
          if (wrong === undefined) continue;
          const kind = wrong.kind === 'extra' ? 'extra' : 'not judged';
          for (const action of same)
            found.set(action, { kind, promised, asker, action, resource, context: wrong.context });
        }
    }
  }
  return [...found.values()];
}

/** Where a statement denies whatever else the request holds, one request stands for all. */
function isRefusedAlways(question: Question, live: Live, { service, resource }: Attachment): boolean {
  const { request, statements } = live;
  const denies = statements.some(
    ({ policy, statement, truth, tests }) =>
      statement.effect === 'Deny' &&
      tests.length === 0 &&
      (service.includes(policy) || resource.includes(policy)) &&
      and(truth, statement.resources.matches(request.resource, request.context)) === YES,
  );
  return denies && decideOne(question, '', {}, live).verdict === 'explicitly denied';
}

function isAbout({ callers, spared }: Promised, { as, caller }: Asker): boolean {
  const arn = as?.arn ?? caller.name;
  if (callers !== undefined && !callers.test(arn)) return false;
  return !(as?.kind === 'role' && spared.some((each) => isLike(arn, each)));
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

function isWrong({ kind }: Answer): boolean {
  return kind !== 'missing';
}

/** Everything but what is promised: that is all that somebody may do, as far as this promise goes. */
function unless({ values, holds }: NonNullable<Promised['when']>): Entitlement {
  return {
    values: new Map<string, readonly Value[]>(Object.entries(values)),
    objects: [],
    holds: (read) => !holds(read),
    alike: '',
    by: { kind: 'own account', holds: 'bucket' },
  };
}

/** Those that it names, and all that policies name or leave open, but for what it lets be. */
function actionsOf({ actions, allBut }: Promised, policies: readonly Policy[]): readonly string[] {
  if (allBut === undefined) return actions;
  const { services, patterns } = allBut;
  const named = policies.flatMap(({ statements }) =>
    statements.flatMap((each) =>
      each.actions.patterns
        .filter((pattern) => pattern.includes(':'))
        .map((one) => one.replace(/[*?]/g, 'fresh')),
    ),
  );
  const isMeant = (action: string) =>
    (services.includes('*') || services.includes(serviceOf(action))) &&
    !patterns.some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase()));
  const fresh = [FRESH_SERVICE, ...services.filter((each) => each !== '*')].map((each) => `${each}:Fresh`);
  const isAction = (text: string) => /^[a-z0-9-]+:[a-z0-9]+$/i.test(text);
  return [
    ...new Set([...actions, ...[...fresh, ...named].filter((each) => isAction(each) && isMeant(each))]),
  ];
}

/** Whether an action of a service could be asked of a resource: one of its own, or of none. */
function isOn(service: string, resource: string): boolean {
  const [, , of] = resource.split(':');
  return resource === '*' || service === of || (service === 'sts' && of === 'iam');
}

/** One request with guardrails alone. */
function questionOn(
  asker: Asker,
  action: string,
  resource: string,
  account: string,
  attachment: Attachment,
  awsOrganization: string,
): Question {
  // Asked by its ARN as it stands, as a table is.
  const target: Target = { kind: 'table', account, place: resource, arn: resource, owner: { kind: 'zone' } };
  return {
    asker,
    target,
    action,
    environment: underGuardrails(asker, attachment),
    grants: [],
    context: { 'aws:PrincipalOrgID': asker.awsOrganization, 'aws:ResourceOrgID': awsOrganization },
  };
}
