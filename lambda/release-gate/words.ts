/** What people read of a decision: a page, a table for spreadsheets, and the e-mail that there is one. */
import { contractReportCsv, reasonInWords } from '../../lib/contracts/words';
import type { GateReport } from '../../lib/wire';
import type { ContractPlan } from '../../lib/wire/contracts';
import { csv, plural } from '../../lib/words';
import type { Words } from './decide';
import type { NotDelivered } from './tell';
import { reportPage } from './words-page';

const HEADS = [
  'what',
  'severity',
  'rule',
  'row',
  'column',
  'line',
  'byte',
  'first row',
  'first line',
  'first byte',
  'count',
] as const;

/** The cells of a place where there is none. */
const NOWHERE = ['', '', '', '', '', '', ''];

/**
 * A line for each place at which the contract is broken, with what to do; where the plan is no longer at hand, by rule alone. Or
 * for each reason of the gate.
 */
function table(report: GateReport, plan: ContractPlan | undefined): string {
  const { reasons, contractOutcome, object } = report;
  if (plan && contractOutcome)
    return contractReportCsv([{ name: object.key, plan, outcome: contractOutcome }]);
  const own = reasons.map((each) => [
    reasonInWords(each).problem,
    'error',
    `gate:${each.why}`,
    ...NOWHERE,
    1,
  ]);
  const broken = (contractOutcome?.broken ?? []).flatMap(({ rule, severity, count, places }) => {
    const what = `${count === 1 ? 'broken once' : `broken ${count} times`}`;
    if (places.length === 0) return [[what, severity, rule, ...NOWHERE, count]];
    return places.map(({ row, column = '', line = '', byte = '', first }) => [
      what,
      severity,
      rule,
      row,
      column,
      line,
      byte,
      first?.row ?? '',
      first?.line ?? '',
      first?.byte ?? '',
      count,
    ]);
  });
  return csv(HEADS, [...own, ...broken]);
}

// AWS adds one below, by which whoever has the e-mail ends them: https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
const NO_LINK =
  'We write no link, on purpose: do not follow one in an e-mail that looks like this. Below, AWS adds one that stops these e-mails for your whole team: leave it alone.';

/** The words of the gate. */
export const words: Words = {
  csv: table,
  html: reportPage,
  notice: (bucket) => ({
    // At most 100 characters of ASCII, by SNS.
    subject: 'Concordat: the release gate has written a report for you',
    text: [
      'The release gate has looked at a file that was deposited, and there is something to mend or to know.',
      '',
      `The report is in the bucket ${bucket}, below reports/. The newest page there is the one.`,
      '',
      'This message does not name the file, what is in it, or who deposited it.',
      '',
    ].join('\n'),
  }),
  waits: ({ inbox, from, days }) => ({
    subject: 'Concordat: a message waits for your team',
    text: [
      `A message from ${from} waits in your inbox ${inbox}. Read it within ${plural(days, 'day')}.`,
      '',
      `Open the mailbox as you always do. ${NO_LINK}`,
      '',
      'This e-mail does not say who wrote the message, or what is in it. Do not answer it: nobody reads that.',
      '',
    ].join('\n'),
  }),
  notDelivered: ({ why, title, to, version }) => ({
    subject: 'Concordat: something that you sent was not delivered',
    text: [
      `${WHY[why].happened(`your organisation sent to ${to} under the agreement “${title}”`)} Nobody could read it, and nobody will.`,
      '',
      `The transfer is ${version}.`,
      '',
      `Open the mailbox as you always do, and look at it under “Sent”. ${WHY[why].mend}`,
      '',
      `${NO_LINK} This e-mail does not say who sent it, or what is in it. Do not answer it: nobody reads that.`,
      '',
    ].join('\n'),
  }),
};

/** What became of something, and what its sender does. */
const WHY: Readonly<
  Record<NotDelivered, { readonly happened: (what: string) => string; readonly mend: string }>
> = {
  rejected: {
    happened: (what) => `The release gate rejected what ${what}.`,
    mend: 'The report there says what to mend. Then send it again.',
  },
  infected: {
    happened: (what) => `Malware was found in what ${what}.`,
    mend: 'Do not send the file again, and tell your IT help desk.',
  },
  unscannable: {
    happened: (what) => `What ${what} could not be scanned for malware.`,
    mend: 'A file in it may be locked with a password, or be an archive of very many files. Send it again without the password, or its files by themselves.',
  },
};
