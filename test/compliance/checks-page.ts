/** Writes docs/checks.md, the page of all checks for assessors: what each holds, reads and leaves open, and how far goals are shown. */
import { CHECKS } from '../../lib/compliance/checks';
import { SUB_PRINCIPLES } from '../../lib/compliance/principles';
import type { Goal } from '../../lib/compliance/principles/sub-principle';

/** What a reader of the NCSC’s and AWS’s packs will look for and not find here, and why. */
export const NOT_CHECKED: readonly { readonly id: string; readonly what: string; readonly why: string }[] = [
  {
    id: 'ACCT-BPA',
    what: 'Public access is blocked for whole accounts.',
    why: 'CloudFormation has no resource for an account’s own block. The template Guardrails-s3 has an S3 policy of AWS Organizations that sets it for every account of the units that it is attached to. S3-BPA shows it for every bucket and access point. Ask for the live accounts’ setting.',
  },
  {
    id: 'CT-CWL',
    what: 'The trail also writes to CloudWatch Logs.',
    why: 'It would mislead: that copy drops events over 256 KB and carries no digests. S3-EVT shows that the log files themselves are read.',
  },
  {
    id: 'IAM-AUDITOR',
    what: 'Assessors have a role that reads audit and no data.',
    why: 'No template makes one: assessors read templates and evidence, and need no access to any account.',
  },
  {
    id: 'LAM-VPC',
    what: 'Functions run inside a VPC.',
    why: 'It would mislead: these functions call AWS’s APIs and nothing else, so a VPC would add paths to look after and separate nobody.',
  },
  {
    id: 'TPL-DRIFT',
    what: 'Drift from the templates is looked for.',
    why: 'No template makes a Config rule for it: the rules of the baseline look at settings, not at templates. Ask for a drift report.',
  },
];

const INTRODUCTION = `# Checks of the public-sector pack

These checks run at every synth beside AwsSolutions and NIST 800-53 R5, and can be run again over any assembly. Each is a function of what was synthesised, in \`lib/compliance/checks/\`; it says of each resource that it read whether it passes, fails or is not asked, and points at what showed it. A test has at least one change of the sample for each that it must find.

A finding has the id \`Concordat-PublicSector::\` with the id of the check. If it is no fault, it is acknowledged on its resource with a reason, an owner and a day of the next look, as [CONTRIBUTING](../CONTRIBUTING.md) says.

Goals are those of the [NCSC’s Cloud Security Principles](https://www.ncsc.gov.uk/collection/cloud/the-cloud-security-principles): \`1_goal.2\` is the second goal of principle 1. This page is written by a test: do not change it by hand.
`;

/** All of it, as Markdown. */
export function checksPage(): string {
  const checks = CHECKS.map(({ id, title, reads, goals, doesNotProve }) => [
    `**${id}**`,
    title,
    reads.map((each) => `\`${each}\``).join('<br>'),
    goals.map(short).join(', '),
    doesNotProve,
  ]);
  const count = (goals: readonly Goal[], level: Goal['fromTemplates']) =>
    goals.filter(({ fromTemplates }) => fromTemplates === level).length;
  const principles = SUB_PRINCIPLES.map(({ number, title, level, goals, checks: bearing, askFor }) => [
    `${number} ${title}`,
    level,
    goals.length === 0
      ? 'in prose'
      : (['yes', 'part', 'no'] as const).map((each) => count(goals, each)).join(' / '),
    bearing.join(', ') || 'none',
    askFor.join('; '),
  ]);
  const all = SUB_PRINCIPLES.flatMap(({ goals }) => goals);
  return [
    INTRODUCTION,
    `## The ${CHECKS.length} checks\n`,
    table(['check', 'what must hold', 'reads', 'goals', 'does not prove'], checks),
    '## What is not checked, and why\n',
    table(
      ['', 'what one might look for', 'why not'],
      NOT_CHECKED.map(({ id, what, why }) => [`**${id}**`, what, why]),
    ),
    '## The principles\n',
    `Of ${all.length} goals templates can show ${count(all, 'yes')}, and ${count(all, 'part')} in part; ${count(all, 'no')} they cannot show at all. For those, ask.\n`,
    table(
      ['principle', 'from templates', 'goals: yes / part / no', 'checks', 'ask the operator for'],
      principles,
    ),
  ].join('\n');
}

function short(goal: string): string {
  return goal.replace(/^csp-/, '');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
