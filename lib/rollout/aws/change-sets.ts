/** Change sets as CloudFormation gives them, in the form that a rollout compares. */
import type { ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Change, ChangeDetail } from '../port';

/** One resource of a change set. What it does not say counts as the worse. */
export function changeOf(change: ResourceChange): Change {
  const { LogicalResourceId = '', ResourceType = '', Action = '', Replacement, Scope = [] } = change;
  return {
    id: LogicalResourceId,
    type: ResourceType,
    action: Action,
    // It is given of what is modified alone.
    replacement: Replacement ?? (Action === 'Modify' ? 'True' : 'False'),
    scope: Scope,
    details: (change.Details ?? []).map(detailOf),
  };
}

function detailOf({ Evaluation, CausingEntity, Target }: ResourceChangeDetail): ChangeDetail {
  // `Bucket.Arn` of an attribute, `Bucket` of a reference.
  const cause = CausingEntity?.split('.')[0];
  return {
    evaluation: Evaluation === 'Dynamic' ? 'Dynamic' : 'Static',
    ...(cause !== undefined && { cause }),
    recreates: Target?.RequiresRecreation ?? (Target?.Attribute === 'Properties' ? 'Always' : 'Never'),
  };
}
