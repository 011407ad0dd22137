/** The findings of a synth, read from the validation report that CDK leaves in the assembly. */
import { z } from 'zod';
import type { Assembly } from './assembly';
import { AssemblyError } from './errors';
import { REPORT_FILE } from './layout';
import { jsonIn } from './parsed-files';
import { isGroup } from './stack';

/** One rule that was broken, and where. */
export interface Finding {
  /** `Pack::Rule`. */
  readonly rule: string;
  readonly description: string;
  readonly fix: string | undefined;
  readonly severity: 'error' | 'warning';
  readonly constructPath: string;
}

/** What the packs found. */
export interface Findings {
  readonly open: readonly Finding[];
  readonly acknowledged: number;
  /** The packs and other checks that ran, by name. */
  readonly packs: readonly string[];
}

const violationsSchema = z.array(
  z.object({
    ruleName: z.string(),
    description: z.string(),
    suggestedFix: z.string().optional(),
    fix: z.string().optional(),
    severity: z.string().optional(),
    violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })),
  }),
);

/** A violation that was set aside, of which no more is told here than on how many constructs it was. */
interface Suppressed {
  readonly violatingConstructs: readonly unknown[];
}

/** By hand, as strictly as of those that were not set aside: of 400 organisations there are 15,000, and a schema would copy each. */
function areSuppressed(value: unknown): value is readonly Suppressed[] {
  return Array.isArray(value) && value.every(isSuppressed);
}

function isSuppressed(value: unknown): value is Suppressed {
  if (!isGroup(value)) return false;
  const { ruleName, description, suggestedFix, fix, severity, violatingConstructs } = value;
  return (
    typeof ruleName === 'string' &&
    typeof description === 'string' &&
    isTextIfGiven(suggestedFix) &&
    isTextIfGiven(fix) &&
    isTextIfGiven(severity) &&
    Array.isArray(violatingConstructs) &&
    violatingConstructs.every((each) => isGroup(each) && isTextIfGiven(each.constructPath))
  );
}

function isTextIfGiven(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      /** Where the plugin itself failed, it has no violations and says here why. */
      metadata: z.object({ error: z.string().optional() }).optional(),
      violations: violationsSchema,
      suppressedViolations: z.custom<readonly Suppressed[]>(areSuppressed).optional(),
    }),
  ),
});

type Violation = z.infer<typeof violationsSchema>[number];

const known = new WeakMap<Assembly['file'], Findings>();

/** Reads the report of an assembly, once; an assembly without plugins has none. @throws AssemblyError if it has another form */
export function findingsOf(assembly: Assembly): Findings {
  const earlier = known.get(assembly.file);
  if (earlier !== undefined) return earlier;
  const written = jsonIn(assembly, REPORT_FILE);
  const found = written === undefined ? { open: [], acknowledged: 0, packs: [] } : foundIn(written, assembly);
  known.set(assembly.file, found);
  return found;
}

function foundIn(written: unknown, assembly: Assembly): Findings {
  const report = reportSchema.safeParse(written);
  if (!report.success)
    throw new AssemblyError(
      `${REPORT_FILE} in ${assembly.folder} is not as the CDK writes it: synthesise the assembly again`,
      { cause: report.error },
    );
  const { pluginReports } = report.data;
  const constructs = (each: Violation) =>
    each.violatingConstructs.map((construct) => construct.constructPath ?? '');
  return {
    packs: pluginReports.map((each) => each.pluginName),
    acknowledged: pluginReports
      .flatMap((each) => each.suppressedViolations ?? [])
      .reduce((sum, each) => sum + each.violatingConstructs.length, 0),
    open: pluginReports.flatMap(({ pluginName, metadata, violations }) => [
      ...(metadata?.error === undefined ? [] : [checkFailed(pluginName, metadata.error)]),
      ...violations.flatMap((each) =>
        constructs(each).map(
          (constructPath): Finding => ({
            rule: each.ruleName.startsWith(`${pluginName}::`)
              ? each.ruleName
              : `${pluginName}::${each.ruleName}`,
            description: each.description,
            fix: each.fix ?? each.suggestedFix,
            severity: each.severity === 'error' || each.severity === 'fatal' ? 'error' : 'warning',
            constructPath,
          }),
        ),
      ),
    ]),
  };
}

/** A check that could not finish has found nothing, which must not pass for clean. */
function checkFailed(pluginName: string, error: string): Finding {
  return {
    rule: `${pluginName}::CheckFailed`,
    description: error,
    fix: 'Mend what the message names, or tell the maintainers of Concordat.',
    severity: 'error',
    constructPath: '(the whole app)',
  };
}
