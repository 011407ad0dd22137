/** The tables of a pack for a spreadsheet: RFC 4180 in UTF-8, with a byte order mark so that Excel reads it as UTF-8. */
import { STATE_IN_WORDS } from '../register';
import type { Evidence } from './model';

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** What it would take for a number, without the zeros in front, and show as 1E+11: the id of an account. */
const LONG_NUMBER = /^\d{12,}$/;

/**
 * Rows as CSV. A text that a spreadsheet would run as a formula, or take for a number, gets an apostrophe in front.
 * @internal Only tests import it.
 */
export function csv(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const tame = FORMULA.test(value) || LONG_NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/** One file for each table, by its path in the pack. */
export function csvFiles(evidence: Evidence): [path: string, text: string][] {
  const { principles, checks, shares, custody, exceptions } = evidence;
  const goals = principles.flatMap(({ number, title, parts }) =>
    parts.flatMap((part) => part.goals.map((goal) => ({ number, title, part, goal }))),
  );
  return [
    [
      'csv/goals.csv',
      csv(
        [
          'principle',
          'part',
          'goal',
          'strength',
          'wording',
          'state',
          'passed',
          'of',
          'checks',
          'ask for',
          'inherited from AWS',
          'member must do',
        ],
        goals.map(({ number, title, part, goal }) => [
          `${number}. ${title}`,
          part.id,
          goal.id,
          goal.strength,
          goal.text,
          goal.state,
          goal.passed,
          goal.of,
          goal.checks.join(' '),
          goal.askFor.join('; '),
          part.inherited,
          part.member,
        ]),
      ),
    ],
    [
      'csv/checks.csv',
      csv(
        [
          'check',
          'what must hold',
          'passed',
          'failed',
          'accepted',
          'not applicable',
          'goals',
          'does not prove',
        ],
        checks.map((each) => [
          each.id,
          each.title,
          each.passed,
          each.failed,
          each.accepted,
          each.notApplicable,
          each.goals.join(' '),
          each.doesNotProve,
        ]),
      ),
    ],
    [
      'csv/shares.csv',
      csv(
        [
          'reader',
          'owner',
          'agreement',
          'state',
          'from',
          'until',
          'access point file',
          'access point',
          'grant',
          'register',
        ],
        shares.map((each) => [
          each.recipient,
          each.owner,
          each.agreement,
          STATE_IN_WORDS[each.state],
          each.from,
          each.until,
          each.accessPoint?.file ?? '',
          each.accessPoint?.pointer ?? '',
          each.grant ? 'yes' : 'no',
          each.register ?? '',
        ]),
      ),
    ],
    [
      'csv/custody.csv',
      csv(
        [
          'organisation',
          'account',
          'bucket',
          'held',
          'shown by',
          'administered by',
          'decrypt by policy',
          'decrypt by grant',
          'look at twice',
        ],
        custody.map((each) => [
          each.organisation,
          each.account,
          each.bucket,
          each.held,
          each.shownBy,
          each.administers.join('; '),
          each.decrypts.join('; '),
          each.grants.join('; '),
          each.attention.join('; '),
        ]),
      ),
    ],
    [
      'csv/exceptions.csv',
      csv(
        ['rule', 'reason', 'owner', 'review', 'past', 'on'],
        exceptions.map((each) => [
          each.rule,
          each.reason,
          each.owner,
          each.review,
          each.past ? 'yes' : 'no',
          each.resources.join('; '),
        ]),
      ),
    ],
  ];
}
