/** The kinds of policy, and which elements each may have. */

/**
 * `resource` is any policy of a resource that has no special rules. `key` and `trust` policies must name even callers of
 * their own account before identity policies count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export type PolicyKind =
  | 'identity'
  | 'permissions boundary'
  | 'session'
  | 'service control'
  | 'resource control'
  | 'bucket'
  | 'access point'
  | 'key'
  | 'queue'
  | 'topic'
  | 'trust'
  | 'resource';

type Raw = Readonly<Record<string, unknown>>;

interface ElementRules {
  readonly principal: boolean;
  readonly notPrincipal: boolean;
  readonly resource: boolean;
  /** With its article, for messages. */
  readonly article: string;
  readonly more?: (raw: Raw) => readonly string[];
}

function ofIdentity(article: string): ElementRules {
  return { principal: false, notPrincipal: false, resource: true, article };
}

function ofResource(article: string): ElementRules {
  return { principal: true, notPrincipal: true, resource: true, article };
}

/** The elements that each kind needs or bars. */
export const ELEMENTS_BY_KIND: Readonly<Record<PolicyKind, ElementRules>> = {
  identity: ofIdentity('a policy of an identity'),
  'permissions boundary': ofIdentity('a permissions boundary'),
  session: ofIdentity('a session policy'),
  'service control': ofIdentity('a service control policy'),
  'resource control': {
    ...ofResource('a resource control policy'),
    notPrincipal: false,
    more: resourceControl,
  },
  bucket: ofResource('a bucket policy'),
  'access point': ofResource('a policy of an access point'),
  key: ofResource('a key policy'),
  queue: ofResource('a queue policy'),
  topic: ofResource('a topic policy'),
  // Its resource is the role that it is attached to.
  trust: { principal: true, notPrincipal: false, resource: false, article: 'a trust policy' },
  resource: ofResource('a policy of a resource'),
};

/**
 * Only AWS’s own RCPFullAWSAccess may allow; all others deny, to every caller, and name their actions.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function resourceControl(raw: Raw): readonly string[] {
  const isFullAccess =
    raw.Action === '*' && raw.Resource === '*' && raw.Principal === '*' && !('Condition' in raw);
  return [
    ...(raw.Effect === 'Allow' && !isFullAccess ? ['a resource control policy may only deny'] : []),
    ...(raw.Principal === '*' ? [] : ['the Principal of a resource control policy is *']),
    ...('NotAction' in raw ? ['NotAction has no place in a resource control policy'] : []),
  ];
}
