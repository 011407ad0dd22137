/** The page of a report: what was decided, why, and what to do. No scripts, nothing fetched, no value of the file. */
import { CHECKS_IN_WORDS, outcomeBlocks, reasonInWords } from '../../lib/contracts/words';
import type { GateReport } from '../../lib/wire';
import type { ContractPlan } from '../../lib/wire/contracts';
import {
  type Block,
  code,
  count,
  type Document,
  definitions,
  documentPage,
  heading,
  list,
  paragraph,
  plural,
  say,
  table,
  visible,
  type Words,
} from '../../lib/words';

/** The whole file. */
export function reportPage(report: GateReport, plan: ContractPlan | undefined): string {
  const title =
    report.outcome === 'released'
      ? 'This file was released'
      : 'This file was rejected, and nobody can collect it';
  return documentPage(title, [heading(1, title), ...reportDocument(report, plan)]);
}

/** What the page says below its title. @internal Only tests import it. */
export function reportDocument(report: GateReport, plan: ContractPlan | undefined): Document {
  const { object, agreement, owner, decided, outcome } = report;
  return [
    definitions([
      ['File', code(object.key)],
      ['Version', code(object.version)],
      ['Agreement', agreement ?? 'none'],
      ['Owner', owner],
      ['Deposited', momentInWords(object.deposited)],
      ['Decided', momentInWords(decided)],
      ['Size', `${count(object.bytes)} bytes`],
    ]),
    ...(outcome === 'released' ? released(report) : rejected(report)),
    ...(plan && report.contractOutcome ? outcomeBlocks(plan, report.contractOutcome) : rulesAlone(report)),
    heading(2, 'What was looked at'),
    list(report.checked.map((each) => `Whether ${CHECKS_IN_WORDS[each]}.`)),
    paragraph(checksumInWords(report)),
    ...attachmentsInWords(report),
    ...(report.sealed === undefined
      ? []
      : [
          paragraph(
            `Nobody has looked at what is in it: it is sealed to ${plural(report.sealed.keys, 'key')} of its recipients. The malware scan saw nothing of it, and no contract was held against it. Whose keys it is sealed to cannot be seen. The recipient’s client looks at it once it is opened.`,
          ),
        ]),
    ...(report.withoutContract === undefined
      ? []
      : [
          paragraph(
            say`Nobody has looked at what is in it: the agreement has no contract. Its reason: ${report.withoutContract}`,
          ),
        ]),
  ];
}

/** The files of a message, each by its number and type, as programs count them. */
function attachmentsInWords({ attachments, outcome }: GateReport): readonly Block[] {
  if (attachments === undefined) return [];
  return [
    heading(2, 'The files that come with it'),
    paragraph(
      `A message is scanned, and ${outcome}, as a whole. The malware scan found nothing in it, with all its files.`,
    ),
    table(
      ['File', 'Type', 'By the agreement'],
      attachments.map(({ attachment, mediaType, allowed }) => [
        count(attachment),
        code(visible(mediaType)),
        allowed ? 'allowed' : 'not allowed',
      ]),
    ),
  ];
}

function released({ contractOutcome }: GateReport): readonly Block[] {
  const warnings = contractOutcome?.broken.length ?? 0;
  return [
    paragraph(
      warnings === 0
        ? 'Recipients of the agreement can collect it.'
        : `Recipients of the agreement can collect it. Its contract gives ${plural(warnings, 'warning')}, below.`,
    ),
  ];
}

function rejected({ reasons, contractOutcome }: GateReport): readonly Block[] {
  const inWords = reasons.map(reasonInWords);
  return [
    ...(inWords.length === 0
      ? []
      : [
          heading(2, 'What is wrong, and what to do'),
          list(inWords.map(({ problem, mend }) => ({ text: problem, more: [mend] }))),
        ]),
    paragraph(
      contractOutcome?.result === 'failed'
        ? 'Mend what is listed below at its source, and deposit the file again under the same name or another. It is then a new transfer.'
        : 'A file that is deposited again, under the same name or another, is a new transfer.',
    ),
  ];
}

/** Where the plan that says what rules ask is no longer at hand. */
function rulesAlone({ contract, contractOutcome }: GateReport): readonly Block[] {
  if (contract === undefined || contractOutcome === undefined) return [];
  const { broken, rows, complete, unasked, recipients, passed } = contractOutcome;
  return [
    heading(2, `What the contract ${contract.id} asks`),
    paragraph(
      `${complete ? 'All' : 'Not all'} of it was read: ${plural(rows, 'row')}. ${plural(passed.length, 'rule')} held, ${count(broken.length)} did not.`,
    ),
    ...(broken.length === 0
      ? []
      : [
          table(
            ['Rule', 'Weight', 'Times', 'First at'],
            broken.map(({ rule, severity, count: times, places }) => [
              code(rule),
              severity,
              count(times),
              places.slice(0, 10).map(placeInWords).join('; '),
            ]),
          ),
        ]),
    ...listed('These rules could not be asked:', unasked),
    ...listed('These the contract leaves to the recipient:', recipients),
  ];
}

function listed(says: string, rules: readonly string[]): readonly Block[] {
  return rules.length === 0 ? [] : [paragraph(says), list(rules.map((each): Words => code(each)))];
}

type Place = NonNullable<GateReport['contractOutcome']>['broken'][number]['places'][number];

function placeInWords({ row, group, column, line, byte, first }: Place): string {
  return [
    row === 0 ? 'the header' : `row ${count(row)}`,
    group !== undefined ? `row group ${count(group)}` : undefined,
    column !== undefined ? `column ${column}` : undefined,
    line !== undefined ? `line ${count(line)}` : undefined,
    byte !== undefined ? `byte ${count(byte)}` : undefined,
    first !== undefined ? `which stands first in row ${count(first.row)}` : undefined,
  ]
    .filter((each) => each !== undefined)
    .join(', ');
}

function checksumInWords({ object: { checksum } }: GateReport): string {
  if (checksum === undefined) return 'S3 gives no checksum of it.';
  const { algorithm, kind, verified } = checksum;
  if (verified)
    return `Its bytes were read once, and come to the ${algorithm} checksum that S3 holds of the whole file.`;
  return kind === 'composite'
    ? `S3 checked each of its parts against its ${algorithm} checksum as it came. There is none of the whole file.`
    : `S3 checked it against its ${algorithm} checksum as it came. The gate did not read all of it in one go, and did not work it out again.`;
}

function momentInWords(instant: string): string {
  return `${instant.slice(0, 10)} at ${instant.slice(11, 19)} UTC`;
}
