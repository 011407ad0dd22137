/** CDK’s validation as a plugin of the app, which has it done by the validator beside the other plugins. */
import {
  type App,
  type CfnResource,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  Stack,
} from 'aws-cdk-lib';
import type { Names } from '../../compliance';
import type { Checks, PlacedShape } from '../../compliance/packs';
import { collectIfMuch } from '../../start/collecting';
import type { Ahead } from '../ahead';
import { emptyResources } from '../emptied';
import { whenWritten } from '../when-written';
import type { Judged, ToldShapes, Validator } from '.';

/** From this many templates on, it is quicker to wait for their shapes than to ask cdk-nag about every resource. */
const MANY = 60;

type Outcome = { readonly judged: Judged } | { readonly failure: unknown };

/**
 * Hands the templates to the validator, and gives its findings as its own: the CDK sees the plugin that it would add itself.
 *
 * Of few templates our own checks are carried out while the validator works. Of many they wait for its end: its thread has a quarter
 * of a gigabyte until then, and what the checks hold grows by as much.
 */
export class ValidationBeside extends CloudFormationValidatePlugin {
  #begun = false;
  #isOfMany = false;
  #isEmptied = false;
  #outcome: Outcome | undefined;
  #shapes: ToldShapes | undefined;
  /** The accounts of whose names the validator has heard. */
  readonly #heard = new Set<string>();
  /** By resource, since both packs of cdk-nag ask for each. */
  readonly #known = new Map<CfnResource, PlacedShape | undefined>();

  /**
   * @param namesIn the names that may stand in the templates of an account
   * @param ours our own checks
   */
  constructor(
    private readonly validator: Validator,
    private readonly namesIn: (account: string) => Names,
    private readonly ours: readonly Ahead[] = [],
  ) {
    super();
  }

  /** Has the validator hear of each template of many as soon as it is written. To be called once the stacks are there. */
  listen(app: App): void {
    const stacks = app.node.children.filter((each) => Stack.isStack(each));
    if (stacks.length < MANY) return;
    this.validator.tell({ names: this.#namesOf(stacks.map(({ account }) => account)) });
    for (const stack of stacks) whenWritten(stack, (written) => this.validator.tell({ stack: written }));
  }

  /**
   * The same checks in turn, before the first of which the validator begins. Of many templates, resources are let go of before the
   * first that looks at templates alone.
   */
  beside({ ofResources, ofTemplates }: Checks): IPolicyValidationPlugin[] {
    const after =
      (before: (context: IPolicyValidationContext) => void) => (check: IPolicyValidationPlugin) => ({
        name: check.name,
        validate: (context: IPolicyValidationContext) => {
          before(context);
          return check.validate(context);
        },
      });
    return [
      ...ofResources.map(after((context) => this.#begin(context))),
      ...ofTemplates.map(
        after((context) => {
          this.#begin(context);
          if (this.#isOfMany) this.#makeRoom(context);
        }),
      ),
    ];
  }

  /**
   * The shape of a resource with that of its stack, as the validator tells it. Undefined where it tells none, and of so few
   * stacks that waiting for it takes longer than doing without.
   */
  shapeOf(resource: CfnResource): PlacedShape | undefined {
    if (this.#shapes === undefined) return undefined;
    if (this.#known.has(resource)) return this.#known.get(resource);
    const { stack } = resource;
    const shape = this.#shapes.get(stack.node.path);
    const label = shape?.labels.get(stack.resolve(resource.logicalId));
    const known =
      shape === undefined || label === undefined
        ? undefined
        : { own: `${stack.region} ${label}`, stack: String(shape.whole) };
    this.#known.set(resource, known);
    return known;
  }

  /** @throws Error if the validator failed; the CDK makes a finding of it, which fails the synth */
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.#begin(context);
    const outcome = this.#wait();
    if ('failure' in outcome) throw outcome.failure;
    return outcome.judged.report;
  }

  /** As the validator gives it: to ask for it here would load the engine once more. */
  override get version(): string | undefined {
    const outcome = this.#outcome;
    return (outcome && 'judged' in outcome ? outcome.judged.version : undefined) ?? super.version;
  }

  /**
   * Before the checks that look at templates alone, of which ours hold as much as the app does: waits for the validator’s end, and lets go
   * of what rule packs asked about.
   */
  #makeRoom({ appConstruct }: IPolicyValidationContext): void {
    this.#wait();
    if (this.#isEmptied) return;
    this.#isEmptied = true;
    this.#shapes = undefined;
    this.#known.clear();
    emptyResources(appConstruct);
  }

  /** Waits for the validator’s end. That it failed is for its own turn. */
  #wait(): Outcome {
    if (this.#outcome === undefined)
      try {
        this.#outcome = { judged: this.validator.outcome() };
      } catch (failure) {
        this.#outcome = { failure };
      }
    return this.#outcome;
  }

  /** The names that may stand in templates of accounts, of those that the validator has not heard of. */
  #namesOf(accounts: readonly string[]): ReadonlyMap<string, Names> {
    const names = new Map<string, Names>();
    for (const account of accounts) {
      if (this.#heard.has(account)) continue;
      this.#heard.add(account);
      names.set(account, this.namesIn(account));
    }
    return names;
  }

  #begin(context: IPolicyValidationContext): void {
    if (this.#begun) return;
    this.#begun = true;
    const { stackTemplates } = context;
    const names = this.#namesOf(stackTemplates.map(({ accountId = '' }) => accountId));
    this.validator.give({ stackTemplates, names });
    this.#isOfMany = stackTemplates.length >= MANY;
    if (!this.#isOfMany) {
      for (const check of this.ours) check.begin(context);
      return;
    }
    collectIfMuch();
    this.#shapes = this.validator.news();
  }
}
