/** What a template of the baseline is made of, and what its buckets have in common. */

/** One resource of the template. */
interface BaselineResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: 'Retain' | 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Retain';
}

/** The resources of a template, by logical id. */
export type BaselineResources = Readonly<Record<string, BaselineResource>>;

/** What is done with data when the stack of an account goes: it stays. */
export const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' } as const;

/** A bucket that no setting makes public, that keeps versions, and whose lists of access count for nothing. */
export const CLOSED_BUCKET = {
  BucketNamespace: 'account-regional',
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  VersioningConfiguration: { Status: 'Enabled' },
} as const;
