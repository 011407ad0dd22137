/** Fails a synth when an AWS limit is passed, and warns when one is near. */
import { dirname } from 'node:path';
import type { PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { Assembly } from '../assembly';
import type { TemplateCheck, TemplateContext } from '../compliance/packs';
import { fullness, headroomOf, objectSizes } from '../plan';
import { LIMITS } from '../policy';
import type { Register } from '../register';

/** A check: more than a limit allows is an error, nearly as much a warning. */
export class HeadroomCheck implements TemplateCheck {
  readonly name = 'Concordat-Headroom';

  /** @param read opens the assembly in a folder */
  constructor(
    private readonly register: Register,
    private readonly read: (folder: string) => Assembly,
  ) {}

  validate({ templatePaths }: TemplateContext): PolicyValidationPluginReport {
    const [first] = templatePaths;
    if (first === undefined) return { success: true, violations: [] };
    const { tight } = headroomOf(this.read(dirname(first)).stacks, objectSizes(this.register));
    const violations = tight.map((use) => {
      const { what, most, source, adjustable } = LIMITS[use.limit];
      const full = fullness(use) >= 1;
      return {
        ruleName: `Headroom-${use.limit}`,
        description: `${use.used.toLocaleString('en-GB')} of ${most.toLocaleString('en-GB')}: ${what} (${source}).`,
        fix: adjustable
          ? 'Ask AWS to raise the limit, or use less of it.'
          : 'Use less of it: AWS does not raise this limit.',
        severity: full ? 'error' : 'warning',
        violatingResources: [
          { constructPath: use.stack, locations: use.logicalId === undefined ? [] : [use.logicalId] },
        ],
      };
    });
    return { success: violations.every((each) => each.severity !== 'error'), violations };
  }
}
