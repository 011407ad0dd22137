/** What AWS is taken to do where its documentation leaves it open, or where nobody has yet seen it do what it documents. */
import type { LiveTest } from './live-test';

/** One assumption on which the design rests. */
export interface Assumption {
  /** A permanent handle: records of live tests name it. */
  readonly id: string;
  /** What is taken to be so. A record of a live test is of this wording: after a change it has to be made again. */
  readonly assumes: string;
  readonly source: Source;
  /** What in Concordat rests on it. */
  readonly rests: string;
  readonly ifFalse: {
    /**
     * `closed`: data stays unread, or nothing is deployed. `told`: somebody learns of it. `unseen`: nobody does, so that the test is
     * not to wait.
     */
    readonly how: 'closed' | 'told' | 'unseen';
    readonly what: string;
  };
  /** What to do once it is refuted. */
  readonly mend: string;
  readonly test: LiveTest;
  /** The day on which it was last held against AWS’s pages, YYYY-MM-DD. */
  readonly checked: string;
}

/** What AWS’s pages say of it. */
export type Source =
  /** The page says it in so many words. */
  | { readonly says: 'so'; readonly page: string }
  /** Pages bear on it and leave it open, or contradict one another. */
  | { readonly says: 'open'; readonly page: string }
  | { readonly says: 'nothing' };

/** The day of the review that found these. */
export const REVIEWED = '2026-11-28';

/** AWS’s guides. */
export const GUIDES = {
  cloudTrail: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide',
  cloudFormation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest',
  config: 'https://docs.aws.amazon.com/config/latest/developerguide',
  guardDuty: 'https://docs.aws.amazon.com/guardduty/latest/ug',
  iam: 'https://docs.aws.amazon.com/IAM/latest/UserGuide',
  kms: 'https://docs.aws.amazon.com/kms/latest/developerguide',
  lambda: 'https://docs.aws.amazon.com/lambda/latest/dg',
  organizations: 'https://docs.aws.amazon.com/organizations/latest/userguide',
  s3: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide',
  events: 'https://docs.aws.amazon.com/eventbridge/latest/userguide',
} as const;
