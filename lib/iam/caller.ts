/**
 * Who asks. An assumed role is a role and a session of it; policies can name either.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { accountOfArn, partsOfArn } from './arn';

/** A caller, as one describes it. Federated user sessions (GetFederationToken) are not modelled. */
export type CallerInput =
  /** An IAM user, by its ARN. */
  | { readonly type: 'user'; readonly arn: string }
  /** A session of a role, by the role’s ARN, with its path, and the session’s name. */
  | { readonly type: 'role'; readonly arn: string; readonly session: string }
  /** The root user of an account: `arn:aws:iam::<account>:root`. */
  | { readonly type: 'root'; readonly arn: string }
  /** An AWS service that calls as itself, such as `cloudtrail.amazonaws.com`. */
  | { readonly type: 'service'; readonly service: string }
  /** A person whom an identity provider vouches for, before any role is assumed. */
  | { readonly type: 'federated'; readonly provider: string }
  /** A request without a signature. */
  | { readonly type: 'anonymous' };

/** A caller, ready to be matched. */
export interface Caller {
  readonly type: CallerInput['type'];
  /** Of the user, the role or the root user; the service or provider; empty if anonymous. */
  readonly name: string;
  /** Of the session, if the caller is one. */
  readonly sessionArn: string | undefined;
  /** Undefined for whom belongs to none. */
  readonly account: string | undefined;
  /**
   * Service-linked roles are beyond service and resource control policies.
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
   */
  readonly isServiceLinked: boolean;
  /** How policies list the caller: by itself, by the role of its session, by its account. */
  readonly entries: {
    readonly self: string;
    readonly role: string | undefined;
    readonly account: string | undefined;
  };
  /** The condition keys that follow from who asks. */
  readonly keys: readonly (readonly [key: string, value: string])[];
}

const RESOURCE: Readonly<Record<'user' | 'role' | 'root', RegExp>> = {
  user: /^user\/(?:[^/]+\/)*[^/]+$/,
  role: /^role\/(?:[^/]+\/)*[^/]+$/,
  root: /^root$/,
};

/** Prepares a caller. @throws TypeError if the ARN is not one of what it is said to be */
export function callerOf(input: CallerInput): Caller {
  switch (input.type) {
    case 'service':
      return outside(input.type, input.service, [
        ['aws:principalisawsservice', 'true'],
        ['aws:principalservicename', input.service],
      ]);
    case 'federated':
      return outside(input.type, input.provider, []);
    case 'anonymous':
      return outside(input.type, '', [
        ['aws:principalaccount', 'anonymous'],
        ['aws:principaltype', 'Anonymous'],
      ]);
    default:
      return inAccount(input);
  }
}

function outside(type: Caller['type'], name: string, keys: Caller['keys']): Caller {
  const self = type === 'service' ? `Service:${name}` : type === 'federated' ? `Federated:${name}` : '';
  const entries = { self, role: undefined, account: undefined };
  return { type, name, entries, keys, sessionArn: undefined, account: undefined, isServiceLinked: false };
}

/**
 * `aws:PrincipalArn` of a session is the role’s. All signed requests have these keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function inAccount(input: Extract<CallerInput, { arn: string }>): Caller {
  const { type, arn } = input;
  const [, partition, service, region, , resource = ''] = partsOfArn(arn) ?? [];
  const account = accountOfArn(arn);
  if (service !== 'iam' || region !== '' || !/^\d{12}$/.test(account ?? '') || !RESOURCE[type].test(resource))
    throw new TypeError(`'${arn}' is not the ARN of a ${type === 'root' ? 'root user' : type}`);
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const sessionArn =
    type === 'role' ? `arn:${partition}:sts::${account}:assumed-role/${name}/${input.session}` : undefined;
  const byAccount = `account:${account}`;
  return {
    type,
    name: arn,
    account,
    sessionArn,
    entries: {
      self: type === 'root' ? byAccount : `AWS:${sessionArn ?? arn}`,
      role: type === 'role' ? `AWS:${arn}` : undefined,
      account: byAccount,
    },
    isServiceLinked: type === 'role' && resource.startsWith('role/aws-service-role/'),
    keys: [
      ['aws:principalarn', arn],
      ['aws:principalaccount', account ?? ''],
      ['aws:principaltype', type === 'role' ? 'AssumedRole' : type === 'user' ? 'User' : 'Account'],
      ['aws:principalisawsservice', 'false'],
      ...(type === 'user' ? [['aws:username', name] as const] : []),
    ],
  };
}
