/**
 * CDK's validation of templates, asked once for each shape. Most templates of a zone differ in names alone, and the engine takes
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
import { extremes, NameMask, type Names, type ShapedTemplate, shapeOf } from '../compliance/template-shape';

/** Rules whose findings CDK leaves a warning and that fail the synth here: a value that AWS does not know is refused on the day. */
const FAILS_THE_SYNTH: ReadonlySet<string> = new Set(['W3030']);

/** From as many templates of a shape on, two that stand for all are judged in their place. */
const WORTH_STANDING_IN = 3;

/**
 * Of each shape, two templates are judged: one with every name at its longest, one at its shortest. Where anything at all is
 * found in them, every template of that shape is judged by itself, so that each finding has its own place and words.
 */
export class TemplateValidation extends CloudFormationValidatePlugin {
  /** @param namesIn the names that may stand in the templates of an account */
  constructor(private readonly namesIn: (account: string) => Names) {
    super();
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const groups = shapesOf(context.stackTemplates, this.namesIn);
    const folder = mkdtempSync(join(tmpdir(), 'concordat-shapes-'));
    try {
      const standIns = new Map<string, Group>();
      const stackTemplates = groups.flatMap((group) => {
        if (group.stacks.length < WORTH_STANDING_IN) return group.stacks;
        const written = writeStandIns(folder, group);
        for (const { templatePath } of written) standIns.set(templatePath, group);
        return written;
      });
      // In one go: the engine is made for the types of resources that it is first asked about.
      const violations = this.judge(stackTemplates, context);
      const doubtful = new Set<PolicyValidationStack>();
      const found = violations.flatMap((violation) => {
        const own = violation.violatingResources.filter(
          ({ templatePath = '' }) => !standIns.has(templatePath),
        );
        for (const { templatePath = '' } of violation.violatingResources)
          for (const stack of standIns.get(templatePath)?.stacks ?? []) doubtful.add(stack);
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

/** The templates of one shape. */
interface Group {
  readonly stacks: PolicyValidationStack[];
  /** The shortest of them, from which those that stand for all are made: what recurs in others recurs in it as well. */
  text: string;
  mask: NameMask;
  /** The names in all of them. */
  names: Names;
}

function shapesOf(stacks: readonly PolicyValidationStack[], namesIn: (account: string) => Names): Group[] {
  const groups = new Map<string, Group>();
  for (const stack of stacks) {
    const text = readFileSync(stack.templatePath, 'utf8');
    const mask = new NameMask(namesIn(stack.accountId ?? ''));
    const { key, names } = shapeOf(JSON.parse(text) as ShapedTemplate, mask);
    const group = groups.get(`${stack.region} ${key}`);
    if (group === undefined) groups.set(`${stack.region} ${key}`, { stacks: [stack], text, mask, names });
    else {
      group.stacks.push(stack);
      group.names = new Map([...group.names, ...names]);
      if (text.length < group.text.length) Object.assign(group, { text, mask });
    }
  }
  return [...groups.values()];
}

/** Writes the two templates that stand for a group, and gives each as the engine is to take it. */
function writeStandIns(
  folder: string,
  { stacks: [first], text, mask, names }: Group,
): PolicyValidationStack[] {
  if (first === undefined) return [];
  return extremes(text, mask, names).map((standIn, index) => {
    const templatePath = join(folder, `${index}-${basename(first.templatePath)}`);
    writeFileSync(templatePath, standIn);
    return { ...first, templatePath };
  });
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
