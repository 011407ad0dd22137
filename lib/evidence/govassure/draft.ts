/**
 * Drafts for the summaries that GovAssure asks for, one for each contributing outcome on which templates bear. They say how
 * controls support it, by which indicators, with evidence and gaps; the status is for people to decide, and is never given.
 */
import { dayWords } from '../../register/calendar';
import { cafTitle } from '../compose/caf-titles';
import type { CheckResult, Evidence, Exception } from '../model';
import { INDICATORS, type Indicator } from './indicators';

const VERSIONS = [
  { key: 'caf32', id: 'in32', name: '3.2' },
  { key: 'caf40', id: 'in40', name: '4.0' },
] as const;
type Version = (typeof VERSIONS)[number];

/** Markdown by path in the pack. */
export function govassureDrafts(evidence: Evidence): [path: string, text: string][] {
  return VERSIONS.flatMap((version) => {
    const bearing = INDICATORS.filter((each) => each[version.id] !== undefined);
    const outcomes = [...new Set(bearing.map(({ outcome }) => outcome))];
    return outcomes.map((outcome): [string, string] => [
      `govassure/caf-${version.name}/${outcome}.md`,
      draft(
        evidence,
        version,
        outcome,
        bearing.filter((each) => each.outcome === outcome),
      ),
    ]);
  });
}

function draft(
  evidence: Evidence,
  version: Version,
  outcome: string,
  indicators: readonly Indicator[],
): string {
  const results = new Map(evidence.checks.map((each) => [each.id, each]));
  const named = [...new Set(indicators.flatMap(({ checks }) => checks))];
  const checks = named.flatMap((id) => results.get(id) ?? []);
  const parts = evidence.principles
    .flatMap((principle) => principle.parts)
    .filter((part) => part[version.key].includes(outcome));
  const askFor = [
    ...new Set(parts.flatMap((part) => [...part.askFor, ...part.goals.flatMap((goal) => goal.askFor)])),
  ];
  const members = [...new Set(parts.map(({ member }) => member).filter((each) => each !== 'None'))];
  return `# ${outcome} ${cafTitle(outcome, version.key)} (CAF v${version.name}): draft of a summary

This is a draft from synthesised templates as of ${dayWords(evidence.asOf)}. It gives no status: whether the outcome is met is for the organisation and its assessor to decide. Register ${evidence.registerDigest}, assembly ${evidence.assemblyDigest}.

## How the zone contributes

${indicators.map((each) => contribution(each, each[version.id] ?? '', results)).join('\n\n')}

## Who is responsible, and how often it is reviewed

${evidence.operator} for the templates, which are checked at every synth. ${members.length > 0 ? `Each member for: ${members.join('; ')}. ` : ''}To be completed: the names of the roles in your own organisation, and how often they review this.

## Exemptions

${exemptions(evidence.exceptions, named)}

## Gaps

${gaps(checks)}
- Indicators of ${outcome} that are not named above are not shown by templates.
${askFor.map((each) => `- To ask for: ${each}.`).join('\n')}

## Evidence

${checks.map(({ id }) => `- [${id}](../../index.html#check-${id}), every judgement with its place in evidence.json`).join('\n')}
`;
}

function contribution(
  { how, checks }: Indicator,
  id: string,
  results: ReadonlyMap<string, CheckResult>,
): string {
  const shown = checks.flatMap((check) => results.get(check) ?? []);
  const counts = shown.map(({ id: check, passed, failed, accepted }) =>
    passed + failed + accepted === 0
      ? `${check}: nothing to judge`
      : `${check}: ${passed} of ${passed + failed + accepted} judgements pass`,
  );
  return `**${id}.** ${how} Shown by ${counts.join('; ')}.`;
}

function exemptions(exceptions: readonly Exception[], checks: readonly string[]): string {
  const own = exceptions.filter(({ rule }) => checks.some((check) => rule.endsWith(`::${check}`)));
  if (own.length === 0)
    return 'None that concerns these checks. The exceptions to generic rule packs are in the evidence pack.';
  return own
    .map(
      ({ rule, reason, owner, review, resources }) =>
        `- ${rule} on ${resources.length} ${resources.length === 1 ? 'resource' : 'resources'}: ${reason} ${owner} looks at it again by ${dayWords(review)}.`,
    )
    .join('\n');
}

function gaps(checks: readonly CheckResult[]): string {
  const failed = checks
    .filter((each) => each.failed > 0)
    .map(({ id, failed: number, remediation }) => `- ${id} fails ${number} times. ${remediation}`);
  const limits = checks
    .filter(({ doesNotProve }) => /\w/.test(doesNotProve))
    .map(({ id, doesNotProve }) => `- ${id} does not prove: ${doesNotProve}`);
  return [...failed, ...limits].join('\n') || '- None of these checks fails.';
}
