/** The findings of a synth, read from the validation report that CDK leaves in the assembly. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './assembly';

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

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix?: string;
  readonly fix?: string;
  readonly severity?: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    /** Where the plugin itself failed, it has no violations and says here why. */
    readonly metadata?: { readonly error?: string };
    readonly violations: readonly Violation[];
    readonly suppressedViolations?: readonly Violation[];
  }[];
}

/** Reads the report of an assembly; an assembly without plugins has none. */
export function findingsOf(assembly: string): Findings {
  const file = 'validation-report.json';
  if (!existsSync(join(assembly, file))) return { open: [], acknowledged: 0, packs: [] };
  const { pluginReports } = readJson<Report>(assembly, file).value;
  const constructs = (each: Violation) =>
    each.violatingConstructs.map((construct) => construct.constructPath ?? '');
  return {
    packs: pluginReports.map((each) => each.pluginName),
    acknowledged: pluginReports
      .flatMap((each) => each.suppressedViolations ?? [])
      .reduce((sum, each) => sum + constructs(each).length, 0),
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
