/** Fails a synth where a live test has refuted an assumption about AWS on which the templates rest. */
import { dirname } from 'node:path';
import type { PolicyValidationPluginReport } from 'aws-cdk-lib';
import { type Assembly, liveOutcomesOf, provenanceOf } from '../assembly';
import type { TemplateCheck, TemplateContext } from '../compliance/packs';
import { knownAssumptions, refutationWords } from '../policy';

/** A check: what was refuted is an error until it is mended and tested again. */
export class AssumptionsCheck implements TemplateCheck {
  readonly name = 'Concordat-Assumptions';

  /** @param read opens the assembly in a folder */
  constructor(private readonly read: (folder: string) => Assembly) {}

  validate({ templatePaths }: TemplateContext): PolicyValidationPluginReport {
    const [first] = templatePaths;
    if (first === undefined) return { success: true, violations: [] };
    const assembly = this.read(dirname(first));
    const { asOf, register } = provenanceOf(assembly);
    const known = knownAssumptions(liveOutcomesOf(assembly), { region: register.zone.region, asOf });
    const violations = known.flatMap((each) => {
      const refuted = refutationWords(each);
      if (refuted === undefined) return [];
      return {
        ...refuted,
        ruleName: `Assumption-${each.assumption.id}`,
        severity: 'error',
        violatingResources: [{ constructPath: '(the whole app)', locations: [] }],
      };
    });
    return { success: violations.length === 0, violations };
  }
}
