/** Fails a synth where a live test has refuted an assumption about AWS on which the templates rest. */
import { dirname } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { type Assembly, liveOutcomesOf, provenanceOf } from '../assembly';
import { ifFalseWords, knownAssumptions } from '../policy';

/** A validation plugin: what was refuted is an error until it is mended and tested again. */
export class AssumptionsCheck implements IPolicyValidationPlugin {
  readonly name = 'Concordat-Assumptions';

  /** @param read opens the assembly in a folder */
  constructor(private readonly read: (folder: string) => Assembly) {}

  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const [first] = templatePaths;
    if (first === undefined) return { success: true, violations: [] };
    const assembly = this.read(dirname(first));
    const { asOf, register } = provenanceOf(assembly);
    const known = knownAssumptions(liveOutcomesOf(assembly), { region: register.zone.region, asOf });
    const violations = known.flatMap(({ assumption, state }) =>
      state.is === 'refuted'
        ? [
            {
              ruleName: `Assumption-${assumption.id}`,
              description: `Live AWS did otherwise on ${state.on}: ${state.saw}. It was taken that: ${assumption.assumes} ${ifFalseWords(assumption.ifFalse)}`,
              fix: `${assumption.mend} Then have it tested again: npx concordat probe.`,
              severity: 'error',
              violatingResources: [{ constructPath: '(the whole app)', locations: [] }],
            },
          ]
        : [],
    );
    return { success: violations.length === 0, violations };
  }
}
