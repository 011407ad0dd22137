/**
 * The smallest live test of an assumption, as data: calls that the probe makes in two sandbox accounts, in order, with
 * what each must come to. `lib/probe` carries them out; pages print them.
 */

/** The accounts of a probe: one owns a bucket and shares it, the other reads. */
export type ProbeSide = 'owner' | 'recipient';

/**
 * The stacks of a probe, each with the account that it goes to. The first two hold what all tests need; the others are
 * apart because whether AWS makes them is itself a question, or because a test makes them twice.
 */
export const PROBE_STACKS = {
  owner: 'owner',
  recipient: 'recipient',
  'owner-trail': 'owner',
  'recipient-trail': 'recipient',
  scan: 'owner',
  function: 'owner',
  'second-reader': 'recipient',
  events: 'recipient',
} as const satisfies Readonly<Record<string, ProbeSide>>;

export type ProbeStack = keyof typeof PROBE_STACKS;

/**
 * Roles of the recipient that read, as collect roles do: one that stays, one whose policies say nothing of KMS, one that is
 * deleted and made again, one confined to its AWS organisation.
 */
export type ProbeReader = 'reader' | 'bare-reader' | 'second-reader' | 'organisation-reader';

/** Objects of the owner: two that the probe tags itself or not at all, two for GuardDuty. */
export type ProbeObject = 'tagged' | 'untagged' | 'clean' | 'infected';

/** What is looked for in CloudTrail’s log files. */
export const PROBE_RECORDS = {
  'any-of-owner': 'a log file of the owner’s trail',
  'tags-of-object': 'the record of PutObjectTagging, with the tags',
  'name-of-grant': 'the record of CreateGrant, with the name of the grant',
  'bucket-of-refusal': 'the record of the refused GetObject, with the bucket among its resources',
  'context-of-decrypt': 'the record of the recipient’s Decrypt, with the bucket as its encryption context',
} as const satisfies Readonly<Record<string, string>>;

export type ProbeRecord = keyof typeof PROBE_RECORDS;

/** One call of a test. The roles and names that it uses are the probe’s own. */
export type ProbeCall =
  | { readonly call: 'make-stack' | 'remove-stack'; readonly stack: ProbeStack }
  | { readonly call: 'set-access-point'; readonly to: 'open' | 'closed' }
  | { readonly call: 'put-object' | 'tag-object' | 'get-verdict'; readonly object: ProbeObject }
  /** With a pair of its own in the encryption context, beside that of S3. */
  | { readonly call: 'put-with-context'; readonly object: ProbeObject }
  | { readonly call: 'create-grant' | 'revoke-grant'; readonly reader: ProbeReader }
  | { readonly call: 'get-object'; readonly object: ProbeObject; readonly reader: ProbeReader }
  | {
      readonly call: 'invoke-function';
      readonly by: 'name' | 'alias';
      /** Which permission of its role it uses: one for whatever code has the role, or one for that function alone. */
      readonly as: 'role' | 'function';
    }
  | { readonly call: 'disable-key' | 'enable-key' | 'receive-event' }
  | { readonly call: 'find-record'; readonly record: ProbeRecord };

/**
 * What a call comes to. `absent` is a wait without an end: what was looked for has not come yet, which shows nothing.
 * `lacking` is a record that came without what was looked for.
 */
export type ProbeOutcome =
  | 'done'
  | 'allowed'
  | 'refused'
  | 'clean'
  | 'infected'
  | 'not scanned'
  | 'shown'
  | 'lacking'
  | 'absent';

/** One step of a test. */
export interface ProbeStep {
  readonly call: ProbeCall;
  readonly expect: ProbeOutcome;
  /** For how many seconds it is asked again until it comes to that; asked once where this is absent. */
  readonly within?: number;
  /**
   * Whether the assumption is refuted where it comes to something else. Of all other steps, that only leaves the question
   * open: they prepare, or show that a later refusal is a refusal of something that was allowed before.
   */
  readonly decides?: true;
}

/** How an assumption is tested. */
export type LiveTest =
  | {
      readonly by: 'probe';
      readonly steps: readonly ProbeStep[];
      /** Whether both accounts must be in one AWS organisation that has an organisation trail. */
      readonly needsOrganisation?: true;
    }
  | {
      readonly by: 'hand';
      /** What a person does. */
      readonly steps: string;
      /** Why the probe does not. */
      readonly because: string;
    };
