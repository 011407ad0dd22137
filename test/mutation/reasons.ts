/**
 * The one table of changes of which no command says anything: what makes no difference in AWS, and what nobody asks. A change
 * that a command does find is never looked up here. Each row has its reason; what has no row has survived.
 */
import type { Outcome } from './judge';

/** What a mutant is of, as far as the table asks. */
interface About {
  /** The type of the resource, or the sort of policy. */
  readonly type: string;
  readonly path: string;
  readonly how: string;
}

interface Row {
  readonly type: RegExp;
  /** From the properties, or the attribute of the resource. */
  readonly path: RegExp;
  readonly how?: RegExp;
  readonly why: string;
}

/** AWS does the same, or as much, with it. */
const NO_DIFFERENCE: readonly Row[] = [
  {
    type: /./,
    path: /^Metadata$/,
    why: 'metadata is for people and for the CDK: CloudFormation does nothing with it',
  },
  {
    type: /./,
    path: /^(AlarmDescription|Description|DisplayName)$/,
    why: 'it is words for people',
  },
  {
    type: /./,
    path: /^Tags\.\d+$/,
    how: /with a member that nobody knows$/,
    why: 'CloudFormation takes no such member in a tag, and deploys nothing',
  },
  {
    // Policies ask for those of keys and of providers.
    type: /^(?!AWS::KMS::Key$|AWS::IAM::OIDCProvider$)/,
    path: /^(Tags|tags)\b/,
    why: 'no policy asks for this tag: it is words for people',
  },
  {
    type: /./,
    path: /^(DeletionPolicy|UpdateReplacePolicy)$/,
    how: /: (undefined|Delete|Retain|RetainExceptOnCreate)$/,
    why: 'it is what CloudFormation does where nothing is said, or keeps what is to be kept',
  },
  {
    type: /^AWS::(?!CloudFormation::CustomResource$|Events::Rule$|GuardDuty::MalwareProtectionPlan$)/,
    path: /^DependsOn$/,
    how: /waiting for nothing$/,
    why: 'AWS refuses it before what it needs is there, and the deployment is rolled back',
  },
  {
    type: /^AWS::CloudWatch::Dashboard$/,
    path: /./,
    why: 'a dashboard of metrics shows what its reader may see, and gives nobody anything',
  },
  { type: /^AWS::CloudWatch::Dashboard$/, path: /^$/, why: 'a dashboard of metrics gives nobody anything' },
  {
    type: /^AWS::CloudWatch::Alarm$/,
    path: /^$/,
    how: /^one more/,
    why: 'it is one more alarm that tells the account’s own topic, and harms nobody',
  },
  {
    type: /^AWS::(Lambda::Function|Logs::LogGroup|SQS::Queue|Lambda::EventSourceMapping|CloudFormation::CustomResource)$/,
    path: /^(Timeout|MemorySize|RetentionInDays|BatchSize|ServiceTimeout|ScalingConfig\.MaximumConcurrency|RedrivePolicy\.maxReceiveCount)$/,
    how: /(: \d+|has it)$/,
    why: 'it is more than is needed, which is as good; AWS refuses what is too much',
  },
  {
    type: /./,
    path: /^(KeySpec|KeyUsage|MultiRegion|PendingWindowInDays|RotationPeriodInDays|State|StateMachineType|ActionsEnabled|MaxSessionDuration|Enabled)$/,
    how: /(left out|has it)$/,
    why: 'AWS takes the same where nothing is given',
  },
  {
    type: /^AWS::(CloudTrail::Trail|Events::Rule|S3::Bucket|IAM::Role|CloudWatch::Alarm)$/,
    path: /(^|\.)(AdvancedEventSelectors\.\d\.Name|Targets\.\d\.Id|Rules\.\d\.Id|Policies\.\d\.PolicyName|Metrics\.\d\.Id)$/,
    why: 'it is a name to which nothing refers',
  },
  { type: /^template$/, path: /^(Description|Metadata)$/, why: 'it is words for people' },
  {
    type: /^template$/,
    path: /^Outputs$/,
    why: 'an output is told to those who may look at the stack; no template imports it',
  },
  { type: /^manifest$/, path: /^displayName$/, why: 'it is words for people' },
];

/** It could make a difference, and no command is asked. */
const NOT_ASKED: readonly Row[] = [
  {
    type: /^AWS::CloudFormation::StackSet$/,
    path: /^OperationPreferences\b/,
    why: 'how fast a StackSet goes through accounts is for who deploys it; what it brings is the same',
  },
  {
    type: /^AWS::Events::Rule$/,
    path: /^Targets\.\d\.InputTransformer\b/,
    why: 'what a queue keeps of an event is text for people; that it keeps it is asked',
  },
  {
    type: /^AWS::Lambda::Function$/,
    path: /^EphemeralStorage\b/,
    why: 'with too little room for files of its own a gate fails, which alarms, and releases nothing: what it needs is reckoned from contracts',
  },
  {
    type: /^manifest$/,
    path: /^(dependencies|requiresBootstrapStackVersion)$/,
    why: 'in which order and with which bootstrap stacks are deployed is told by plan, and followed by the rollout',
  },
];

/** Why nothing is found of a mutant, where there is a reason. */
export function reasonFor({ type, path, how }: About): Outcome | undefined {
  const fits = (row: Row) =>
    row.type.test(type) && row.path.test(path) && (row.how === undefined || row.how.test(how));
  const same = NO_DIFFERENCE.find(fits);
  if (same !== undefined) return { fate: 'equivalent', why: same.why };
  const unasked = NOT_ASKED.find(fits);
  return unasked && { fate: 'not asked', why: unasked.why };
}

/** The reason of each row. */
export function reasons(): string[] {
  return [...NO_DIFFERENCE, ...NOT_ASKED].map(({ why }) => why);
}
