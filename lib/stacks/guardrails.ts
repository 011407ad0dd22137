/** The stacks of the management account that come first: rules above accounts, and what each account begins with. */
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BaselineStackSet, GuardrailPolicies } from '../constructs';
import { CANARY_STACK_SET, STACK_SET } from '../names';
import type { Register, Zone } from '../register';
import { unbootstrapped } from './bootstrapped';

/** The names of the stacks, in the order in which they are deployed. */
export const GUARDRAILS_STACK = 'Guardrails';
export const BASELINE_CANARY_STACK = 'Baseline-canary';
export const BASELINE_STACK = 'Baseline';

/** Rules above accounts. It needs no bootstrap and no asset: StackSets don’t reach the management account. */
export class GuardrailsStack extends Stack {
  constructor(scope: Construct, id: string, { zone, organisations }: Register) {
    super(scope, id, {
      ...inManagement(zone),
      description: 'Concordat: rules above accounts, which their own administrators cannot undo',
    });
    const externals = organisations
      .filter(({ membership, mayCollect }) => membership === 'external' && mayCollect.length > 0)
      .map(({ account }) => account)
      .sort();
    new GuardrailPolicies(this, 'Policies', zone, externals);
  }
}

/** What the accounts of some units begin with. */
export class BaselineStack extends Stack {
  constructor(scope: Construct, id: string, props: { zone: Zone; template: object; canary: boolean }) {
    const { zone, template, canary } = props;
    const { units } = zone.guardrails;
    super(scope, id, {
      ...inManagement(zone),
      description: `Concordat: what every account begins with${canary ? ', in the canary unit' : ''}`,
    });
    new BaselineStackSet(this, 'Baseline', {
      name: canary ? CANARY_STACK_SET : STACK_SET,
      units: canary ? [units.canary] : [units.members, units.zone],
      region: zone.region,
      template,
    });
  }
}

function inManagement({ accounts, region }: Zone) {
  return {
    env: { account: accounts.management, region },
    terminationProtection: true,
    synthesizer: unbootstrapped(),
  };
}
