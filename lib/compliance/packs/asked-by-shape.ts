/**
 * The packs of cdk-nag, most of whose rules are asked about one resource of each shape. Resources of one shape differ in names
 * alone, so a rule that is content with one is content with all, and one that says no more than that it is not says so of all. A rule
 * that looks at other resources of the stack is asked in each shape of stack. One that finds something in particular, which it may
 * name, or that fails is asked about each.
 */
import type { CfnResource } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  type IApplyRule,
  NagRuleCompliance,
  type NagRuleResult,
  NIST80053R5Checks,
} from 'cdk-nag';
import { type IConstruct, Node } from 'constructs';

/** The shape of a resource. */
export interface PlacedShape {
  /** Equal where two resources differ in names alone, with what they refer to and what refers to them. */
  readonly own: string;
  /** That of its stack: equal where two stacks differ in names alone. */
  readonly stack: string;
}

/** The shape of a resource; undefined where it is not known, or no other resource has it. */
export type ShapeOf = (resource: CfnResource) => PlacedShape | undefined;

const CONTENT: readonly unknown[] = [NagRuleCompliance.COMPLIANT, NagRuleCompliance.NOT_APPLICABLE];

/** A rule that was asked about a resource, and has to do with others of its shape. */
interface Asked {
  readonly rule: IApplyRule;
  /** What is asked about others of the same shape in stacks of the same shape. */
  readonly repeated: IApplyRule;
  /** Whether it looked at other resources of the stack, and so is asked in each shape of stack. */
  readonly looksAround: boolean;
  readonly isContent: boolean;
}

/** What is known of the resources of one shape. */
interface Known {
  /** The rules that were not content, or that look around, in the order of the pack. */
  readonly rules: readonly Asked[];
  /** Those that are asked about each, by the shape of the stack. */
  readonly inStack: Map<string, readonly Asked[]>;
}

/** Decides which rules of a pack are asked about a resource. */
class AskedByShape {
  /** By shape, for each class of construct. */
  readonly #known = new Map<unknown, Map<string, Known>>();
  #heard: Asked[] = [];

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
    const ofClass = this.#known.get(resource.constructor) ?? new Map<string, Known>();
    this.#known.set(resource.constructor, ofClass);
    const known = ofClass.get(shape.own);
    const rules = known?.inStack.get(shape.stack);
    if (rules !== undefined) {
      for (const { repeated } of rules) this.askOne({ ...repeated, node: resource });
      return;
    }
    this.#heard = [];
    if (known === undefined) this.askAll(resource);
    else for (const each of known.rules) this.#askInStack(each, resource);
    const heard = this.#heard;
    const inStack = known?.inStack ?? new Map<string, readonly Asked[]>();
    inStack.set(
      shape.stack,
      heard.filter(({ isContent }) => !isContent),
    );
    if (known === undefined) ofClass.set(shape.own, { rules: heard, inStack });
  }

  /** Asks in another shape of stack: anew where the rule looks around there. */
  #askInStack(asked: Asked, resource: CfnResource): void {
    if (asked.looksAround) {
      this.apply({ ...asked.rule, node: resource });
      return;
    }
    this.askOne({ ...asked.repeated, node: resource });
    this.#heard.push(asked);
  }

  /** Asks a rule, and remembers it where it looks around or is not content. One that throws is not. */
  apply(applied: IApplyRule): void {
    let result: NagRuleResult | undefined;
    let looksAround = false;
    const rule = (resource: CfnResource) => {
      hasLooked = false;
      try {
        result = applied.rule(resource);
        return result;
      } finally {
        looksAround = hasLooked;
      }
    };
    this.askOne({ ...applied, rule: named(applied, rule) });
    const isContent = CONTENT.includes(result);
    if (isContent && !looksAround) return;
    const saysNoMore = result === NagRuleCompliance.NON_COMPLIANT;
    const repeated = saysNoMore ? { ...applied, rule: named(applied, isNot) } : applied;
    this.#heard.push({ rule: applied, repeated, looksAround, isContent });
  }
}

/** Whether a construct was looked below since this was last put to false. */
let hasLooked = false;

/**
 * Calls, and has `hasLooked` tell meanwhile: from a resource to another that it does not refer to, every way goes up the tree and
 * then down it, and down it by these two alone.
 */
function watchingLooks<T>(call: () => T): T {
  const { prototype } = Node;
  const children = Object.getOwnPropertyDescriptor(prototype, 'children');
  const { tryFindChild } = prototype;
  if (children?.get === undefined) throw new Error('constructs has no getter `children` any more');
  const { get } = children;
  Object.defineProperty(prototype, 'children', {
    ...children,
    get(this: Node) {
      hasLooked = true;
      return get.call(this);
    },
  });
  prototype.tryFindChild = function (this: Node, id: string) {
    hasLooked = true;
    return tryFindChild.call(this, id);
  };
  try {
    return call();
  } finally {
    Object.defineProperty(prototype, 'children', children);
    prototype.tryFindChild = tryFindChild;
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

  override validateScope(scope: IConstruct) {
    return watchingLooks(() => super.validateScope(scope));
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

  override validateScope(scope: IConstruct) {
    return watchingLooks(() => super.validateScope(scope));
  }

  protected override checkResource(resource: CfnResource): void {
    this.#asked.about(resource);
  }

  protected override applyRule(rule: IApplyRule): void {
    this.#asked.apply(rule);
  }
}
