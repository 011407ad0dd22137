/**
 * CDK’s validation of templates, asked once for each shape. Most templates of a zone differ in names alone, and the engine takes
 * as long for the four hundredth as for the first.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyValidationStack,
  type PolicyViolation,
} from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';
import { type Names, type ShapedTemplate, Shapes, Stretch } from '../../compliance/shapes';
import type { ToldShapes } from '.';
import { EarlyValidation } from './early-validation';
import { covering, KindsOfTemplate } from './kinds-of-template';
import { StandIn } from './stand-in';

/** Rules whose findings CDK leaves a warning and that fail the synth here: a value that AWS does not know is refused on the day. */
const FAILS_THE_SYNTH: ReadonlySet<string> = new Set(['W3030']);

/**
 * Of all that is to be seen in templates, as sights.ts tells it, each is judged in one template, with every name at its longest, and
 * what is seen in one resource again with every name at its shortest. Of such a template, only those resources are judged in which
 * something is seen for the first time.
 * Where anything at all is found in them, every template in which the same is to be seen is judged by itself, so that each finding
 * has its own place and words. A template that shares nothing with another is judged as it is.
 */
export class TemplateValidation extends CloudFormationValidatePlugin {
  /** Told the shapes of the templates, before all are judged. */
  whenShaped: (shapes: ToldShapes) => void = () => undefined;
  #early: EarlyValidation | undefined;

  /**
   * @param namesIn the names that may stand in the templates of an account
   * @param folder templates that are judged in the place of others are written below it, and go again
   */
  constructor(
    private readonly namesIn: (account: string) => Names,
    private readonly folder = tmpdir(),
  ) {
    super();
  }

  /**
   * Begins with templates while others are still being written. What it comes to counts where they are the ones that are to be
   * validated, and nothing is found in them; else they are validated as if it had not begun.
   * @param names the names that may stand in the templates of an account
   */
  begin(names: ReadonlyMap<string, Names>): EarlyValidation {
    const judge = (stacks: readonly PolicyValidationStack[]) => this.judge(stacks, asked(stacks));
    this.#early = new EarlyValidation(names, judge, this.folder);
    return this.#early;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.#isKnownToBeClean(context.stackTemplates) ? reported([]) : this.#validateAll(context);
  }

  #isKnownToBeClean(stacks: readonly PolicyValidationStack[]): boolean {
    const shapes = this.#early?.shapesOf(stacks);
    if (this.#early === undefined || shapes === undefined) return false;
    this.whenShaped(shapes);
    return this.#early.isClean();
  }

  #validateAll(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const accounts = new Set(context.stackTemplates.map(({ accountId = '' }) => accountId));
    const names = new Map([...accounts].map((account) => [account, this.namesIn(account)]));
    const shapes = new Shapes(names.values());
    const maskOf = ({ accountId = '' }: PolicyValidationStack) =>
      shapes.mask(names.get(accountId) ?? new Map());
    const kinds = new KindsOfTemplate();
    for (const stack of context.stackTemplates) {
      const text = readFileSync(stack.templatePath, 'utf8');
      const shape = shapes.of(JSON.parse(text) as ShapedTemplate, maskOf(stack));
      kinds.add(stack, text.length, shape);
    }
    this.whenShaped(kinds.told);

    const standIns = new Map<string, StandIn>();
    const stacks: PolicyValidationStack[] = [];
    const folder = mkdtempSync(join(this.folder, 'concordat-shapes-'));
    try {
      let bytes = 0;
      const stretch = new Stretch(kinds.names);
      for (const chosen of covering(kinds)) {
        const { stack } = chosen.kind;
        if (kinds.isAlone(chosen.kind)) {
          stacks.push(stack);
          bytes += chosen.kind.bytes;
          continue;
        }
        const standIn = new StandIn(chosen, shapes, maskOf(stack));
        standIn.texts(stretch).forEach((text, index) => {
          const templatePath = join(folder, `${index}-${basename(stack.templatePath)}`);
          writeFileSync(templatePath, text);
          standIns.set(templatePath, standIn);
          stacks.push({ ...stack, templatePath });
          bytes += text.length;
        });
      }
      if (bytes >= kinds.bytes) return reported(this.judge(context.stackTemplates, context));
      // In one go: the engine is made for the types of resources that it is first asked about.
      const violations = this.judge(stacks, context);
      const doubtful = new Set<PolicyValidationStack>();
      const found = violations.flatMap((violation) => {
        const own = violation.violatingResources.filter(({ templatePath = '', resourceLogicalId }) => {
          const standIn = standIns.get(templatePath);
          for (const kind of standIn === undefined ? [] : kinds.holding(standIn.sightOf(resourceLogicalId)))
            for (const stack of kind.stacks) doubtful.add(stack);
          return standIn === undefined;
        });
        return own.length === 0 ? [] : [{ ...violation, violatingResources: own }];
      });
      if (doubtful.size === 0) return reported(found);
      return reported([...found, ...this.judge([...doubtful], context)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Has the engine judge each of these templates. */
  protected judge(
    stackTemplates: readonly PolicyValidationStack[],
    context: IPolicyValidationContext,
  ): readonly PolicyViolation[] {
    return super.validate({ ...context, stackTemplates: [...stackTemplates] }).violations;
  }
}

/** A request to judge templates. The app may be in another thread; CDK’s validation reads templates alone. */
export function asked(stackTemplates: readonly PolicyValidationStack[]): IPolicyValidationContext {
  return {
    stackTemplates: [...stackTemplates],
    templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
    appConstruct: new RootConstruct(),
  };
}

function reported(violations: readonly PolicyViolation[]): PolicyValidationPluginReport {
  const judged = violations.map((each) =>
    FAILS_THE_SYNTH.has(each.ruleName) ? { ...each, severity: 'error' } : each,
  );
  return {
    success: judged.every(({ severity }) => severity !== 'error' && severity !== 'fatal'),
    violations: judged,
  };
}
