/** The short summary that ends a synth. */

import { styleText } from 'node:util';
import type { Finding, Findings } from '../../assembly';
import { type Costs, costLine, fullness, type LimitUse, type NotPriced } from '../../plan';
import { type AssumptionTally, LIMITS } from '../../policy';
import { type Custody, SECTORS, STATE_IN_WORDS } from '../../register';
import { dayWords } from '../../register/calendar';
import { documentFile } from '../../start/documents';
import { plural, quoted } from '../../words';
import { nextLines } from '../next';
import { assemblyFlag, placesOf, registerFlag } from '../places';
import { resultLine } from '../results';
import type { Terminal } from '../terminal';

/** What came of a synth. Counts are by sector, state and kind. */
export interface Summary {
  readonly asOf: string;
  readonly organisations: Readonly<Record<string, number>>;
  readonly external: number;
  readonly agreements: number;
  readonly shares: Readonly<Record<string, number>>;
  readonly custody: Readonly<Record<string, number>>;
  /** In how many members’ accounts somebody may stop what they share, and lift a stop; and whether the operator may stop. */
  readonly stops: {
    readonly members: number;
    readonly stop: number;
    readonly lift: number;
    readonly zone: boolean;
  };
  readonly stacks: number;
  readonly resources: number;
  /** The fullest use of each limit, fullest first. */
  readonly headroom: readonly LimitUse[];
  /** What it costs a month. */
  readonly cost: Costs | NotPriced;
  /** How many assumptions about AWS are in which state. */
  readonly assumptions: AssumptionTally;
  readonly findings: Findings;
  /** The checks that ran, by name. */
  readonly checks: readonly string[];
  readonly output: string;
  /** What the evidence pack comes to, where one was made, and where it is. */
  readonly evidence?: { readonly page: string; readonly inShort: readonly string[] };
}

const CUSTODY: Readonly<Record<Custody['kind'], string>> = {
  account: 'made by AWS KMS in its own account',
  imported: 'imported by the organisation',
  cloudhsm: 'in its own CloudHSM',
  external: 'outside AWS',
};

/** What people are told as well: the register’s folder, and how long it took. */
type Printed = Summary & { readonly folder: string; readonly seconds: number };

/** The summary for people. */
export function summaryText(summary: Printed, terminal: Terminal): string {
  const { colour } = terminal;
  const bold = (text: string) => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const rows: [string, string[]][] = [
    ['Organisations', organisationLines(summary)],
    ['Agreements', [String(summary.agreements)]],
    ['Shares', [list(summary.shares, STATE_IN_WORDS)]],
    ['Keys', [list(summary.custody, CUSTODY)]],
    ['Stops', [stopsLine(summary)]],
    ['Stacks', [`${summary.stacks}, with ${plural(summary.resources, 'resource')}`]],
    ['Tightest limit', [tightest(summary.headroom)]],
    ['Cost', [costLine(summary.cost)]],
    ['About AWS', [assumptionsLine(summary)]],
    ['Findings', findingsLines(summary)],
    ...evidenceRows(summary),
    ['Time', [`${summary.seconds.toFixed(1)} s`]],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const table = rows.flatMap(([label, lines]) =>
    lines.map((line, index) => {
      const first = (index === 0 ? label : '').padEnd(width);
      return bold(first) + resultLine(line, first, terminal.outWidth).slice(first.length);
    }),
  );
  return `${[
    bold(`Concordat: ${summary.folder} as of ${dayWords(summary.asOf)}`),
    '',
    ...table,
    '',
    `Templates are in ${summary.output}/. ${nextStep(summary, terminal)}`,
  ].join('\n')}\n`;
}

/** Every open finding, for the end of a failed synth. */
export function findingsText(open: readonly Finding[], colour: boolean): string {
  const red = (text: string) => (colour ? styleText('red', text, { validateStream: false }) : text);
  return open
    .map(({ rule, severity, description, constructPath, fix }) =>
      [
        `${red(`${severity}[${rule}]`)}: ${description}`,
        `  --> ${constructPath}`,
        ...(fix ? [`  = fix: ${fix}`] : []),
        '',
        '',
      ].join('\n'),
    )
    .join('');
}

function organisationLines({ organisations, external }: Summary): string[] {
  const total = Object.values(organisations).reduce((sum, each) => sum + each, 0);
  const sectors = SECTORS.flatMap((sector) =>
    organisations[sector] ? [`${organisations[sector]} ${sector}`] : [],
  );
  return [
    `${total}${external > 0 ? `, of them ${external} external` : ''}`,
    ...sectors.map((each) => `  ${each}`),
  ];
}

/** Who is not named may not: so it is said where nobody is. */
function stopsLine({ stops: { members, stop, lift, zone } }: Summary): string {
  const operator = zone ? 'the operator may stop in all' : 'the operator may not';
  return `somebody may stop in ${stop} of ${members} accounts, and lift in ${lift}; ${operator}`;
}

function list(counts: Readonly<Record<string, number>>, labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).flatMap(([key, label]) =>
    counts[key] ? [`${counts[key]} ${label}`] : [],
  );
  return parts.length > 0 ? parts.join(', ') : 'none';
}

function tightest([first]: readonly LimitUse[]): string {
  if (first === undefined) return 'none';
  const { what, most } = LIMITS[first.limit];
  const percent = (fullness(first) * 100).toFixed(0);
  return `${percent}%: ${what}, ${first.used.toLocaleString('en-GB')} of ${most.toLocaleString('en-GB')} (${first.stack})`;
}

function assumptionsLine({ assumptions: { seen, documented, assumed, refuted } }: Summary): string {
  return `${seen} seen live, ${documented} documented, ${assumed} assumed, ${refuted} refuted (${documentFile('limits')})`;
}

function findingsLines({ findings: { open, acknowledged }, checks }: Summary): string[] {
  return [`${open.length} open, ${acknowledged} acknowledged`, ...checks.map((check) => `  by ${check}`)];
}

function evidenceRows({ evidence }: Summary): [string, string[]][] {
  return evidence === undefined
    ? []
    : [['Evidence', [evidence.page, ...evidence.inShort.map((each) => `  ${each}`)]]];
}

/** Each line works as it stands: it names the register and the assembly that were used, where they are not meant anyway. */
function nextStep({ findings, output, folder }: Printed, terminal: Terminal): string {
  if (findings.open.length > 0) return 'Fix the findings above, then run this again.';
  const out = quoted(output);
  const register = registerFlag(folder, terminal);
  const assembly = assemblyFlag(output, terminal);
  const app = register + assembly === '' && !placesOf(terminal).own ? '' : ` --app ${out}`;
  const lines = [
    [`npx concordat check${register}`, 'check the register after each change to it'],
    [`npx concordat custody${assembly}`, 'see who holds each key, and who can decrypt'],
    [`npx concordat evidence${assembly}`, 'make the evidence pack for assessors'],
    [`npx concordat prove${assembly}`, 'prove that access is what the agreements imply, and nothing else'],
    [`npx concordat acknowledgements${register}`, 'read why each acknowledged finding is no fault'],
    [
      `npx concordat plan BEFORE${assembly === '' ? '' : ` ${out}`}`,
      'see who gains access, compared with the assembly deployed last',
    ],
    [`npx concordat rehearse${assembly}`, 'deploy and play a transfer on this machine (needs Python)'],
    [`npx cdk diff${app} STACK`, 'compare with what is deployed (needs AWS credentials)'],
    [`less ${quoted(`${output}/register.json`)}`, 'see the register that these templates were made from'],
  ] as const;
  return `Next:\n${nextLines(lines, terminal.outWidth)}`;
}
