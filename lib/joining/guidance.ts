/** What an organisation is asked to do, how long each step takes, and what stays done. */
import { type AssemblyStack, askedPolicyFile } from '../assembly';
import type { MemberFunction } from '../names';
import { durationInWords } from '../register';
import { andList, plural } from '../words';
import { list, type Section, table, text, ticks } from './blocks';
import type { PackSource } from './source';

/** The functions in a member’s account. */
const FUNCTIONS: Readonly<Record<MemberFunction, string>> = { 'concordat-grant-broker': 'the grant broker' };

/** What the types of resources are to somebody who has no cloud team; others are shown by their type. */
const THINGS: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::CustomResource': 'call of the grant broker at each deployment',
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::Events::Rule': 'rule, by the hour or on changes of keys and policies',
  'AWS::GuardDuty::MalwareProtectionPlan': 'malware scan of what is deposited',
  'AWS::IAM::Role': 'role',
  'AWS::KMS::Key': 'key',
  'AWS::Lambda::Function': `function, ${andList(Object.values(FUNCTIONS))}`,
  'AWS::Lambda::LayerVersion': 'list of grants',
  'AWS::Lambda::Permission': 'permission to start the function',
  'AWS::Logs::LogGroup': 'log',
  'AWS::S3::AccessPoint': 'access point, one for each share',
  'AWS::S3::Bucket': 'bucket',
  'AWS::S3::BucketPolicy': 'policy of the bucket',
  'AWS::SNS::Topic': 'topic for alarms',
  'AWS::SNS::TopicPolicy': 'policy of the topic',
  'AWS::SQS::Queue': 'queue, which keeps changes of keys and policies for those whom the alarm has told',
  'AWS::SQS::QueuePolicy': 'policy of the queue',
};

/** What is deployed, by whom, and what is accepted with it. */
export function askedSection({ organisation, register, stacks }: PackSource): Section {
  const files = stacks.map(({ name }) => `\`${name}.template.json\``).join(', ');
  const member = organisation.membership === 'member';
  return {
    heading: 'What you are asked for',
    blocks: [
      list(
        ...(member
          ? [
              `An AWS account of your own, \`${organisation.account}\`, in the operator’s AWS organisation, with nothing else in it. Its guardrails, its baseline and its bootstrap come to it by themselves.`,
              `To accept that ${register.zone.operator} deploys ${files} into it, beside the guardrails, baseline and bootstrap, and nothing else. Read it first; it is beside this page.`,
            ]
          : [
              `To deploy ${files} in your own account, \`${organisation.account}\`: AWS console, CloudFormation, Create stack, in ${register.zone.region}. Read it first; it is beside this page. Call the stack \`Organisation-${organisation.id}\`, and tick that it makes roles with names of their own. It needs no parameters, and nothing in your account changes besides.`,
            ]),
        ...askedForTheKey(organisation),
        'The roles of your own that may take on those of the template, as the register names them. You make them, and you say who in your organisation holds them.',
        'To read the audit: every deposit and every read is recorded, and your receipts are yours to keep.',
      ),
      text(`What is in the template: ${contents(stacks)}.`),
    ],
  };
}

/** What only the organisation can do for the key that it brings. */
function askedForTheKey(organisation: PackSource['organisation']): string[] {
  if (organisation.membership === 'external') return [];
  const { id, custody } = organisation;
  switch (custody.kind) {
    case 'account':
      return [];
    case 'imported':
      return [
        `To make the key material, keep the original, and bring it into AWS KMS once the template is deployed. The operator sends you the commands, which \`npx concordat custody import ${id}\` prints. Until it is there, nothing can be deposited.`,
      ];
    case 'cloudhsm':
    case 'external': {
      const file = askedPolicyFile(id);
      return [
        `To set the policy in \`${file}\`, beside this page, on your key before the template is deployed, and again whenever a new pack changes it: \`aws kms put-key-policy --key-id ${custody.keyArn} --policy-name default --policy file://${file}\`. No template can do that for you.`,
      ];
    }
  }
}

function contents(stacks: readonly AssemblyStack[]): string {
  const counts = new Map<string, number>();
  for (const { resources } of stacks)
    for (const { Type } of Object.values(resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => {
      const [noun = `\`${type}\``, ...rest] = THINGS[type]?.split(/(?=[, ])/) ?? [];
      const many = noun === 'policy' ? (count === 1 ? '1 policy' : `${count} policies`) : plural(count, noun);
      return `${many}${rest.join('')}`;
    })
    .join('; ');
}

/** What is ticked off, in its order. */
export function checklistSection({ organisation, register }: PackSource): Section {
  const member = organisation.membership === 'member';
  return {
    heading: 'Checklist',
    blocks: [
      ticks(
        'The senior information risk owner (SIRO) and the data protection officer have read this pack.',
        `The account is \`${organisation.account}\`, and belongs to ${organisation.name}.`,
        'Both mailboxes are read by a team, also out of hours.',
        ...(member
          ? [
              'The kind of key custody is chosen, and the key administrators’ role exists.',
              'Key administrators are other people than those who deposit or collect.',
            ]
          : []),
        'The roles that the register names exist, and multi-factor authentication is asked of whoever takes them on.',
        member
          ? 'The template has been deployed, and the e-mail that confirms alarms has been answered.'
          : 'The template has been deployed.',
        'The test transfer was done, and what must be refused was refused.',
        `The receipt of the test transfer was fetched and checked (see the operator’s guide to verifying), and ${register.zone.operator} was told.`,
      ),
    ],
  };
}

/** How long each step takes. */
export function timingsSection({ organisation, register }: PackSource): Section {
  const member = organisation.membership === 'member';
  const operator = register.zone.operator;
  return {
    heading: 'How long it takes',
    blocks: [
      text('Estimates, not measured on live AWS.'),
      table(
        ['step', 'who', 'time'],
        [
          ['Read this pack, decide, name roles and mailboxes', 'you', 'your own pace'],
          ...(member ? [['Account, guardrails and bootstrap', operator, 'under an hour']] : []),
          ['Write and review one file', operator, 'minutes, and the review'],
          ['Deploy one stack', member ? operator : 'you', 'about 10 minutes'],
          ['Confirm the e-mail for alarms', member ? 'you' : 'nobody', member ? 'a minute' : 'not needed'],
          ['Test transfer', 'you', 'half an hour'],
          ['Receipt of it', 'by itself', 'about 10 minutes'],
        ],
      ),
    ],
  };
}

/** What stays done. */
export function whatStays({ organisation, register }: PackSource): string[] {
  const { mode, period } = register.zone.auditRetention;
  const audit =
    mode === 'compliance'
      ? `The record of transfers is locked for ${durationInWords(period)}. Nobody can delete it before, unless the operator’s whole account for it is closed.`
      : `The record of transfers is locked for ${durationInWords(period)}; the operator’s administrators could lift that.`;
  return [
    `The id \`${organisation.id}\` is yours for good, and is never given to anybody else, also after you have left.`,
    audit,
    'What a recipient has read cannot be taken back, only asked back.',
    ...(organisation.membership === 'member'
      ? [
          'A key that is deleted, or key material that is lost, takes with it everything that it encrypted. Deleting takes 30 days, in which you can think again.',
          'Bucket and key stay when you leave, until you delete them. The bucket’s name goes with the account.',
        ]
      : []),
  ];
}
