/** The tables of a pack for a spreadsheet. */
import type { CustodyStatement } from '../custody';
import { STATE_IN_WORDS } from '../register';
import { csv, marked, plainText, type Words } from '../words';
import { custodyWords } from './compose/custody';
import type { Evidence, Reading } from './model';

/** One file for each table, by its path in the pack. @param statement what the model’s custody was told from */
export function csvFiles(evidence: Evidence, statement: CustodyStatement): [path: string, text: string][] {
  const told = custodyWords(statement);
  const { principles, sharingPrinciples, checks, shares, readings, custody, exceptions } = evidence;
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
          goal.checks,
          goal.askFor,
          part.inherited,
          part.member,
        ]),
      ),
    ],
    [
      'csv/sharing-principles.csv',
      csv(
        ['principle', 'goal', 'wording', 'state', 'passed', 'of', 'checks', 'left to people'],
        sharingPrinciples.flatMap(({ number, title, goals: asked }) =>
          asked.map(({ id, text, state, passed, of, checks: named, left }) => [
            `${number}. ${title}`,
            id,
            text,
            state,
            passed,
            of,
            named,
            // Written in the source, with its code marked.
            left.map((each) => plainText(marked(each))),
          ]),
        ),
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
          each.goals,
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
    ...(readings === undefined ? [] : [readersFile(readings)]),
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
        custody.map((each, index) => [
          each.organisation,
          each.account,
          each.bucket,
          each.held,
          each.shownBy,
          plain(told[index]?.administers),
          plain(told[index]?.decrypts),
          each.grants,
          plain(told[index]?.attention),
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
          each.resources,
        ]),
      ),
    ],
  ];
}

/** A spreadsheet shows every mark. */
function plain(words: readonly Words[] = []): string[] {
  return words.map((each) => plainText(each));
}

/** Who reads an object of an agreement on a day: a row for each reader and run of days. */
function readersFile(readings: readonly Reading[]): [path: string, text: string] {
  return [
    'csv/readers.csv',
    csv(
      [
        'agreement',
        'objects below',
        'owner',
        'recipient',
        'role',
        'taken on by',
        'first day',
        'last day',
        'reads on these days',
        'reads on other days',
        'S3 by',
        'KMS by',
        'what is missing',
      ],
      readings.map((each) => [
        each.agreement,
        each.prefix,
        each.owner,
        each.recipient,
        each.role,
        each.takenOnBy,
        each.firstDay,
        each.lastDay,
        each.within ? 'yes' : 'no',
        each.beyond ? 'yes' : 'no',
        byStatements(each, 's3:GetObject'),
        byStatements(each, 'kms:Decrypt'),
        each.missing,
      ]),
    ),
  ];
}

function byStatements({ statements }: Reading, asked: Reading['statements'][number]['action']): string[] {
  return statements
    .filter(({ action }) => action === asked)
    .map(({ name, policy }) => (name === 'grant' ? `grant ${policy}` : `${name} of ${policy}`));
}
