/** What holds each part of an agreement, and who answers for what no machine holds: a lawyer signs both. */
import { type Agreement, depositsUntil, sealedOf } from '../register';
import { addDays, inWords } from '../register/calendar';
import { code, say, table, type Words } from '../words';

type Row = readonly [what: string, by: Words, seen: Words];

/** The table. The parties alone hold what the last rows say, and the document says so. */
export function enforcementTable(agreement: Agreement, owner: string) {
  return table(['What was agreed', 'What holds it', 'How to see that'], [...rows(agreement, owner)]);
}

/** What protects what is shared, each with what holds it: no duty of the parties is among it. */
export function measuresOf(
  agreement: Agreement,
  owner: string,
): readonly (readonly [what: string, by: Words])[] {
  return [...measures(agreement, owner)].map(([what, by]) => [what, by]);
}

function* rows(agreement: Agreement, owner: string): Generator<Row> {
  yield* measures(agreement, owner);
  yield* duties(agreement, owner);
}

function* measures(agreement: Agreement, owner: string): Generator<Row> {
  const { id, contract, correspondence } = agreement;
  const sealed = sealedOf(agreement, owner);
  yield [
    'Who receives, and nobody else',
    'one access point and one grant of the key for each recipient; both have to say yes',
    say`${code('npx concordat prove')} and ${code(`npx concordat who reads ${id}`)}, from the templates alone`,
  ];
  yield [
    'First and last day',
    'dates in the policy of the access point; the grant of the key is ended on the day, without anybody deploying anything',
    code(`npx concordat who reads ${id} --as-of DATE`),
  ];
  yield [
    'Formats and largest file',
    'the release gate lets nothing through to the recipient that is of another kind or larger',
    'the gate’s report on each file',
  ];
  yield contract === undefined
    ? [
        'Data items',
        'the owner alone, when it makes the file: no data contract describes it',
        'by reading the files',
      ]
    : [
        'Data items',
        say`the data contract ${code(contract)}: the release gate holds every row against it before the recipient sees the file`,
        code(`npx concordat contract test ${contract} FILE`),
      ];
  yield sealed === undefined
    ? [
        'Malware',
        'each file is scanned, and nothing is released that was not found clean',
        'the tags of each file',
      ]
    : [
        'That nobody on the way reads it',
        `each file is encrypted to the keys in this agreement before it leaves the owner; so neither malware scan nor release gate sees what is in it, and the recipient’s program does both once it is opened${correspondence === undefined ? '' : '. Letters are sealed and opened by the mailbox’s page, in the browser, which scans nothing; whoever can change that page could read them there'}`,
        'the keys in this document, and in the header of each file',
      ];
  if (correspondence !== undefined)
    yield [
      'Whose inbox a message lies in',
      'the page shows it to the readers of the inbox; what AWS holds is the party, so whoever may collect there can read it',
      'the list of inboxes in this document',
    ];
  yield [
    'That every transfer is recorded',
    'a signed log, of which each organisation gets receipts that it can check by itself',
    say`${code('npx concordat verify')}, or ${code('openssl')}`,
  ];
}

function* duties(agreement: Agreement, owner: string): Generator<Row> {
  yield [
    'Time to collect',
    'nothing stops: the owner is told of what was not collected in time',
    'the notice of non-delivery, in the log',
  ];
  yield [
    'Permitted and prohibited uses, onward sharing',
    'the parties alone, after the data was collected',
    'audit between the parties',
  ];
  const until = depositsUntil(agreement);
  yield [
    'How long what was deposited lies with the owner',
    until === undefined
      ? 'nothing deletes it: a legal hold without a last day is on it'
      : say`once this agreement is over, and whatever renews or succeeds it, a rule of the owner’s bucket deletes it: from ${inWords(addDays(until, 1))} on if it ends on its last day and nothing follows; a legal hold puts that off`,
    code(`npx concordat custody ${owner}`),
  ];
  yield [
    'How long the recipient keeps its copy, and its disposal',
    'the recipient alone',
    'its declaration to the owner',
  ];
}
