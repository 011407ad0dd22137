/** A check that may be carried out before its turn, while what comes before it is waited for. */
import type { PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { TemplateCheck, TemplateContext } from '../compliance/packs';

/** The same check: its turn, and so its place in the report, stays. */
export class Ahead implements TemplateCheck {
  readonly name: string;
  #report: PolicyValidationPluginReport | undefined;

  constructor(private readonly check: TemplateCheck) {
    this.name = check.name;
  }

  /** Carries it out. */
  begin(context: TemplateContext): void {
    try {
      this.#report = this.check.validate(context);
    } catch {
      // It fails again in its turn, where the CDK hears of it.
    }
  }

  validate(context: TemplateContext): PolicyValidationPluginReport {
    return this.#report ?? this.check.validate(context);
  }
}
