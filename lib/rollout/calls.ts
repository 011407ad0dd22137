/** What a rollout asks of AWS for each stack, in order: what a dry run prints, and what its cost is made of. */
import { type Assembly, assetManifestIn, assetsOf, inPartition } from '../assembly';
import { VERSION_PARAMETER } from '../names';
import { PRICES } from '../plan';
import { type FleetStack, stackCalled } from './fleet';

/** One part of the work on a stack, in the order in which they are done. */
type Doing = 'publish' | 'look' | 'prepare' | 'execute' | 'settle';

/** A call, and what it is about. */
export interface Call {
  readonly doing: Doing;
  /** `cloudformation:CreateChangeSet`, as policies spell it. */
  readonly action: string;
  /** What it names. */
  readonly of: string;
  /** How often it is made, at most; absent of what is asked until something is so. */
  readonly times?: number;
}

/**
 * The calls for one stack. The uploads are the CDK’s own (`cdk publish-assets`), which leaves out what is there already.
 * @param changeSet the name that the change set gets
 */
export function callsOf(stack: FleetStack, after: Assembly, changeSet: string): Call[] {
  const role = after.deployers.get(stack.stack)?.asks ?? '';
  const files = filesOf(stack, after);
  const uploaders = uploadersOf(stack, after);
  const { stack: name } = stack;
  const protects = stack.change === 'new' || stack.change === 'moved';
  return [
    ...uploaders.map((each) => ({
      doing: 'publish' as const,
      action: 'sts:AssumeRole',
      of: each,
      times: 1,
    })),
    { doing: 'publish', action: 'ssm:GetParameter', of: VERSION_PARAMETER, times: 1 },
    { doing: 'publish', action: 's3:ListBucket', of: `for each file of ${name}`, times: files },
    { doing: 'publish', action: 's3:PutObject', of: 'of those that are not there yet', times: files },
    { doing: 'look', action: 'sts:AssumeRole', of: role, times: 1 },
    { doing: 'look', action: 'cloudformation:DescribeStacks', of: name, times: 1 },
    { doing: 'look', action: 'cloudformation:GetTemplate', of: name, times: 1 },
    { doing: 'prepare', action: 'cloudformation:CreateChangeSet', of: changeSet, times: 1 },
    { doing: 'prepare', action: 'cloudformation:DescribeChangeSet', of: 'until it is made, and each page' },
    { doing: 'prepare', action: 'cloudformation:GetTemplate', of: changeSet, times: 1 },
    { doing: 'execute', action: 'cloudformation:ExecuteChangeSet', of: changeSet, times: 1 },
    { doing: 'settle', action: 'cloudformation:DescribeStacks', of: 'until it is through' },
    ...(protects
      ? [
          {
            doing: 'settle' as const,
            action: 'cloudformation:UpdateTerminationProtection',
            of: name,
            times: 1,
          },
        ]
      : []),
  ];
}

/**
 * What the uploads for a stack cost at most, in US dollars: a LIST and a PUT for each file. CloudFormation takes nothing for
 * resources of AWS’s own types and for custom resources, and STS nothing at all.
 * @see https://aws.amazon.com/cloudformation/pricing/
 */
export function costOf(stack: FleetStack, after: Assembly): number {
  return (filesOf(stack, after) * 2 * PRICES.put.usd) / PRICES.put.amount;
}

/** The roles that upload the files of a stack. */
function uploadersOf({ stack }: FleetStack, after: Assembly): string[] {
  const found = stackCalled(after, stack);
  const files = found === undefined ? [] : Object.values(assetManifestIn(after, found).files);
  const roles = files.flatMap(({ destinations }) =>
    Object.values(destinations).flatMap(({ assumeRoleArn }) => assumeRoleArn ?? []),
  );
  return [...new Set(roles.map(inPartition))];
}

function filesOf({ stack }: FleetStack, after: Assembly): number {
  const found = stackCalled(after, stack);
  return found === undefined ? 0 : assetsOf(after, found).size;
}
