/**
 * CDK's validation of templates, asked once for each shape. Most templates of a zone differ in names alone, and the engine takes
 * as long for the four hundredth as for the first.
 */
import { hash } from 'node:crypto';
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
import {
  extremes,
  NameMask,
  type Names,
  partOfTemplate,
  type Shape,
  type ShapedTemplate,
  shapeOf,
} from '../../compliance/shapes';
import type { ToldShape, ToldShapes } from '.';

/** Rules whose findings CDK leaves a warning and that fail the synth here: a value that AWS does not know is refused on the day. */
const FAILS_THE_SYNTH: ReadonlySet<string> = new Set(['W3030']);

/**
 * Of each part of a shape, one template is judged that has it, twice over: with every name at its longest, and at its shortest. Of
 * such a template, resources that bear on none of the parts for which it was chosen are left out.
 * Where anything at all is found in them, every template with that part is judged by itself, so that each finding has its own
 * place and words. A template that shares no part with another is judged as it is.
 */
export class TemplateValidation extends CloudFormationValidatePlugin {
  /** Told the shapes of the templates, before any is judged. */
  whenShaped: (shapes: ToldShapes) => void = () => undefined;

  /** @param namesIn the names that may stand in the templates of an account */
  constructor(private readonly namesIn: (account: string) => Names) {
    super();
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const all = context.stackTemplates.map((stack) => shapedOf(stack, this.namesIn));
    this.whenShaped(new Map(all.map(({ stack, told }) => [stack.stackConstructPath, told])));
    const holders = holdersOf(all);
    const chosen = covering(all, holders);
    const isAlone = ({ shaped }: Chosen) => shaped.parts.every((part) => holders.get(part)?.length === 1);
    const alone = chosen.filter(isAlone);
    if (alone.length + 2 * (chosen.length - alone.length) >= all.length)
      return reported(this.judge(context.stackTemplates, context));
    const folder = mkdtempSync(join(tmpdir(), 'concordat-shapes-'));
    try {
      const names = new Map(all.flatMap((each) => [...each.shape.names]));
      const standIns = new Map<string, Shaped>();
      const stacks = chosen.flatMap((each) => {
        const { shaped } = each;
        if (isAlone(each)) return [shaped.stack];
        const written = writeStandIns(folder, each, names);
        for (const { templatePath } of written) standIns.set(templatePath, shaped);
        return written;
      });
      // In one go: the engine is made for the types of resources that it is first asked about.
      const violations = this.judge(stacks, context);
      const doubtful = new Set<PolicyValidationStack>();
      const found = violations.flatMap((violation) => {
        const own = violation.violatingResources.filter(({ templatePath = '', resourceLogicalId }) => {
          const standIn = standIns.get(templatePath);
          for (const { stack } of holders.get(standIn?.partOf(resourceLogicalId) ?? '') ?? [])
            doubtful.add(stack);
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

/** A template with its shape. */
interface Shaped {
  readonly stack: PolicyValidationStack;
  readonly bytes: number;
  readonly mask: NameMask;
  readonly shape: Shape;
  /** Its parts, as they are told from those of every other shape. */
  readonly parts: readonly string[];
  /** The type of resource that each of these is of. */
  readonly typeOf: ReadonlyMap<string, string>;
  readonly told: ToldShape;
  /** The part that a resource is in; that of what is no resource where none is named. */
  partOf(logicalId: string | undefined): string;
}

function shapedOf(stack: PolicyValidationStack, namesIn: (account: string) => Names): Shaped {
  const text = readFileSync(stack.templatePath, 'utf8');
  const mask = new NameMask(namesIn(stack.accountId ?? ''));
  const template = JSON.parse(text) as ShapedTemplate;
  const shape = shapeOf(template, mask);
  const types = new Map(Object.entries(template.Resources ?? {}).map(([id, { Type }]) => [id, String(Type)]));
  const part = (type: string) => `${stack.region} ${type} ${shape.parts.get(type)}`;
  const typeOf = new Map([...shape.parts.keys()].map((type) => [part(type), type]));
  const parts = [...typeOf.keys()];
  return {
    stack,
    bytes: text.length,
    mask,
    shape,
    parts,
    typeOf,
    told: { whole: hash('sha256', parts.join(), 'base64'), labels: shape.labels },
    partOf: (logicalId) => part(types.get(logicalId ?? '') ?? ''),
  };
}

/** The templates that have each part. */
function holdersOf(all: readonly Shaped[]): ReadonlyMap<string, readonly Shaped[]> {
  const holders = new Map<string, Shaped[]>();
  for (const each of all)
    for (const part of each.parts) {
      const list = holders.get(part);
      if (list) list.push(each);
      else holders.set(part, [each]);
    }
  return holders;
}

/** A template that is judged for some of its parts. */
interface Chosen {
  readonly shaped: Shaped;
  readonly parts: readonly string[];
}

/** As few templates as a simple search finds, so that each part is in one of them: the one with most that are left, the shortest first. */
function covering(all: readonly Shaped[], holders: ReadonlyMap<string, unknown>): Chosen[] {
  const left = new Set(holders.keys());
  const chosen: Chosen[] = [];
  while (left.size > 0) {
    const count = ({ parts }: Shaped) => parts.reduce((sum, part) => sum + (left.has(part) ? 1 : 0), 0);
    const [best] = [...all].sort((a, b) => count(b) - count(a) || a.bytes - b.bytes);
    if (best === undefined) break;
    chosen.push({ shaped: best, parts: best.parts.filter((part) => left.delete(part)) });
  }
  return chosen;
}

/** Writes the two templates that stand for others, and gives each as the engine is to take it. */
function writeStandIns(folder: string, chosen: Chosen, names: Names): PolicyValidationStack[] {
  const { stack, mask } = chosen.shaped;
  return extremes(textFor(chosen), mask, names).map((standIn, index) => {
    const templatePath = join(folder, `${index}-${basename(stack.templatePath)}`);
    writeFileSync(templatePath, standIn);
    return { ...stack, templatePath };
  });
}

/** As much of a template as the parts are about for which it was chosen: all of it, should these be others in less. */
function textFor({ shaped: { stack, mask, shape, typeOf }, parts }: Chosen): string {
  const text = readFileSync(stack.templatePath, 'utf8');
  const types = new Set(parts.map((part) => typeOf.get(part) ?? ''));
  const less = partOfTemplate(JSON.parse(text) as ShapedTemplate, shape, types);
  if (less === undefined) return text;
  const { parts: left } = shapeOf(less, mask);
  return [...types].every((type) => left.get(type) === shape.parts.get(type)) ? JSON.stringify(less) : text;
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
