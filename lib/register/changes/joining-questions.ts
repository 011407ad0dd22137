/** What is asked of an organisation that joins: one question for each setting, with what the schema says of it. */

import { CUSTODY_KINDS } from '../../wire';
import { orList } from '../../words';
import { metaOf, schemaAt, unwrap, valuesOf } from '../explain/schema-walk';
import { organisationSchema, settingsOfCustody } from '../schema/organisation';
import { listLines, scalar } from './yaml-edit';

/** Answers by the names of their questions, as they were typed. */
export type Answers = Readonly<Record<string, string>>;

/** A question. */
export interface Question<N extends string = string> {
  /** Also the name of its option. */
  readonly name: N;
  /** Where in the file the answer stands. */
  readonly path: readonly string[];
  readonly asks: string;
  /** What the option takes: `DATE`. */
  readonly takes: string;
  /** Whether it is asked, once the answers before it are known. */
  readonly when: (answers: Answers) => boolean;
  /** An answer that is right in any register, for as long as the question has not been answered. */
  readonly meanwhile: (answers: Answers, region: string) => string;
}

/** The answer that says that a list is empty on purpose. */
const NONE = 'none';

const always = () => true;
const isMember = ({ membership }: Answers) => membership !== 'external';
/** Asked where the kind of custody that was chosen has the setting. */
const ofCustody = (setting: string) => (answers: Answers) =>
  isMember(answers) &&
  CUSTODY_KINDS.some((kind) => kind === answers.custody && settingsOfCustody(kind).includes(setting));

/** Settings of an assurance that only one answer to its scheme has. */
const SCHEME_THAT_HAS: Readonly<Record<string, string>> = { name: 'other', by: 'none' };

function question<const N extends string>(
  name: N,
  takes: string,
  path: readonly string[],
  meanwhile: string | Question['meanwhile'],
  when: Question['when'] = always,
  more = '',
): Question<N> {
  // An alternative is found by the values that choose it.
  const [, setting = ''] = path;
  const kind = CUSTODY_KINDS.find((each) => settingsOfCustody(each).includes(setting)) ?? 'account';
  const scheme = SCHEME_THAT_HAS[setting] ?? 'cyber-essentials';
  const chosen = { membership: 'member', custody: { kind }, assurance: { scheme } };
  const schema = schemaAt(organisationSchema, path, chosen);
  const said = schema === undefined ? '' : (metaOf(schema).description ?? '');
  const values = schema === undefined ? [] : valuesOf(unwrap(schema));
  // A setting that chooses among alternatives is explained where it is asked.
  const choice = values.length > 1 ? ` One of ${orList(values)}.` : '';
  return {
    name,
    path,
    takes,
    asks: `${said}${choice}${more}`.trim(),
    when,
    meanwhile: typeof meanwhile === 'string' ? () => meanwhile : meanwhile,
  };
}

const kindsOfCustody = orList(
  CUSTODY_KINDS.map((kind) =>
    kind === 'account' ? 'account (AWS KMS makes it, in the organisation’s account)' : kind,
  ),
);
const several = ` Separate several with commas; write ${NONE} if there are none.`;
const someAccount = ({ account }: Answers) => account ?? '000000000000';

/** Every question, in the order in which they are asked. */
export const QUESTIONS = [
  question('id', 'ID', ['id'], 'an-organisation-to-be'),
  question('name', 'NAME', ['name'], 'An organisation'),
  question('sector', 'SECTOR', ['sector'], 'local-government'),
  question(
    'membership',
    'KIND',
    ['membership'],
    'member',
    always,
    'Whether its account is in the zone’s AWS organisation (member), or in another (external) and may only receive.',
  ),
  question('account', 'ACCOUNT', ['account'], '000000000000'),
  question(
    'custody',
    'KIND',
    ['custody', 'kind'],
    'account',
    isMember,
    `Who holds its key: ${kindsOfCustody}. docs/custody.md compares them.`,
  ),
  question(
    'material-expires',
    'DATE',
    ['custody', 'materialExpires'],
    '2099-01-01',
    ofCustody('materialExpires'),
  ),
  question(
    'key-arn',
    'ARN',
    ['custody', 'keyArn'],
    (answers, region) =>
      `arn:aws:kms:${region}:${someAccount(answers)}:key/00000000-0000-4000-8000-000000000000`,
    ofCustody('keyArn'),
  ),
  question('cluster-id', 'ID', ['custody', 'clusterId'], 'cluster', ofCustody('clusterId')),
  question('external-key-id', 'ID', ['custody', 'externalKeyId'], 'key', ofCustody('externalKeyId')),
  question(
    'administrators',
    'ARNS',
    ['custody', 'administrators'],
    (answers) => `arn:aws:iam::${someAccount(answers)}:role/administrator`,
    isMember,
    ' Separate several with commas.',
  ),
  question('may-deposit', 'ARNS', ['mayDeposit'], NONE, isMember, several),
  question('may-collect', 'ARNS', ['mayCollect'], NONE, always, several),
  question(
    'security-mailbox',
    'ADDRESS',
    ['contacts', 'security'],
    'security@organisation.example',
    always,
    ' For security.',
  ),
  question(
    'data-protection-mailbox',
    'ADDRESS',
    ['contacts', 'dataProtection'],
    'data-protection@organisation.example',
    always,
    ' For data protection.',
  ),
  question(
    'assurance',
    'SCHEME',
    ['assurance', 'scheme'],
    'cyber-essentials',
    always,
    ` Write other for a scheme that is not named here, and ${NONE} if it has not been assured.`,
  ),
  question(
    'assurance-name',
    'NAME',
    ['assurance', 'name'],
    'A scheme',
    ({ assurance }) => assurance === 'other',
  ),
  question('assured-on', 'DATE', ['assurance', 'date'], '2020-01-01', ({ assurance }) => assurance !== NONE),
  question('assured-by', 'DATE', ['assurance', 'by'], '2099-01-01', ({ assurance }) => assurance === NONE),
  question('joins', 'DATE', ['joins'], '2020-01-01'),
  question(
    'codes',
    'LIST',
    ['identifiers'],
    NONE,
    always,
    ` Each as scheme:code:first day, such as gss:E08000035:2011-01-01.${several}`,
  ),
] as const satisfies readonly Question[];

/** What an organisation that joins may be asked, by name. */
export type QuestionName = (typeof QUESTIONS)[number]['name'];

/** The lines that an answer comes to in the file. */
export function linesOf({ name, path }: Question, answers: Answers): string[] {
  const answer = answers[name] ?? '';
  switch (name) {
    case 'account':
      return [`account: ${JSON.stringify(answer)}`];
    case 'custody':
      return ['custody:', `  kind: ${scalar(answer)}`];
    case 'material-expires':
      // It can’t be there before the key is.
      return [`  materialExpires: ${scalar(answer)}`, '  material: awaited'];
    case 'administrators':
      return listLines('administrators', arnsIn(answer)).map((line) => `  ${line}`);
    case 'may-deposit':
    case 'may-collect':
      return listLines(camel(name), arnsIn(answer));
    case 'security-mailbox':
      return ['contacts:', `  security: ${scalar(answer)}`];
    case 'assurance':
      return ['assurance:', `  scheme: ${scalar(answer)}`];
    case 'codes':
      return codeLines(answer);
    default:
      return [`${'  '.repeat(path.length - 1)}${path.at(-1)}: ${scalar(answer)}`];
  }
}

function codeLines(answer: string): string[] {
  if (answer === NONE) return ['identifiers: []'];
  return [
    'identifiers:',
    ...answer.split(',').flatMap((each) => {
      const [scheme = '', value = '', from = ''] = each.trim().split(':');
      return [
        `  - scheme: ${scalar(scheme)}`,
        `    value: ${/^[A-Z][A-Z0-9]*$/.test(value) ? value : JSON.stringify(value)}`,
        `    from: ${scalar(from)}`,
      ];
    }),
  ];
}

/** Role names may hold commas, so a list is cut where the next ARN begins. */
function arnsIn(answer: string): string[] {
  if (answer === NONE) return [];
  return answer.split(/,\s*(?=arn:)/).map((each) => each.trim());
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
}
