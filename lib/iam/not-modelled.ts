/**
 * What the engine leaves out, in sentences for a page of limits. Where a request could turn on something of the first list it
 * is not judged; the second list is for the caller to bear in mind, since nothing in the policies shows it.
 */

/** Met in policies, requests or grants, these lead to `not judged`. */
export const NOT_JUDGED: readonly string[] = [
  'Condition operators, elements of statements, versions and principals that are not documented, and variables that cannot be read.',
  'A multivalued key under an operator without ForAllValues or ForAnyValue, and ForAnyValue with IfExists of an absent key.',
  'A negated comparison with a policy variable that has no value, and a variable whose value holds a wildcard.',
  'ARN conditions of a `*` alone, texts that only some take for a number or a moment (`1e3`), wildcards for the service in a resource, IPv6 addresses without a length.',
  'NotPrincipal that lists a part of the caller’s names only, or that allows.',
  'Canonical user ids and unique ids of deleted principals in a Principal.',
  'What a grant to a whole account gives others than its root user, whether a boundary or a session policy that is silent limits a grant, and grants that are made by a grant.',
  'Whether a policy that speaks of a bucket, but not of the access point that is asked for, or the other way round, counts.',
  'Whether resource control policies reach services that are not in the table, and which services but S3 take requests without a signature.',
  'A key or a role whose own policy was not given.',
];

/** Nothing here shows in the policies that are asked; each could only take access away, but for the first two. */
export const NOT_SEEN: readonly string[] = [
  'Access control lists of buckets and objects; object ownership is taken to be the bucket owner’s.',
  'Sessions of users (GetFederationToken).',
  'Block Public Access, policies of VPC endpoints, and the state of a key.',
  'The time that a change takes to reach all of AWS, and Bucket Keys, by which S3 need not ask KMS each time.',
  'Keys that AWS manages, which resource control policies do not reach.',
];
