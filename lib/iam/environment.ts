/** The policies that apply to a caller and a resource. */
import type { Grant } from './grant';
import type { PolicyKind } from './kind';
import type { Policy } from './policy';

/** All that applies. What is left out is not there: no boundary, no bucket policy, no grants. */
export interface Environment {
  /** Those of the user with its groups, or of the role. */
  readonly identity?: readonly Policy[];
  readonly boundary?: Policy;
  /** Those that the session was made with. */
  readonly session?: readonly Policy[];
  /**
   * By level: those of the root, of each organisational unit on the way down, of the caller’s account. Each level must allow.
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
   */
  readonly serviceControl?: readonly (readonly Policy[])[];
  /** Of all levels above the resource’s account. */
  readonly resourceControl?: readonly Policy[];
  /** The policy of the bucket, key, queue, topic, role or other resource. */
  readonly resource?: Policy;
  /** The policy of the access point that the request comes through. */
  readonly accessPoint?: Policy;
  /** Those of the key. */
  readonly grants?: readonly Grant[];
  /** The account that manages the AWS organisation: no control policy reaches its callers or its resources. */
  readonly managementAccount?: string;
}

const OF_RESOURCE: readonly PolicyKind[] = ['bucket', 'key', 'queue', 'topic', 'trust', 'resource'];

/** Checks that each policy stands where its kind belongs. @throws TypeError if one does not */
export function environmentOf(parts: Environment): Environment {
  const { identity = [], boundary, session = [], serviceControl = [], resourceControl = [] } = parts;
  const places: readonly (readonly [readonly PolicyKind[], readonly (Policy | undefined)[]])[] = [
    [['identity'], identity],
    [['permissions boundary'], [boundary]],
    [['session'], session],
    [['service control'], serviceControl.flat()],
    [['resource control'], resourceControl],
    [OF_RESOURCE, [parts.resource]],
    [['access point'], [parts.accessPoint]],
  ];
  for (const [kinds, policies] of places) {
    for (const policy of policies) {
      if (policy !== undefined && !kinds.includes(policy.kind))
        throw new TypeError(`'${policy.name}' was compiled as ${policy.kind}: it belongs elsewhere`);
    }
  }
  return Object.freeze({ ...parts });
}
