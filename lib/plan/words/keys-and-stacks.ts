/** Changes of keys, resources and stacks, and what organisations are asked to set, in sentences. */
import { UNITS_PARAMETER } from '../../names';
import { documentFile } from '../../start/documents';
import { andList, code, joined, orList, plural, say, type Words } from '../../words';
import type { AskedPolicy } from '../asked';
import type { Change } from '../change';
import { isHeldElsewhere, isReplaced, type PlannedKey } from '../keys';
import type { ResourceFate, ResourceType } from '../resources';
import type { StackChange } from '../stacks';
import type { Told } from './told';

const ORIGINS: Readonly<Record<string, string>> = {
  AWS_KMS: 'made by AWS KMS',
  EXTERNAL: 'imported by the organisation',
  AWS_CLOUDHSM: 'in the organisation’s CloudHSM cluster',
  EXTERNAL_KEY_STORE: 'outside AWS, with the organisation’s key manager',
};

/** What of a key can differ, and what it is called. */
const FACTS: readonly (readonly [keyof PlannedKey, string])[] = [
  ['account', 'the account that holds it'],
  ['region', 'its Region'],
  ['origin', 'its material'],
  ['key', 'the key itself'],
  ['bucket', 'the bucket'],
  ['clusterId', 'the CloudHSM cluster'],
  ['externalKeyId', 'its name in the key manager'],
  ['materialExpires', 'the last day of its material'],
  ['rotationDays', 'the days between rotations'],
  ['deletionDays', 'the days until it is gone once its deletion is asked for'],
  ['kept', 'whether it stays when its stack goes'],
  ['awsOrganisation', 'the AWS organisation of its users'],
  ['settings', 'its settings'],
];

/** A key that comes, goes or is not what it was. */
export function tellKey(change: Change<PlannedKey>): Told {
  const { before, after } = change;
  if (before === undefined || after === undefined) {
    const key = after ?? before;
    if (key === undefined) throw new Error('a change of nothing');
    const isNew = before === undefined;
    return {
      mark: isNew ? '+' : '-',
      sentence: say`${key.name} ${isNew ? 'gets' : 'no longer has'} a key, ${material(key.origin)}, in account ${key.account}`,
      more: [],
      widens: false,
    };
  }
  const parts = FACTS.flatMap(([fact, called]) => {
    const [was, is] = [before[fact], after[fact]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [say`${called} from ${factWords(fact, was)} to ${factWords(fact, is)}`];
  });
  return {
    mark: '~',
    sentence:
      parts.length === 0
        ? say`The key of ${after.name} is the same, under another name of the organisation (was ${before.name})`
        : say`The key of ${after.name} changes: ${joined(parts, '; ')}`,
    more: [],
    widens: isHeldElsewhere(change),
  };
}

/** For the keys that are others now: what that means for data. */
export function tellReplacedKey(change: Change<PlannedKey>): Told | undefined {
  const { before, after } = change;
  if (before === undefined || after === undefined || !isReplaced(change)) return undefined;
  return {
    mark: '!',
    sentence: say`${after.name} gets another key: ${code(after.key)} in place of ${code(before.key)}`,
    more: [
      'What was encrypted with the old key can be read with the old key alone. Keep it until nothing is left.',
      'Grants on the old key give nothing on the new one: the broker makes others.',
    ],
    widens: false,
  };
}

function material(origin: string): string {
  return ORIGINS[origin] ?? `of an origin that is not understood (${origin})`;
}

function factWords(fact: keyof PlannedKey, value: unknown): Words {
  if (value === undefined) return 'none';
  if (fact === 'origin') return material(String(value));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return code(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const NOUNS: Readonly<Record<ResourceType, string>> = {
  'AWS::S3::Bucket': 'bucket',
  'AWS::KMS::Key': 'key',
  'AWS::DynamoDB::Table': 'table',
  'AWS::S3::AccessPoint': 'access point',
  'AWS::IAM::Role': 'role',
  'AWS::CloudFormation::StackSet': 'StackSet',
  'AWS::Logs::LogGroup': 'log group',
  'AWS::SQS::Queue': 'queue',
};

/** What a resource is, in a word. */
export function tellType(type: ResourceType): string {
  return NOUNS[type];
}

/** What becomes of a resource that is not simply changed in place. */
export function tellResource(change: ResourceFate): Told {
  const { stack, place, type, name, fate, kept, properties, to } = change;
  const called = name === undefined ? undefined : say`${code(name)} `;
  const thing = say`The ${NOUNS[type]} ${called}of ${code(place)}`;
  const differing = properties.map(
    (each) =>
      say`${code(each.name)} from ${code(JSON.stringify(each.before) ?? 'none')} to ${code(JSON.stringify(each.after) ?? 'none')}`,
  );
  const stays = kept ? 'The old one stays in AWS, and no stack looks after it.' : 'The old one is DELETED.';
  const told = (sentence: Words, ...more: Words[]): Told => ({
    mark: '!',
    sentence: say`${thing} ${sentence}`,
    more,
    widens: false,
  });
  switch (fate) {
    case 'refused':
      return told(
        `cannot be changed: the deployment will FAIL`,
        say`CloudFormation refuses ${andList(differing)}: make another under another name, and move what it holds.`,
      );
    case 'replaced':
      return told(
        'is REPLACED by another, which begins empty',
        say`By ${andList(differing)}.`,
        stays,
        ...(type === 'AWS::IAM::Role'
          ? ['Grants to the old role end with it; brokers make others within the hour.']
          : []),
      );
    case 'moved':
      return told(
        say`is made by ${code(to?.place ?? '')} now`,
        kept || to?.stack === stack
          ? 'Its name is taken while the old one is there: the deployment will FAIL unless the old one goes first or is imported.'
          : say`Deploy the stack ${code(stack)} first, which lets go of the name.`,
      );
    case 'leaves units':
      return told(
        say`leaves ${andList(listed(properties[0]?.before))}: its stack in each account there is DELETED`,
        say`With it goes the way to deploy to them. Move every account into ${orList(listed(properties[0]?.after))} first, as ${code(documentFile('guardrails'))} says.`,
        say`CloudFormation refuses to deploy ${code(stack)} until ${code(UNITS_PARAMETER)} says that this was done.`,
      );
    default:
      return told(
        'is made by no template any more',
        stays,
        ...(kept && name !== undefined
          ? [
              'Its name stays taken: a deployment that makes it again will FAIL unless it is deleted or imported before.',
            ]
          : []),
      );
  }
}

function listed(names: unknown): Words[] {
  return [names].flat().map((each) => code(String(each)));
}

/** A stack, without how to deploy it. */
export function tellStack({ stack, account, change, resources, from }: StackChange): Told {
  const { added, changed, removed } = resources;
  const counts = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} gone`] : []),
  ];
  switch (change) {
    case 'new':
      return {
        mark: '+',
        sentence: say`${code(stack)} is new, in account ${account}, with ${plural(added.length, 'resource')}`,
        more: [],
        widens: false,
      };
    case 'moved':
      return {
        mark: '!',
        sentence: say`${code(stack)} moves to account ${account} and is made again there`,
        more: [`What it made in ${from} stays there, with all access that it gives, until you delete it.`],
        widens: false,
      };
    case 'gone':
      return {
        mark: '!',
        sentence: say`${code(stack)} is made no more`,
        more: [
          say`What it made in account ${account} stays there, with all access that it gives, until you delete it: take away its termination protection, then ${code(`aws cloudformation delete-stack --stack-name ${stack}`)}.`,
        ],
        widens: false,
      };
    default:
      return {
        mark: '~',
        sentence: say`${code(stack)} changes, ${counts.length === 0 ? 'no resource of it' : `resources: ${counts.join(', ')}`}`,
        more: [],
        widens: false,
      };
  }
}

const ASKED: Readonly<Record<AskedPolicy['change'], string>> = {
  new: 'brings a key',
  changed: 'is asked for another key policy',
  'another key': 'brings another key',
};

/** What to ask for. The command is for the AWS CLI of those who administer the key. */
export function tellAsked({ name, key, file, change }: AskedPolicy, folder: string): Told {
  return {
    mark: '!',
    sentence: say`${name} ${ASKED[change]}: it sets ${code(file)} on ${code(key)} itself, before its stack is deployed`,
    more: [
      code(`aws kms put-key-policy --key-id ${key} --policy-name default --policy file://${folder}/${file}`),
    ],
    widens: false,
  };
}
