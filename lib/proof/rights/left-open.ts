/** A resource whose own policy leaves it to those of its account: what a role’s own policies, or its boundary, come to by themselves. */
import { compile, type Policy } from '../../iam';

const known = new Map<string, Policy>();

/** The policy of such a resource in an account; one and the same for all that ask. */
export function leftOpen(account: string): Policy {
  const policy = known.get(account) ?? made(account);
  known.set(account, policy);
  return policy;
}

function made(account: string): Policy {
  return compile(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: '*', Resource: '*' },
      ],
    },
    { kind: 'resource', name: 'whatever the resource lets in' },
  );
}
