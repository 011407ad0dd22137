/** CloudFormation and buckets for assets in other accounts, through the roles of the bootstrap there. */
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Change, changeOf, reasonsIn } from '../../lib/change-sets';
import { ROLLOUT_STEP_FUNCTION } from '../../lib/names';
import { clientSettings, credentialsOf } from '../../lib/runtime';
import type { Account, ChangeRequest, Staging, World } from './ports';

const PATIENCE = { asksAgain: 'client', seconds: 20 } as const;
/** The real one. @param bucket of orders and files */
export function realWorld(region: string, bucket: string): World {
  const own = new S3Client(clientSettings(region, { ...PATIENCE, streams: true }));
  const sts = new STSClient(clientSettings(region, PATIENCE));
  const as = (role: string) => async () =>
    credentialsOf(
      await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: ROLLOUT_STEP_FUNCTION })),
      role,
    );
  return {
    now: Date.now,
    read: async (key) => {
      const { Body, VersionId } = await own.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), version: VersionId };
    },
    account: (role) =>
      new InAccount(new CloudFormationClient({ ...clientSettings(region, PATIENCE), credentials: as(role) })),
    staging: (role) =>
      new InStaging(new S3Client({ ...clientSettings(region, PATIENCE), credentials: as(role) })),
  };
}

/** CloudFormation of one account. @internal Only tests import it. */
export class InAccount implements Account {
  constructor(private readonly client: Pick<CloudFormationClient, 'send'>) {}

  async stack(name: string) {
    try {
      const { Stacks = [] } = await this.client.send(new DescribeStacksCommand({ StackName: name }));
      const [found] = Stacks;
      return (
        found && {
          status: found.StackStatus ?? '',
          isProtected: found.EnableTerminationProtection === true,
          parameters: (found.Parameters ?? []).flatMap(({ ParameterKey }) => ParameterKey ?? []),
        }
      );
    } catch (error) {
      // Of one name, CloudFormation refuses nothing else by this error.
      if (error instanceof Error && error.name === 'ValidationError') return undefined;
      throw error;
    }
  }

  async template(name: string, changeSet?: string) {
    const { TemplateBody = '' } = await this.client.send(
      new GetTemplateCommand({
        StackName: name,
        ...(changeSet && { ChangeSetName: changeSet }),
        TemplateStage: 'Original',
      }),
    );
    return TemplateBody;
  }

  async reasons(name: string) {
    return reasonsIn((from) =>
      this.client.send(new DescribeStackEventsCommand({ StackName: name, ...from })),
    );
  }

  async changeSet(name: string, changeSet: string) {
    const changes: Change[] = [];
    for (let next: string | undefined; ; ) {
      const page = await this.client.send(
        new DescribeChangeSetCommand({
          StackName: name,
          ChangeSetName: changeSet,
          ...(next && { NextToken: next }),
        }),
      );
      for (const { ResourceChange } of page.Changes ?? [])
        if (ResourceChange !== undefined) changes.push(changeOf(ResourceChange));
      next = page.NextToken;
      if (next === undefined)
        return { status: page.Status ?? '', reason: page.StatusReason ?? 'it gives no reason', changes };
    }
  }

  async make({ stack, changeSet, isNew, templateUrl, role, kept, alarms, watch }: ChangeRequest) {
    try {
      await this.client.send(
        new CreateChangeSetCommand({
          StackName: stack,
          ChangeSetName: changeSet,
          ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
          TemplateURL: templateUrl,
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          Parameters: kept.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
          RoleARN: role,
          // Always given: CloudFormation would keep what an earlier change was given.
          RollbackConfiguration: {
            RollbackTriggers: alarms.map((Arn) => ({ Arn, Type: 'AWS::CloudWatch::Alarm' })),
            MonitoringTimeInMinutes: alarms.length === 0 ? 0 : watch,
          },
        }),
      );
      return 'making' as const;
    } catch (error) {
      if (error instanceof Error && error.name === 'AlreadyExistsException') return 'there' as const;
      throw error;
    }
  }

  async execute(name: string, changeSet: string) {
    await this.client.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: changeSet }));
  }

  async discard(name: string, changeSet: string) {
    await this.client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: changeSet }));
  }

  async deleteEmpty(name: string) {
    await this.client.send(new DeleteStackCommand({ StackName: name }));
  }

  async protect(name: string) {
    await this.client.send(
      new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: true }),
    );
  }
}

class InStaging implements Staging {
  constructor(private readonly client: Pick<S3Client, 'send'>) {}

  async has(bucket: string, key: string) {
    try {
      await this.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFound') return false;
      throw error;
    }
  }

  async put(bucket: string, key: string, bytes: Uint8Array) {
    await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
  }
}
