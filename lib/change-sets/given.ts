/** What CloudFormation gives of stacks and change sets, in the form that is compared. */
import type { Change, ChangeDetail } from './change-set';

/**
 * A resource of a change set, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
interface GivenChange {
  readonly LogicalResourceId?: string | undefined;
  readonly ResourceType?: string | undefined;
  readonly Action?: string | undefined;
  readonly Replacement?: string | undefined;
  readonly Scope?: readonly string[] | undefined;
  readonly Details?: readonly GivenDetail[] | undefined;
}

interface GivenDetail {
  readonly Evaluation?: string | undefined;
  readonly CausingEntity?: string | undefined;
  readonly Target?:
    | {
        readonly Attribute?: string | undefined;
        readonly RequiresRecreation?: ChangeDetail['recreates'] | undefined;
      }
    | undefined;
}

/** An event of a stack, as far as it is read. */
interface GivenEvent {
  readonly ResourceType?: string | undefined;
  readonly ResourceStatus?: string | undefined;
  readonly LogicalResourceId?: string | undefined;
  readonly ResourceStatusReason?: string | undefined;
}

/** How many reasons of a failure are told. */
const REASONS = 3;

/** One resource of a change set. What it does not say counts as the worse. */
export function changeOf(change: GivenChange): Change {
  const { LogicalResourceId = '', ResourceType = '', Action = '', Replacement, Scope = [] } = change;
  return {
    id: LogicalResourceId,
    type: ResourceType,
    action: Action,
    // It is given of what is modified alone.
    replacement: replacementOf(Replacement ?? (Action === 'Modify' ? 'True' : 'False')),
    scope: Scope,
    details: (change.Details ?? []).map(detailOf),
  };
}

function detailOf({ Evaluation, CausingEntity, Target }: GivenDetail): ChangeDetail {
  // `Bucket.Arn` of an attribute, `Bucket` of a reference.
  const cause = CausingEntity?.split('.')[0];
  return {
    evaluation: Evaluation === 'Dynamic' ? 'Dynamic' : 'Static',
    ...(cause !== undefined && { cause }),
    recreates: Target?.RequiresRecreation ?? (Target?.Attribute === 'Properties' ? 'Always' : 'Never'),
  };
}

function replacementOf(given: string): Change['replacement'] {
  return given === 'False' || given === 'Conditional' ? given : 'True';
}

/** What CloudFormation says of a change set that would do nothing: by words alone, which the CDK goes by too. */
export const SEES_NO_CHANGE = /didn't contain changes|No updates are to be performed/;

/** Why a stack went back last: the first of what failed, from its latest events, the newest first. */
export function reasonsIn(events: readonly GivenEvent[]): string {
  const begun = events.findIndex(
    ({ ResourceType, ResourceStatus = '' }) =>
      ResourceType === 'AWS::CloudFormation::Stack' && /^(?:CREATE|UPDATE)_IN_PROGRESS$/.test(ResourceStatus),
  );
  const last = begun < 0 ? events : events.slice(0, begun);
  return last
    .filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'))
    .reverse()
    .slice(0, REASONS)
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
    .join('; ');
}
