/** What is made only once all else of its stack is there. */
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';

/**
 * Has CloudFormation make these after all else in their stack, and one after the other. It is for what puts objects into a bucket as
 * soon as it is there. CloudFormation deletes empty buckets alone, so after that a first deployment that fails could not be taken back,
 * and where the objects are locked, not for years; the bucket would stand in the way of the next deployment, which wants its name.
 * @param late each waits for the one before it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export function madeLast(stack: Stack, late: readonly CfnResource[]): void {
  const [first, ...rest] = late;
  if (first === undefined) return;
  // A permission is for what wakes a function, and so follows it.
  const others = stack.node
    .findAll()
    .filter((each) => CfnResource.isCfnResource(each))
    .filter((each) => !late.includes(each) && !(each instanceof CfnPermission));
  const waitedFor = new Set(others.flatMap((each) => each.obtainDependencies()));
  for (const each of others) if (!waitedFor.has(each)) first.addResourceDependency(each);
  for (const [n, each] of rest.entries()) each.addResourceDependency(late[n] ?? first);
}
