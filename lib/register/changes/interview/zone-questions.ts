/** What is asked where a zone begins: the operator’s settings, one file. */

import { UK_REGION } from '../../../names';
import { documentInZone } from '../../../start/documents';
import { zoneSchema } from '../../schema/zone';
import type { FileForm } from './drafting';
import {
  type Answers,
  type Asking,
  groupedLines,
  type Question,
  question as questionAbout,
} from './question';

function question<const N extends string>(
  name: N,
  takes: string,
  path: readonly string[],
  asking: Asking,
): Question<N> {
  return questionAbout(zoneSchema, {}, name, takes, path, asking);
}

const alert = ({ 'alert-mailbox': mailbox }: Answers) => mailbox;

/** Every question, in the order in which they are asked and stand in the file. */
export const ZONE_QUESTIONS = [
  question('operator', 'NAME', ['operator'], { meanwhile: 'An operator' }),
  question('management-account', 'ACCOUNT', ['accounts', 'management'], { meanwhile: '000000000001' }),
  question('zone-account', 'ACCOUNT', ['accounts', 'zone'], { meanwhile: '000000000002' }),
  question('aws-organization', 'ID', ['awsOrganizationId'], { meanwhile: 'o-meanwhile0' }),
  question('prefix', 'PREFIX', ['namePrefix'], {
    meanwhile: 'concordat',
    usual: () => 'concordat',
    besides: ' Bucket names are shared by everybody on AWS, so choose one that is yours.',
  }),
  question('alert-mailbox', 'ADDRESS', ['alertAddress'], { meanwhile: 'alerts@operator.example' }),
  question('stage', 'STAGE', ['guardrails', 'stage'], {
    meanwhile: 'nowhere',
    usual: () => 'nowhere',
    asks: 'How far do rules above accounts reach, which their own administrators cannot undo? Begin with nowhere, and go on once they were rehearsed.',
  }),
  question('canary-unit', 'ID', ['guardrails', 'units', 'canary'], { meanwhile: 'ou-0000-meanwhile1' }),
  question('members-unit', 'ID', ['guardrails', 'units', 'members'], { meanwhile: 'ou-0000-meanwhile2' }),
  question('zone-unit', 'ID', ['guardrails', 'units', 'zone'], { meanwhile: 'ou-0000-meanwhile3' }),
  question('deployers', 'ARNS', ['guardrails', 'deployers'], {
    meanwhile: 'arn:aws:iam::000000000003:role/deployment',
    between: ',',
    besides: ' Separate several with commas.',
  }),
  question('config', 'KIND', ['baseline', 'config'], { meanwhile: 'none', usual: () => 'ncsc' }),
  question('budget', 'AMOUNT', ['baseline', 'monthlyBudget'], {
    meanwhile: '100 USD',
    usual: () => '100 USD',
  }),
  question('budget-mailbox', 'ADDRESS', ['baseline', 'budgetAddress'], {
    meanwhile: 'costs@operator.example',
    usual: alert,
  }),
] as const satisfies readonly Question[];

/** What is asked where a zone begins, by name. */
export type ZoneQuestionName = (typeof ZONE_QUESTIONS)[number]['name'];

/** Settings that nobody is asked for at the beginning, before the question that they stand before. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  prefix: [`region: ${UK_REGION}`],
  'alert-mailbox': [
    `# Teams are told of messages by SNS. By GOV.UK Notify, with nothing to confirm: notify, as in ${documentInZone('notices')}`,
    '# How long logs and the ledger are locked. Never less for what is written already',
    'auditRetention:',
    '  mode: compliance',
    '  period: P7Y',
  ],
};

/** The file of a zone. */
export const ZONE_FORM: FileForm = {
  questions: ZONE_QUESTIONS,
  head: ['# yaml-language-server: $schema=schema/zone.schema.json'],
  path: () => 'zone.yaml',
  lines: (each, answers, before) => [
    ...(FIXED[each.name] ?? []),
    ...groupedLines(each, answers[each.name] ?? '', before),
  ],
  taken: () => ({ message: 'there is a zone already', fix: 'name a folder without one' }),
  refused: () => 'the zone cannot begin yet',
};
