/** The way that a deployment takes in one account: who asks what, by which roles, up to CloudFormation’s last action. */
import { type AssemblyStack, placedIn, type TemplateResource, toldProperties } from '../../assembly';
import { DEPLOYED, type Deployed } from './deployed-actions';

/** The roles of an account’s bootstrap, by what the CDK calls them. */
export interface Bootstrap {
  readonly deploy: string;
  readonly publish: string;
  readonly execute: string;
  readonly bucket: string;
  readonly versionParameter: string;
}

/** One action, and as whom it is asked. */
export interface DeploymentStep extends Deployed {
  readonly by: 'deployer' | 'deploy' | 'publish' | 'execute' | 'stack sets';
  /** The resource that it is about, `Organisation-leeds/KeyGrantsBrokerFunctionA6680A07`, where there is one. */
  readonly place?: string;
}

/** Kinds of resource for which nothing is asked. */
const ASKS_NOTHING = new Set(['AWS::CDK::Metadata']);

/** From those who deploy to CloudFormation, before any resource is made. */
export function bootstrapSteps(stack: AssemblyStack, bootstrap: Bootstrap): DeploymentStep[] {
  const { account, region, name } = stack;
  const take = [bootstrap.deploy, bootstrap.publish].map(
    (role): DeploymentStep => ({ by: 'deployer', action: 'sts:AssumeRole', resource: role }),
  );
  const bucket = `arn:aws:s3:::${bootstrap.bucket}`;
  const each = (by: DeploymentStep['by'], resource: string, actions: string, context?: Deployed['context']) =>
    actions
      .trim()
      .split(/\s+/)
      .map((action): DeploymentStep => ({ by, action, resource, ...(context && { context }) }));
  return [
    ...take,
    ...each('publish', bucket, 's3:GetBucketLocation s3:GetEncryptionConfiguration s3:ListBucket'),
    ...each('publish', `${bucket}/asset.zip`, 's3:PutObject s3:AbortMultipartUpload s3:GetObject'),
    ...each(
      'deploy',
      `arn:aws:ssm:${region}:${account}:parameter${bootstrap.versionParameter}`,
      'ssm:GetParameter ssm:GetParameters',
    ),
    ...each('deploy', `${bucket}/asset.zip`, 's3:GetObject'),
    ...each(
      'deploy',
      `arn:aws:cloudformation:${region}:${account}:stack/${name}/abc`,
      `cloudformation:DescribeStacks cloudformation:GetTemplate cloudformation:CreateChangeSet
      cloudformation:DescribeChangeSet cloudformation:ExecuteChangeSet cloudformation:DeleteChangeSet
      cloudformation:DescribeStackEvents cloudformation:UpdateTerminationProtection cloudformation:RollbackStack
      cloudformation:ContinueUpdateRollback`,
    ),
    ...each('deploy', bootstrap.execute, 'iam:PassRole', {
      'iam:PassedToService': 'cloudformation.amazonaws.com',
    }),
  ];
}

/**
 * What CloudFormation asks for every resource of a stack.
 * @param unknown gets the kinds of resource of which that is not known
 * @param isNew whether a resource is unlike all those before
 */
export function makingSteps(
  stack: AssemblyStack,
  by: 'execute' | 'stack sets',
  unknown: Set<string>,
  isNew: (resource: TemplateResource) => boolean,
): DeploymentStep[] {
  return placedIn(stack).flatMap((placed) => {
    const { place, resource } = placed;
    if (ASKS_NOTHING.has(resource.Type) || !isNew(resource)) return [];
    const actions = DEPLOYED[resource.Type];
    if (actions === undefined) {
      unknown.add(resource.Type);
      return [];
    }
    toldProperties(placed);
    return actions(placed).map((each): DeploymentStep => ({ ...each, by, place }));
  });
}
