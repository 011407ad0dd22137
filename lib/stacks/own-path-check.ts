/** Fails a synth whose guardrails would keep a deployment, this one included, from getting through. */
import { dirname } from 'node:path';
import type { PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { Assembly } from '../assembly';
import type { TemplateCheck, TemplateContext } from '../compliance/packs';
import { ownPath, type Refusal, tellRefusal } from '../proof';
import type { Zone } from '../register';

const WHO: Readonly<Record<Refusal['step']['by'], string>> = {
  deployer: 'a role that the register lets deploy',
  deploy: 'the deployment role',
  publish: 'the role that uploads assets',
  execute: 'CloudFormation',
  'stack sets': 'CloudFormation’s StackSets',
};

/** A check: each step of a deployment that would be refused is an error, at every stage of the roll-out. */
export class OwnPathCheck implements TemplateCheck {
  readonly name = 'Concordat-OwnPath';

  /** @param read opens the assembly in a folder */
  constructor(
    private readonly zone: Zone,
    private readonly read: (folder: string) => Assembly,
  ) {}

  validate({ templatePaths }: TemplateContext): PolicyValidationPluginReport {
    const [first] = templatePaths;
    if (first === undefined) return { success: true, violations: [] };
    const { refusals, unknown } = ownPath(this.read(dirname(first)), this.zone.awsOrganizationId);
    const violations = [
      ...refusals.map(({ step, account, because }) => ({
        ruleName: 'DeploymentWouldBeRefused',
        description: `In account ${account}, ${WHO[step.by]} could not do ${step.action} on ${step.resource}: ${because.map(tellRefusal).join('; ')}.`,
        fix: 'Correct the guardrail, the role or the boundary that is named; do not deploy the guardrails before.',
        severity: 'fatal' as const,
        violatingResources: [{ constructPath: step.place ?? account, locations: [] }],
      })),
      ...unknown.map((type) => ({
        ruleName: 'DeploymentIsNotJudged',
        description: `What deploying ${type} takes is not known.`,
        fix: 'Add it to lib/proof/own-path/deployed-actions.ts, and what CloudFormation needs for it to lib/policy/bootstrap-needs-*.ts.',
        severity: 'fatal' as const,
        violatingResources: [{ constructPath: type, locations: [] }],
      })),
    ];
    return { success: violations.length === 0, violations };
  }
}
