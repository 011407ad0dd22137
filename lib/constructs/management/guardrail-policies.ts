/** The guardrails, as policies of AWS Organizations. */
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import type { Guardrail } from '../../policy';

/** One policy each. Organizations takes one change at a time, so each waits for the one before. */
export class GuardrailPolicies extends Construct {
  constructor(scope: Construct, id: string, guardrails: readonly Guardrail[]) {
    super(scope, id);
    let previous: CfnPolicy | undefined;
    for (const { id: logicalId, name, description, type, content, units } of guardrails) {
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
