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
