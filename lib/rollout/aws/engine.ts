/**
 * The engine at AWS, with the rights of whoever starts it: it uploads without reading, starts one state machine, and looks at
 * its executions.
 */
import { createHash } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { rolloutBucketName, rolloutExecutionArn, rolloutMachineArn } from '../../names';
import { clientSettings } from '../../runtime';
import type { Engine, Look } from '../engine/engine';

/** Where the engine is. */
export interface EnginePlace {
  readonly zone: { readonly namePrefix: string; readonly region: string };
  /** The engine’s account. */
  readonly account: string;
}

/** What is asked, for tests to stand in for. */
export interface EngineClients {
  readonly bucket: Pick<S3Client, 'send'>;
  readonly machine: Pick<SFNClient, 'send'>;
}

const PATIENCE = { asksAgain: 'client', seconds: 30 } as const;

/** The real one, with the credentials of the environment. @param clients AWS’s own if not given */
export function realEngine(place: EnginePlace, clients?: EngineClients): Engine {
  const { zone, account } = place;
  // The client warns of Node versions that its later releases will not support. Nobody who rolls out can act on that.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { bucket, machine } = clients ?? {
    bucket: new S3Client(clientSettings(zone.region, { ...PATIENCE, streams: true })),
    machine: new SFNClient(clientSettings(zone.region, PATIENCE)),
  };
  return {
    put: async (key, bytes) => {
      try {
        await bucket.send(
          new PutObjectCommand({
            Bucket: rolloutBucketName(zone, account),
            ExpectedBucketOwner: account,
            Key: key,
            Body: bytes,
            IfNoneMatch: '*',
            // S3 takes these bytes, or none.
            ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
          }),
        );
        return 'put';
      } catch (error) {
        if (isCalled(error, 'PreconditionFailed')) return 'there';
        throw error;
      }
    },
    start: async (name, input) => {
      try {
        await machine.send(
          new StartExecutionCommand({ stateMachineArn: rolloutMachineArn(zone, account), name, input }),
        );
        return 'started';
      } catch (error) {
        if (isCalled(error, 'ExecutionAlreadyExists')) return 'taken';
        throw error;
      }
    },
    look: async (name): Promise<Look> => {
      const { status, input, startDate, stopDate, output, error, cause } = await machine.send(
        new DescribeExecutionCommand({ executionArn: rolloutExecutionArn(zone, account, name) }),
      );
      if (status === undefined || startDate === undefined)
        throw new Error(`Step Functions did not say how ${name} stands`);
      return {
        status,
        input: input ?? '',
        since: startDate,
        ...(stopDate && { until: stopDate }),
        ...(output !== undefined && { output }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      };
    },
  };
}

function isCalled(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
