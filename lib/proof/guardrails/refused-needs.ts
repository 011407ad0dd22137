/** What the landing zone needs and guardrails refuse: the other half of the question what they keep. */
import type { OrganisationFacts, RegisterFacts, World } from '../../assembly';
import {
  type ContextValue,
  callerOf,
  decide,
  type Policy,
  type Reason,
  reasonsOf,
  requestOf,
} from '../../iam';
import { EVERYTHING } from '../askers';
import type { Asker } from '../question';
import type { Attachment } from './alikeness';
import { policiesFor } from './attached';
import { underGuardrails } from './keeping';
import { type Need, needsOf } from './needs/needs';
import type { Attached } from './promised';
import type { Things } from './things';

/** Something that the landing zone needs is refused. */
export interface RefusedNeed {
  readonly what: 'refused';
  /** The ARN of a caller, a service, a provider; empty of the unsigned. */
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly because: readonly Reason[];
}

/**
 * What is needed and refused with every guardrail attached: the first of each caller and action.
 * @param member undefined where the register names none
 */
export function refusedNeeds(
  { register, controls, asOf }: Pick<World, 'register' | 'controls' | 'asOf'>,
  member: OrganisationFacts | undefined,
  things: Things,
): RefusedNeed[] {
  const resource = controls.resource.map(({ policy }) => policy);
  const found = new Map<string, RefusedNeed>();
  const byPlace = new Map<string, readonly Policy[]>();
  for (const need of needsOf({ register, asOf }, member, things)) {
    const place = placeOf(need);
    const name = JSON.stringify(place);
    const service = byPlace.get(name) ?? policiesFor(place, controls.service).map(({ policy }) => policy);
    byPlace.set(name, service);
    const because = refusalOf(need, { service, resource }, register.zone);
    const { caller, action, context } = need;
    const who = callerName(caller);
    if (because !== undefined && !found.has(`${who} ${action}`))
      found.set(`${who} ${action}`, {
        what: 'refused',
        who,
        action,
        resource: need.resource,
        context,
        because,
      });
  }
  return [...found.values()];
}

/** Where what is needed is done. */
function placeOf({ ofDeployers, custody }: Need): Attached {
  if (ofDeployers) return 'deployers';
  return custody === undefined ? 'units' : { custody };
}

/** Why it is refused; undefined where it is not. */
function refusalOf(
  need: Need,
  { service, resource }: Attachment,
  { awsOrganizationId }: RegisterFacts['zone'],
): readonly Reason[] | undefined {
  const caller = callerOf(need.caller);
  const isInside = need.awsOrganization === awsOrganizationId;
  const asker: Asker = {
    caller,
    party: { kind: 'zone' },
    role: '',
    permissions: 'at most',
    identity: caller.account === undefined ? [] : [EVERYTHING],
    awsOrganization: need.awsOrganization,
  };
  const { context, action } = need;
  const decision = decide(
    requestOf({
      caller,
      action,
      resource: need.resource,
      ...(need.resource !== '*' && { resourceAccount: need.account }),
      context: {
        'aws:principalorgid': need.awsOrganization,
        'aws:resourceorgid': awsOrganizationId,
        ...context,
      },
    }),
    underGuardrails(asker, { service: isInside ? service : [], resource }),
  );
  return decision.verdict === 'allowed' ? undefined : reasonsOf(decision);
}

function callerName(caller: Need['caller']): string {
  if ('arn' in caller) return caller.arn;
  return 'service' in caller ? caller.service : 'provider' in caller ? caller.provider : '';
}
