/**
 * The packs of cdk-nag, most of whose rules are asked about one resource of each shape. Resources of one shape differ in names
 * alone, as their stacks do, so a rule that is content with one is content with all, and one that says no more than that it is not
 * says so of all. A rule that finds something in particular, which it may name, or that fails is asked about each.
 */
import type { CfnResource } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  type IApplyRule,
  NagRuleCompliance,
  type NagRuleResult,
  NIST80053R5Checks,
} from 'cdk-nag';

/** The shape of a resource with that of its stack; undefined where it is not known, or no other resource has it. */
export type ShapeOf = (resource: CfnResource) => string | undefined;

const CONTENT: readonly unknown[] = [NagRuleCompliance.COMPLIANT, NagRuleCompliance.NOT_APPLICABLE];

/** Decides which rules of a pack are asked about a resource. */
class AskedByShape {
  /** The rules that were not content with a resource, as they are to be asked about others, by its shape, for each class of construct. */
  readonly #known = new Map<unknown, Map<string, readonly IApplyRule[]>>();
  #findings: IApplyRule[] = [];

  /**
   * @param askAll asks every rule of the pack about a resource, one after the other by `apply`
   * @param askOne asks one
   */
  constructor(
    private readonly shapeOf: ShapeOf,
    private readonly askAll: (resource: CfnResource) => void,
    private readonly askOne: (rule: IApplyRule) => void,
  ) {}

  /** Asks about a resource what has to be asked. */
  about(resource: CfnResource): void {
    const shape = this.shapeOf(resource);
    if (shape === undefined) {
      this.askAll(resource);
      return;
    }
    const ofClass = this.#known.get(resource.constructor) ?? new Map<string, readonly IApplyRule[]>();
    this.#known.set(resource.constructor, ofClass);
    const known = ofClass.get(shape);
    if (known !== undefined) {
      for (const each of known) this.askOne({ ...each, node: resource });
      return;
    }
    this.#findings = [];
    this.askAll(resource);
    ofClass.set(shape, this.#findings);
  }

  /** Asks a rule, and remembers it where it is not content. One that throws is not. */
  apply(applied: IApplyRule): void {
    let result: NagRuleResult | undefined;
    const rule = (resource: CfnResource) => {
      result = applied.rule(resource);
      return result;
    };
    this.askOne({ ...applied, rule: named(applied, rule) });
    if (CONTENT.includes(result)) return;
    this.#findings.push(
      result === NagRuleCompliance.NON_COMPLIANT ? { ...applied, rule: named(applied, isNot) } : applied,
    );
  }
}

/** What a rule says of a resource of which no more is to be said than that it is not as the rule wants it. */
const isNot = (_resource: CfnResource): NagRuleResult => NagRuleCompliance.NON_COMPLIANT;

/** A rule under the name of another: a pack makes the ids of its findings from the names of its rules. */
function named({ rule: { name } }: IApplyRule, rule: IApplyRule['rule']): IApplyRule['rule'] {
  return Object.defineProperty((resource: CfnResource) => rule(resource), 'name', { value: name });
}

/** AWS Solutions. */
export class AwsSolutionsByShape extends AwsSolutionsChecks {
  readonly #asked: AskedByShape;

  constructor(shapeOf: ShapeOf) {
    super(undefined, { verbose: true });
    this.#asked = new AskedByShape(
      shapeOf,
      (resource) => super.checkResource(resource),
      (rule) => super.applyRule(rule),
    );
  }

  protected override checkResource(resource: CfnResource): void {
    this.#asked.about(resource);
  }

  protected override applyRule(rule: IApplyRule): void {
    this.#asked.apply(rule);
  }
}

/** NIST SP 800-53, revision 5. */
export class NistByShape extends NIST80053R5Checks {
  readonly #asked: AskedByShape;

  constructor(shapeOf: ShapeOf) {
    super(undefined, { verbose: true });
    this.#asked = new AskedByShape(
      shapeOf,
      (resource) => super.checkResource(resource),
      (rule) => super.applyRule(rule),
    );
  }

  protected override checkResource(resource: CfnResource): void {
    this.#asked.about(resource);
  }

  protected override applyRule(rule: IApplyRule): void {
    this.#asked.apply(rule);
  }
}
