/** The guardrails, as policies of AWS Organizations. */
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { guardrails } from '../policy';
import type { AccountId, Zone } from '../register';

/** One policy each. Organizations takes one change at a time, so each waits for the one before. */
export class GuardrailPolicies extends Construct {
  constructor(scope: Construct, id: string, zone: Zone, externals: readonly AccountId[]) {
    super(scope, id);
    let previous: CfnPolicy | undefined;
    for (const { id: logicalId, name, description, type, content, units } of guardrails(zone, externals)) {
      const policy = new CfnPolicy(this, logicalId, {
        name,
        description,
        type,
        content,
        ...(units.length > 0 && { targetIds: [...units] }),
      });
      if (previous) policy.addResourceDependency(previous);
      previous = policy;
    }
  }
}
