/** Every guardrail: what it says, and the units that it is attached to at the stage that the register names. */
import type { AccountId, Custody, Zone } from '../../register';
import {
  type PolicyDocument,
  policy,
  type ResourceControlStatement,
  type ServiceControlStatement,
} from '../document';
import { accountability } from './accountability';
import { custodyOrigin } from './custody-origin';
import { ownData } from './own-data';
import { deployersAccounts, ownDeployers } from './own-deployers';
import { ownDeployment } from './own-deployment';
import { ownFunctions } from './own-functions';
import { ownGate } from './own-gate';
import { ownKeys } from './own-keys';
import { ownProviders } from './own-providers';
import { ownStops } from './own-stops';
import { ownTables } from './own-tables';
import { laterPerimeter, perimeter } from './perimeter';
import { BLOCK_PUBLIC_ACCESS, publicAccess } from './public-access';
import { residency } from './residency';

/**
 * What is made together. What AWS came to know of last is made apart and after the others: should it refuse the kind of
 * policy, or a service in one, nothing else is rolled back with it.
 */
export const GUARDRAIL_GROUPS = ['main', 'services', 's3'] as const;
export type GuardrailGroup = (typeof GUARDRAIL_GROUPS)[number];

interface Common {
  readonly group: GuardrailGroup;
  /** Letters and digits. It never changes, or the policy would be replaced. */
  readonly id: string;
  readonly name: `concordat-${string}`;
  /** What it is for, in one sentence. */
  readonly description: string;
  /** The units, and the accounts in none of them, that it is attached to; none where the roll-out has not reached it. */
  readonly units: readonly string[];
}

/** One policy of AWS Organizations. */
export type Guardrail = Common &
  (
    | { readonly type: 'SERVICE_CONTROL_POLICY'; readonly content: PolicyDocument<ServiceControlStatement> }
    | { readonly type: 'RESOURCE_CONTROL_POLICY'; readonly content: PolicyDocument<ResourceControlStatement> }
    | { readonly type: 'S3_POLICY'; readonly content: typeof BLOCK_PUBLIC_ACCESS }
  );

const CUSTODY_IDS: Readonly<Record<Custody['kind'], string>> = {
  account: 'CustodyAccount',
  imported: 'CustodyImported',
  cloudhsm: 'CustodyCloudHsm',
  external: 'CustodyExternal',
};

/**
 * All of them.
 * @param externals the accounts outside the AWS organisation that may collect
 * @param signingIn the accounts of members whose people sign in; they and the externals are all that makes a policy grow
 */
export function guardrails(
  zone: Zone,
  externals: readonly AccountId[],
  signingIn: readonly AccountId[] = [],
): Guardrail[] {
  const units = unitsAt(zone.guardrails);
  const deployers = zone.guardrails.stage === 'all' ? deployersAccounts(zone) : [];
  return [
    {
      group: 'main',
      id: 'Residency',
      name: 'concordat-residency',
      description:
        'Concordat: data and keys stay in the UK, nothing in S3 becomes public, and what decides on a release is left alone',
      units,
      type: 'SERVICE_CONTROL_POLICY',
      // There is room for the gate and providers here: no policy is larger than what AWS took before it doubled the limit.
      content: policy(
        ...residency(zone),
        ...publicAccess(),
        ...ownGate(),
        ...(signingIn.length > 0 ? ownProviders() : []),
      ),
    },
    {
      group: 'main',
      id: 'Accountability',
      name: 'concordat-accountability',
      description:
        'Concordat: accounts stay, keep their record, and change what deploys by its deployment alone',
      units: [...units, ...deployers],
      type: 'SERVICE_CONTROL_POLICY',
      content: policy(...accountability(), ...ownDeployment()),
    },
    {
      group: 'main',
      id: 'Functions',
      name: 'concordat-functions',
      description:
        'Concordat: functions, what they keep and what watches them change by deployment alone; stops are for those with the right',
      units,
      type: 'SERVICE_CONTROL_POLICY',
      content: policy(...ownFunctions(), ...ownTables(), ...ownStops()),
    },
    {
      group: 'main',
      id: 'Data',
      name: 'concordat-data',
      description:
        'Concordat: buckets, objects, access points and keys change by those whose part it is alone',
      units,
      type: 'SERVICE_CONTROL_POLICY',
      content: policy(...ownData(zone), ...ownKeys()),
    },
    {
      group: 'main',
      id: 'Deployers',
      name: 'concordat-deployers',
      description: 'Concordat: the roles that deploy, and who vouches for their sessions, stay as they are',
      units: deployers,
      type: 'SERVICE_CONTROL_POLICY',
      content: policy(...ownDeployers(zone)),
    },
    ...custodyGuardrails(zone),
    {
      group: 'main',
      id: 'Perimeter',
      name: 'concordat-perimeter',
      description:
        'Concordat: resources are reached by the organisation and its declared externals alone, over TLS',
      units,
      type: 'RESOURCE_CONTROL_POLICY',
      content: policy(...perimeter(zone, externals, signingIn)),
    },
    {
      group: 'services',
      id: 'LaterPerimeter',
      name: 'concordat-perimeter-services',
      description: 'Concordat: tables, events and logs are reached by the organisation alone, over TLS',
      units,
      type: 'RESOURCE_CONTROL_POLICY',
      content: policy(...laterPerimeter(zone)),
    },
    {
      group: 's3',
      id: 'BlockPublicAccess',
      name: 'concordat-block-public-access',
      description: 'Concordat: S3 blocks public access in every account',
      units,
      type: 'S3_POLICY',
      content: BLOCK_PUBLIC_ACCESS,
    },
  ];
}

/** They reach members only, so they are attached at the last stage. */
function custodyGuardrails(zone: Zone): Guardrail[] {
  const { stage, units } = zone.guardrails;
  return (Object.keys(CUSTODY_IDS) as Custody['kind'][]).flatMap((kind) => {
    const unit = units.custody[kind];
    if (unit === undefined) return [];
    return {
      group: 'main' as const,
      id: CUSTODY_IDS[kind],
      name: `concordat-custody-${kind}` as const,
      description: `Concordat: shared data in this unit is under keys of custody ${kind} alone`,
      units: stage === 'all' ? [unit] : [],
      type: 'SERVICE_CONTROL_POLICY' as const,
      content: policy(...custodyOrigin(zone, kind)),
    };
  });
}

function unitsAt({ stage, units: { canary, members, zone } }: Zone['guardrails']): string[] {
  switch (stage) {
    case 'nowhere':
      return [];
    case 'canary':
      return [canary];
    case 'all':
      return [canary, members, zone];
  }
}
