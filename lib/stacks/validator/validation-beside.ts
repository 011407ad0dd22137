/** CDK’s validation as a plugin of the app, which has it done by the validator beside the other plugins. */
import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import type { Names } from '../../compliance';
import type { Validator } from '.';

/** Hands the templates to the validator, and gives its findings as its own: the CDK sees the plugin that it would add itself. */
export class ValidationBeside extends CloudFormationValidatePlugin {
  #begun = false;
  #version: string | undefined;

  /** @param namesIn the names that may stand in the templates of an account */
  constructor(
    private readonly validator: Validator,
    private readonly namesIn: (account: string) => Names,
  ) {
    super();
  }

  /** The same plugins, before the first of which the validator begins. */
  beside(plugins: readonly IPolicyValidationPlugin[]): IPolicyValidationPlugin[] {
    return plugins.map((plugin) => ({
      name: plugin.name,
      validate: (context) => {
        this.#begin(context);
        return plugin.validate(context);
      },
    }));
  }

  /** @throws Error if the validator failed; the CDK makes a finding of it, which fails the synth */
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.#begin(context);
    const { report, version } = this.validator.outcome();
    this.#version = version;
    return report;
  }

  /** As the validator gives it: to ask for it here would load the engine once more. */
  override get version(): string | undefined {
    return this.#version ?? super.version;
  }

  #begin({ stackTemplates }: IPolicyValidationContext): void {
    if (this.#begun) return;
    this.#begun = true;
    const accounts = new Set(stackTemplates.map(({ accountId = '' }) => accountId));
    const names = new Map([...accounts].map((account) => [account, this.namesIn(account)]));
    this.validator.give({ stackTemplates, names });
  }
}
