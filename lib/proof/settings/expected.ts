/** One resource that is to be there, by what AWS calls it, with how it is to be set. */
import type { WantedGroup } from './wanted';

/** A resource that is to be there. */
export interface Expected {
  readonly account: string;
  /** `AWS::SQS::Queue` */
  readonly type: string;
  readonly name: string;
  readonly settings: WantedGroup;
  /** Tags that a policy asks for; all others are words for people. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether what it holds outlives its stack. All else goes with its stack, or it would go on giving access. */
  readonly stays?: true;
  /** The folder below `lambda/` whose bundle it runs, of a function. */
  readonly code?: string;
}

/** Whose resources they are. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The ARN of a role of this project. */
export function roleArn({ account }: Place, purpose: string): string {
  return `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`;
}

export function topicArn({ account, region }: Place, name = 'concordat-security-alerts'): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

export function queueArn({ account, region }: Place, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

export function functionArn({ account, region }: Place, name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** The bucket that assets are uploaded to. */
export function assetBucket({ account, region }: Place): string {
  return `cdk-concordat-assets-${account}-${region}-an`;
}

/**
 * Digests of what lies in the assembly, by the name of the function or layer: of all of it, or of one file in it.
 */
export type Digests = (account: string, name: string, file?: string) => string | undefined;
