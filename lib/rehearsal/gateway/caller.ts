/** Who asks at a port. */

import type { World } from '../../assembly';
import { type Caller, callerOf, compile, type Policy } from '../../iam';

/** A caller of the rehearsal. */
export interface Actor {
  readonly caller: Caller;
  /** The role’s ARN, or the service’s name. */
  readonly name: string;
  /** Undefined for an AWS service. */
  readonly account: string | undefined;
  readonly identity: readonly Policy[];
  /** Condition keys that come with the caller: the ARN of the function whose code asks, or of the trail that a service asks for. */
  readonly context: Readonly<Record<string, string>>;
}

/** A role of the templates, with the policies that they give it. @throws Error where no template makes it */
export function roleActor(world: World, arn: string, functionArn?: string): Actor {
  const role = world.roles.find((each) => each.arn === arn);
  if (role === undefined) throw new Error(`no template makes the role ${arn}`);
  return {
    caller: callerOf({ type: 'role', arn, session: 'rehearsal' }),
    name: arn,
    account: role.account,
    identity: role.identity,
    context: functionArn === undefined ? {} : { 'lambda:SourceFunctionArn': functionArn },
  };
}

/** Every permission that an account can give. */
export const WHATEVER_ITS_ACCOUNT_ALLOWS: Policy = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'identity', name: 'whatever its own account lets it do' },
);

/** The same role as its account’s own administrators could make it: with every permission that they can give. */
export function unboundedActor(actor: Actor): Actor {
  return { ...actor, identity: [WHATEVER_ITS_ACCOUNT_ALLOWS] };
}

/** An AWS service, which asks on behalf of a resource. */
export function serviceActor(service: string, context: Readonly<Record<string, string>>): Actor {
  return {
    caller: callerOf({ type: 'service', service }),
    name: service,
    account: undefined,
    identity: [],
    context,
  };
}

/** The account of a role, by its ARN. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
