/**
 * Writes findings as SARIF 2.1.0 (OASIS), which code review tools show beside the lines concerned.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import type { Log, Region, ReportingDescriptor, Result, Run } from 'sarif';

/** What was found at one place. */
export interface SarifFinding {
  /** The id of one of the run’s rules. */
  readonly rule: string;
  readonly text: string;
  readonly level: Result.level;
  /** The file as a relative address, and the place in it. */
  readonly uri: string;
  readonly region: Region;
  /** What tells it from others of the same rule, from one run to the next. */
  readonly fingerprint?: string;
  /** Why it is accepted, where it is. */
  readonly accepted?: string;
}

/** One run of a tool. */
export interface SarifRun {
  readonly tool: string;
  readonly version?: string;
  /** Where more is to be found of the tool, as an absolute address. */
  readonly informationUri?: string;
  /** What tells runs of one log apart. */
  readonly id?: string;
  /** Every rule that was asked, so that a run without results still says what was checked. */
  readonly rules: readonly ReportingDescriptor[];
  readonly findings: readonly SarifFinding[];
}

/** The log of some runs. */
export function sarifLog(runs: readonly SarifRun[]): Log {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: runs.map(runOf),
  };
}

function runOf({ tool, version, informationUri, id, rules, findings }: SarifRun): Run {
  const at = new Map(rules.map((rule, index) => [rule.id, index]));
  return {
    tool: {
      driver: {
        name: tool,
        ...(version !== undefined && { semanticVersion: version }),
        ...(informationUri !== undefined && { informationUri }),
        rules: [...rules],
      },
    },
    ...(id !== undefined && { automationDetails: { id } }),
    // Columns are counted as JavaScript counts: in UTF-16 code units.
    columnKind: 'utf16CodeUnits',
    results: findings.map((each) => resultOf(each, at.get(each.rule) ?? -1)),
  };
}

function resultOf(
  { rule, text, level, uri, region, fingerprint, accepted }: SarifFinding,
  ruleIndex: number,
): Result {
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
    ...(fingerprint !== undefined && {
      partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1` },
    }),
    ...(accepted !== undefined && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: accepted }],
    }),
  };
}
