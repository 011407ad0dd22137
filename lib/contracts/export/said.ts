/** Which rules of a plan an export says, and which it cannot: so that nobody takes the export for the whole contract. */
import type { ContractPlan } from '../../wire/contracts';

/** Takes down the rules that are said. */
export class Said {
  readonly #rules = new Set<string>();

  /** Gives a value where its rule is there, and takes it down as said. */
  of<R extends { readonly rule: string }, T>(rule: R | undefined, value: (rule: R) => T): T | undefined {
    if (rule === undefined) return undefined;
    this.#rules.add(rule.rule);
    return value(rule);
  }

  /** The rules of a plan that were not said, by their places in the contract. */
  unsaid(plan: ContractPlan): string[] {
    const all = new Set<string>();
    const walk = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      if ('rule' in value && typeof value.rule === 'string') all.add(value.rule);
      for (const each of Object.values(value)) walk(each);
    };
    walk(plan);
    return [...all].filter((rule) => !this.#rules.has(rule));
  }
}

/** What came of an export: the text of the file, and the rules that its format cannot say. */
export interface Exported {
  readonly text: string;
  readonly unsaid: readonly string[];
}
