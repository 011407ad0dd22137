/** What is asked of an organisation that joins: one question for each setting, with what the schema says of it. */

import { documentFile } from '../../../start/documents';
import { CUSTODY_KINDS } from '../../../wire';
import { orList } from '../../../words';
import { ASSURANCE_SCHEMES } from '../../schema/assurance';
import { organisationSchema, settingsOfCustody } from '../../schema/organisation';
import { listLines, scalar } from '../yaml-edit';
import type { FileForm } from './drafting';
import {
  type Answers,
  type Asking,
  itemsIn,
  NONE,
  type Offer,
  type Question,
  question as questionAbout,
  settingLines,
} from './question';

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
  besides = '',
  offers?: readonly Offer[],
  rest: Pick<Asking, 'optional' | 'usual'> = {},
): Question<N> {
  // An alternative is found by the values that choose it.
  const [, setting = ''] = path;
  const kind = CUSTODY_KINDS.find((each) => settingsOfCustody(each).includes(setting)) ?? 'account';
  const scheme = SCHEME_THAT_HAS[setting] ?? 'cyber-essentials';
  const chosen = { membership: 'member', custody: { kind }, assurance: { scheme } };
  return questionAbout(organisationSchema, chosen, name, takes, path, {
    when,
    meanwhile,
    besides,
    ...(offers && { offers: () => offers }),
    ...rest,
  });
}

const kindsOfCustody = orList(
  CUSTODY_KINDS.map((kind) =>
    kind === 'account' ? 'account (AWS KMS makes it, in the organisation’s account)' : kind,
  ),
);
const several = ` Separate several with commas; write ${NONE} if there are none.`;
const MOST_HAVE_NONE = { optional: true, usual: () => NONE } as const;
const noneIfNone = ` Write ${NONE} if there is none.`;
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
    [{ answer: 'member' }, { answer: 'external' }],
  ),
  question('account', 'ACCOUNT', ['account'], '000000000000'),
  question(
    'custody',
    'KIND',
    ['custody', 'kind'],
    'account',
    isMember,
    `Who holds its key: ${kindsOfCustody}. ${documentFile('custody')} compares them.`,
    CUSTODY_KINDS.map((answer) => ({ answer })),
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
    (answers, { region }) =>
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
    'help-desk',
    'ADDRESS',
    ['contacts', 'helpDesk'],
    NONE,
    always,
    noneIfNone,
    undefined,
    MOST_HAVE_NONE,
  ),
  question(
    'help-desk-telephone',
    'NUMBER',
    ['contacts', 'helpDeskTelephone'],
    NONE,
    ({ 'help-desk': desk = NONE }) => desk !== NONE,
    noneIfNone,
    undefined,
    MOST_HAVE_NONE,
  ),
  question(
    'assurance',
    'SCHEME',
    ['assurance', 'scheme'],
    'cyber-essentials',
    always,
    ` Write other for a scheme that is not named here, and ${NONE} if it has not been assured.`,
    [...ASSURANCE_SCHEMES, 'other', NONE].map((answer) => ({ answer })),
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
function linesOf(question: Question, answers: Answers): string[] {
  const { name } = question;
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
      return listLines('administrators', itemsIn(answer, ',')).map((line) => `  ${line}`);
    case 'may-deposit':
    case 'may-collect':
      return listLines(camel(name), itemsIn(answer, ','));
    case 'security-mailbox':
      return ['contacts:', `  security: ${scalar(answer)}`];
    case 'help-desk':
    case 'help-desk-telephone':
      return answer === NONE ? [] : settingLines(question, answer);
    case 'assurance':
      return ['assurance:', `  scheme: ${scalar(answer)}`];
    case 'codes':
      return codeLines(answer);
    default:
      return settingLines(question, answer);
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

function camel(name: string): string {
  return name.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
}

/** The file of an organisation. */
export const ORGANISATION_FORM: FileForm = {
  questions: QUESTIONS,
  head: ['# yaml-language-server: $schema=../schema/organisation.schema.json'],
  path: ({ id = '' }) => `organisations/${/^[a-z0-9-]+$/.test(id) ? id : 'an-organisation-to-be'}.yaml`,
  lines: linesOf,
  taken: ({ id }) => ({
    message: `${id} is in the register already`,
    fix: `choose another id, or make its pack again: npx concordat onboard ${id} --pack-only`,
  }),
  refused: ({ id }) => `${id ?? 'the organisation'} cannot join yet`,
};
