/** Live AWS, as the actors of a smoke test meet it: each with its own profile. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** S3 as one role. Each throws what AWS answers. */
export interface LiveS3 {
  /** @param type the media type */
  put(bucket: string, key: string, body: string, type: string): Promise<void>;
  /** From a bucket, or an access point by its ARN. */
  get(bucket: string, key: string): Promise<string>;
  tag(bucket: string, key: string, name: string): Promise<string | undefined>;
  remove(bucket: string, key: string): Promise<void>;
}

/** What the smoke test needs of AWS. */
export interface LiveAws {
  /** The account that an account’s profile belongs to. */
  identityOf(account: string): Promise<string>;
  /** Takes on a role with the profile of its account. */
  assume(account: string, role: string): Promise<LiveS3>;
  sleep(milliseconds: number): Promise<void>;
  now(): number;
}

/** The name of the profile in which an account’s credentials are. */
export function profileOf(account: string): string {
  return `concordat-${account}`;
}

/** AWS itself. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function realAws(region: string, sleep: LiveAws['sleep']): LiveAws {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sts = (account: string) => new STSClient({ region, profile: profileOf(account) });
  return {
    sleep,
    now: Date.now,
    identityOf: async (account) => (await sts(account).send(new GetCallerIdentityCommand({}))).Account ?? '',
    assume: async (account, RoleArn) => {
      const { Credentials: given } = await sts(account).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: 'concordat-rehearsal', DurationSeconds: 3_600 }),
      );
      const credentials = {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        ...(given?.SessionToken !== undefined && { sessionToken: given.SessionToken }),
      };
      return s3As(new S3Client({ region, credentials }));
    },
  };
}

function s3As(s3: S3Client): LiveS3 {
  return {
    put: async (Bucket, Key, Body, ContentType) =>
      void (await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }))),
    get: async (Bucket, Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
    tag: async (Bucket, Key, name) => {
      const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
      return TagSet.find((each) => each.Key === name)?.Value;
    },
    remove: async (Bucket, Key) => void (await s3.send(new DeleteObjectCommand({ Bucket, Key }))),
  };
}
