/**
 * Asks iam-simulate, an engine that others wrote, about a scenario. It is AGPL-3.0: it is loaded here alone, when a test or
 * the bench asks, and no part of it is shipped.
 */
import { callerOf } from '../../lib/iam/caller';
import { requestIn, resourcePolicyOf, type Scenario } from './scenario';

export type Simulated = 'allowed' | 'explicitly denied' | 'implicitly denied';

const VERDICTS: Readonly<Record<string, Simulated>> = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitly denied',
  ImplicitlyDenied: 'implicitly denied',
};

export type Simulation = Parameters<
  typeof import('@cloud-copilot/iam-simulate', { with: { 'resolution-mode': 'require' }})['runSimulation']
>[0];

/** What it is told: it derives no keys, and knows no exempt accounts or roles, so these are worked out for it. */
export function simulationOf(scenario: Scenario): Simulation {
  const { request, policies } = scenario;
  const caller = callerOf(request.caller);
  const { context, resourceAccount = '' } = requestIn(scenario);
  const named = (documents: readonly unknown[] = [], name = 'policy') =>
    documents.map((policy, n) => ({ name: `${name} ${n}`, policy }));
  const control =
    !caller.isServiceLinked && caller.account !== undefined && caller.account !== policies.managementAccount;
  const resourceControl = !caller.isServiceLinked && resourceAccount !== policies.managementAccount;
  return {
    request: {
      principal:
        request.caller.type === 'anonymous' ? { type: 'Anonymous' } : (caller.sessionArn ?? caller.name),
      action: request.action,
      resource: { resource: request.resource, accountId: resourceAccount },
      contextVariables: Object.fromEntries(context) as Record<string, string | string[]>,
    },
    identityPolicies: caller.account === undefined ? [] : named(policies.identity, 'identity'),
    serviceControlPolicies: (control ? (policies.serviceControl ?? []) : []).map((level, n) => ({
      orgIdentifier: `level ${n}`,
      policies: named(level, 'scp'),
    })),
    resourceControlPolicies: resourceControl
      ? [{ orgIdentifier: 'root', policies: named(policies.resourceControl, 'rcp') }]
      : [],
    resourcePolicy: resourcePolicyOf(scenario)?.[1],
    sessionPolicy: caller.type === 'role' ? policies.session?.[0] : undefined,
    ...(policies.boundary !== undefined &&
      /^(?:user|role)$/.test(caller.type) && {
        permissionBoundaryPolicies: named([policies.boundary], 'boundary'),
      }),
  };
}

/** Loads the engine; gives what asks it. `refused` if it finds fault with what it is given. */
export function simulator(): (simulation: Simulation) => Promise<Simulated | 'refused'> {
  // jest has no `import()` without a flag of Node’s.
  const { runSimulation } =
    require('@cloud-copilot/iam-simulate') as typeof import('@cloud-copilot/iam-simulate');
  return async (simulation) => {
    const result = await runSimulation(simulation, { simulationMode: 'Strict' });
    return result.resultType === 'error' ? 'refused' : (VERDICTS[result.overallResult] ?? 'refused');
  };
}
