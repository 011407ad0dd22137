/** What an organisation is asked to do, how long each step takes, and what stays done. */
import { type AssemblyStack, askedPolicyFile } from '../assembly';
import type { MemberFunction } from '../names';
import { durationInWords } from '../register';
import {
  andList,
  code,
  joined,
  link,
  list,
  paragraph,
  plural,
  type Sentence,
  say,
  table,
  type Words,
} from '../words';
import { OWN_ROLES_FILE, ownRoles } from './own-roles';
import { placeOf, type Section, STEPS } from './section';
import type { PackSource } from './source';

/** The functions in a member’s account. */
const FUNCTIONS: Readonly<Record<MemberFunction, string>> = {
  'concordat-grant-broker': 'the grant broker',
  'concordat-release-gate': 'the release gate',
};

/** What a type of resource is to somebody who has no cloud team: what is counted, its plural if it has no s, and more of it. */
interface Thing {
  readonly one: string;
  readonly many?: string;
  readonly more?: string;
}

const POLICY = { one: 'policy', many: 'policies' } as const;

/** Others are shown by their type. */
const THINGS: Readonly<Record<string, Thing>> = {
  'AWS::CloudFormation::CustomResource': { one: 'call', more: ' of the grant broker at each deployment' },
  'AWS::CloudWatch::Alarm': { one: 'alarm' },
  'AWS::Events::Rule': {
    one: 'rule',
    more: ', by the hour, on changes of what protects data, or on what the scan found',
  },
  'AWS::GuardDuty::MalwareProtectionPlan': { one: 'malware scan', more: ' of what is deposited' },
  'AWS::IAM::Role': { one: 'role' },
  'AWS::KMS::Key': { one: 'key' },
  'AWS::Lambda::Function': { one: 'function', more: `, ${andList(Object.values(FUNCTIONS))}` },
  'AWS::Lambda::EventSourceMapping': { one: 'link', more: ' from a queue to the release gate' },
  'AWS::Lambda::LayerVersion': { one: 'list', more: ', of grants, and of what deposits are held against' },
  'AWS::Lambda::Permission': { one: 'permission', more: ' to start the function' },
  'AWS::Logs::LogGroup': { one: 'log' },
  'AWS::S3::AccessPoint': { one: 'access point', more: ', one for each share' },
  'AWS::S3::Bucket': { one: 'bucket' },
  'AWS::S3::BucketPolicy': { ...POLICY, more: ' of the bucket' },
  'AWS::SNS::Topic': { one: 'topic', more: ' for alarms' },
  'AWS::SNS::TopicPolicy': { ...POLICY, more: ' of the topic' },
  'AWS::SQS::Queue': {
    one: 'queue',
    more: ', which keep such changes and scans for those whom the alarm has told, and verdicts for the release gate',
  },
  'AWS::SQS::QueuePolicy': { ...POLICY, more: ' of the queue' },
  'AWS::StepFunctions::StateMachine': {
    one: 'state machine',
    more: ', which calls the release gate again until a long check is done',
  },
};

/** What is deployed, by whom, and what is accepted with it. */
export function askedSection(source: PackSource): Section {
  const { organisation, register, stacks } = source;
  const hasOwnRoles = ownRoles(source).length > 0;
  const files = joined(
    stacks.map(({ name }) => code(`${name}.template.json`)),
    ', ',
  );
  const member = organisation.membership === 'member';
  return {
    heading: 'What you are asked for',
    blocks: [
      list([
        ...(member
          ? [
              say`An AWS account of your own, ${code(organisation.account)}, in the operator’s AWS organisation, with nothing else in it. Its guardrails, its baseline and its bootstrap come to it by themselves. You accept that ${register.zone.operator} deploys ${files} into it besides, and nothing else. Read it first; it is beside this page.`,
            ]
          : [
              say`To deploy ${files} in your own account, ${code(organisation.account)}: AWS console, CloudFormation, Create stack, in ${register.zone.region}. Read it first; it is beside this page. Call the stack ${code(`Organisation-${organisation.id}`)}, and tick that it makes roles with names of their own. It needs no parameters, and nothing in your account changes besides.`,
            ]),
        ...askedForTheKey(organisation),
        hasOwnRoles
          ? say`The roles of your own that the register names. ${code(OWN_ROLES_FILE)} makes them, by the steps that it begins with. You say who holds them.`
          : 'The roles of your own that may take on those of the template, as the register names them. You make them, and you say who in your organisation holds them.',
        'To read the audit: every deposit and every read is recorded, and your receipts are yours to keep.',
      ]),
      paragraph(say`What is in the template: ${contents(stacks)}.`),
    ],
  };
}

/** What only the organisation can do for the key that it brings. */
function askedForTheKey(organisation: PackSource['organisation']): Words[] {
  if (organisation.membership === 'external') return [];
  const { id, custody } = organisation;
  switch (custody.kind) {
    case 'account':
      return [];
    case 'imported':
      return [
        say`To make the key material, keep the original, and bring it into AWS KMS once the template is deployed. The operator sends you the commands, which ${code(`npx concordat custody import ${id}`)} prints. Until it is there, nothing can be deposited.${custody.material === 'awaited' ? ' Tell the operator once it is: the malware scan comes with the deployment after that, and what is deposited before is never released.' : ''}`,
      ];
    case 'cloudhsm':
    case 'external': {
      const file = askedPolicyFile(id);
      return [
        say`To set the policy in ${code(file)}, beside this page, on your key before the template is deployed, and again whenever a new pack changes it: ${code(`aws kms put-key-policy --key-id ${custody.keyArn} --policy-name default --policy file://${file}`)}. No template can do that for you.`,
      ];
    }
  }
}

function contents(stacks: readonly AssemblyStack[]): Sentence {
  const counts = new Map<string, number>();
  for (const { resources } of stacks)
    for (const { Type } of Object.values(resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  const words = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, number]) => {
      const thing = THINGS[type];
      return thing === undefined
        ? say`${number} of the type ${code(type)}`
        : `${plural(number, thing.one, thing.many)}${thing.more ?? ''}`;
    });
  return joined(words, '; ');
}

/** What is ticked off, beside the steps, before anything is deployed. */
export function checklistSection({ organisation }: PackSource): Section {
  const member = organisation.membership === 'member';
  return {
    heading: 'Before anything is deployed',
    blocks: [
      list(
        [
          say`The account is ${code(organisation.account)}, and belongs to ${organisation.name}.`,
          'Both mailboxes are read by a team, also out of hours.',
          ...(member
            ? [
                'The kind of key custody is chosen, and the key administrators’ role exists.',
                'Key administrators are other people than those who deposit or collect.',
              ]
            : []),
          'The roles that the register names exist, and multi-factor authentication is asked of whoever takes them on.',
        ],
        'ticks',
      ),
    ],
  };
}

/** What is done, by whom, and how long it takes. */
export function stepsSection(source: PackSource): Section {
  const { organisation, register, stacks } = source;
  const member = organisation.membership === 'member';
  const operator = register.zone.operator;
  const template = stacks.length === 1 ? 'the template' : `the ${stacks.length} templates`;
  const steps: readonly (readonly [what: Words, who: string, time: string])[] = [
    [
      say`Read this pack with your SIRO and your data protection officer, and decide: ${to('Who reads what')}, ${to('What cannot be undone')}`,
      'you',
      'your own pace',
    ],
    [
      say`Name the people’s roles, the two mailboxes${member ? ', and who holds the key' : ''}: ${to('What you are asked for')}`,
      'you and your cloud team',
      'your own pace',
    ],
    ...(member ? [['Account, guardrails and bootstrap', operator, 'under an hour'] as const] : []),
    ['Write and review one file', operator, 'minutes, and the review'],
    [`Deploy ${template}`, member ? operator : 'you', 'about 10 minutes'],
    ...(ownRoles(source).length > 0
      ? [
          [
            'Make the roles of your own, by their template',
            'who runs your cloud',
            'about 10 minutes',
          ] as const,
        ]
      : []),
    ...(member ? [['Confirm the e-mail for alarms', 'you', 'a minute'] as const] : []),
    ['Try a transfer, and what must be refused', 'an officer and an engineer of yours', 'half an hour'],
    ['Check its receipt, and tell the operator', 'an officer of yours', 'about 10 minutes'],
  ];
  return {
    heading: STEPS,
    blocks: [
      table(
        ['Step', 'What', 'Who', 'How long, as estimated'],
        steps.map(([what, who, time], index) => [String(index + 1), what, who, time]),
      ),
    ],
  };
}

function to(heading: string): Sentence {
  return link(heading, `#${placeOf(heading)}`);
}

/** What stays done. */
export function whatStays({ organisation, register }: PackSource): Words[] {
  const { mode, period } = register.zone.auditRetention;
  const audit =
    mode === 'compliance'
      ? say`The record of transfers is locked for ${durationInWords(period)}. Nobody can delete it before, unless the operator’s whole account for it is closed.`
      : say`The record of transfers is locked for ${durationInWords(period)}; the operator’s administrators could lift that.`;
  return [
    say`The id ${code(organisation.id)} is yours for good, and is never given to anybody else, also after you have left.`,
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
