/** A request with the policies that apply to it, as plain JSON: what data files hold and what generators make. */
import type { CallerInput } from '../../lib/iam/caller';
import { type Environment, environmentOf } from '../../lib/iam/environment';
import { type GrantInput, grantOf } from '../../lib/iam/grant';
import type { PolicyKind } from '../../lib/iam/kind';
import { compile, type Policy } from '../../lib/iam/policy';
import { type Request, requestOf } from '../../lib/iam/request';

export interface Scenario {
  readonly request: {
    readonly caller: CallerInput;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string;
    readonly accessPoint?: string;
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly policies: {
    readonly identity?: readonly unknown[];
    readonly boundary?: unknown;
    readonly session?: readonly unknown[] | undefined;
    readonly serviceControl?: readonly (readonly unknown[])[];
    readonly resourceControl?: readonly unknown[];
    /** By the kind of the resource’s policy. */
    readonly bucket?: unknown;
    readonly key?: unknown;
    readonly queue?: unknown;
    readonly topic?: unknown;
    readonly trust?: unknown;
    readonly resource?: unknown;
    readonly accessPoint?: unknown;
    readonly grants?: readonly GrantInput[];
    readonly managementAccount?: string;
  };
}

export const OF_RESOURCE = ['bucket', 'key', 'queue', 'topic', 'trust', 'resource'] as const;

/** The policy of the scenario’s resource, with its kind. */
export function resourcePolicyOf({ policies }: Scenario): readonly [PolicyKind, unknown] | undefined {
  const kind = OF_RESOURCE.find((each) => policies[each] !== undefined);
  return kind && [kind, policies[kind]];
}

export function environmentIn(scenario: Scenario): Environment {
  const { policies } = scenario;
  const list = (documents: readonly unknown[] | undefined, kind: PolicyKind): Policy[] | undefined =>
    documents?.map((document, n) => compile(document, { kind, name: `${kind} ${n + 1}` }));
  const one = (document: unknown, kind: PolicyKind) =>
    document === undefined ? undefined : compile(document, { kind, name: kind });
  const ofResource = resourcePolicyOf(scenario);
  const parts: Record<string, unknown> = {
    identity: list(policies.identity, 'identity'),
    boundary: one(policies.boundary, 'permissions boundary'),
    session: list(policies.session, 'session'),
    serviceControl: policies.serviceControl?.map((level) => list(level, 'service control')),
    resourceControl: list(policies.resourceControl, 'resource control'),
    resource: ofResource && one(ofResource[1], ofResource[0]),
    accessPoint: one(policies.accessPoint, 'access point'),
    grants: policies.grants?.map(grantOf),
    managementAccount: policies.managementAccount,
  };
  return environmentOf(Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)));
}

export function requestIn({ request }: Scenario): Request {
  return requestOf(request);
}
