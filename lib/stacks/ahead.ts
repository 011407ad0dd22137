/** A check that may be carried out before its turn, while what comes before it is waited for. */
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';

/** The same check: its turn, and so its place in the report, stays. */
export class Ahead implements IPolicyValidationPlugin {
  readonly name: string;
  #report: PolicyValidationPluginReport | undefined;

  constructor(private readonly check: IPolicyValidationPlugin) {
    this.name = check.name;
  }

  /** Carries it out. */
  begin(context: IPolicyValidationContext): void {
    try {
      this.#report = this.check.validate(context);
    } catch {
      // It fails again in its turn, where the CDK hears of it.
    }
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.#report ?? this.check.validate(context);
  }
}
