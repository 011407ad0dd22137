/** A function with all that goes with it: its code and file, what it is told, its log, what starts it and may start it. */
import { assetBucket, type Expected, functionArn, type Place, roleArn } from './expected';
import { ANYTHING, atLeast, textLike, unlessGiven, type WantedGroup } from './wanted';

/** What is particular to one function. */
export interface FunctionPlan {
  readonly purpose: string;
  /** The folder below `lambda/`. */
  readonly code: string;
  /** Whether a file comes with it, as a layer. */
  readonly hasFile: boolean;
  readonly environment: WantedGroup;
  /** The least that it needs; AWS has an upper limit of its own. */
  readonly seconds: number;
  readonly megabytes: number;
  /** Whether it keeps files of its own while it runs: with too little room for them it fails, which alarms. */
  readonly hasStorage?: boolean;
  readonly schedule: string;
  /** What the schedule tells it. */
  readonly event: string;
}

/** The digest of an asset. */
export const DIGEST = textLike(/^[0-9a-f]{64}$/, 'a SHA-256 digest');
const ASSET = textLike(/^[0-9a-f]{64}\.zip$/, 'the digest of an asset, and .zip');
/** How long logs are kept at least: longer than a year, for a yearly review. */
const LOG_DAYS = 400;

/** A function, and everything that it needs to run. */
export function functionWith(place: Place, plan: FunctionPlan): Expected[] {
  const { account } = place;
  const { purpose, code, hasFile, environment, seconds, megabytes, hasStorage, schedule, event } = plan;
  const name = `concordat-${purpose}`;
  const bucket = assetBucket(place);
  const starts = `the schedule of ${name}`;
  const file: Expected = {
    account,
    type: 'AWS::Lambda::LayerVersion',
    name: `${name}-file`,
    settings: { LayerName: `${name}-file`, Content: { S3Bucket: bucket, S3Key: ASSET } },
  };
  return [
    ...(hasFile ? [file] : []),
    {
      account,
      type: 'AWS::Lambda::Function',
      name,
      code,
      settings: {
        FunctionName: name,
        Code: { S3Bucket: bucket, S3Key: ASSET },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        ...(hasFile && { Layers: [`the layer ${name}-file`] }),
        Environment: { Variables: environment },
        Role: roleArn(place, purpose),
        Timeout: atLeast(seconds),
        MemorySize: atLeast(megabytes),
        ...(hasStorage && { EphemeralStorage: ANYTHING }),
        LoggingConfig: { LogFormat: 'JSON', LogGroup: `/aws/lambda/${name}` },
      },
    },
    {
      account,
      type: 'AWS::Logs::LogGroup',
      name: `/aws/lambda/${name}`,
      stays: true,
      settings: {
        LogGroupName: `/aws/lambda/${name}`,
        KmsKeyId: 'the key of alerts-and-logs',
        RetentionInDays: atLeast(LOG_DAYS),
      },
    },
    {
      account,
      type: 'AWS::Events::Rule',
      name: starts,
      settings: {
        ScheduleExpression: schedule,
        State: unlessGiven('ENABLED'),
        Targets: [{ Arn: functionArn(place, name), Id: ANYTHING, Input: event }],
      },
    },
    {
      account,
      type: 'AWS::Lambda::Permission',
      name: `events.amazonaws.com on ${name}`,
      settings: {
        Action: 'lambda:InvokeFunction',
        FunctionName: name,
        Principal: 'events.amazonaws.com',
        SourceArn: starts,
      },
    },
  ];
}
