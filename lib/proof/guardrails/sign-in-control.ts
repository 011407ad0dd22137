/** What docs/guardrails.md promises of the providers by which people sign in, where the register has any. */
import type { RegisterFacts } from '../../assembly';
import { type Promised, where } from './promised';
import { CLOUD_FORMATION } from './spared';
import * as writes from './writes';

const HAS = 'aws:resourcetag/concordat:organisation';
const IS_TO_HAVE = 'aws:requesttag/concordat:organisation';

/** They change by deployment alone, and the deployment makes and changes no other. */
export function providerPromises({ organisations }: RegisterFacts): Promised[] {
  if (!organisations.some(({ signIn }) => signIn !== undefined)) return [];
  const resources = (account: string) => [`arn:aws:iam::${account}:oidc-provider/login.example.gov.uk`];
  return [
    {
      id: 'providers of people',
      attached: 'units',
      actions: writes.OF_OPENID_PROVIDERS,
      resources,
      spared: [CLOUD_FORMATION],
      when: where(HAS, 'leeds'),
    },
    {
      id: 'other providers',
      attached: 'units',
      actions: ['iam:CreateOpenIDConnectProvider', ...writes.OF_OPENID_PROVIDERS],
      resources,
      spared: [],
      callers: /:role\/cdk-concordat-cfn-exec-role-/,
      when: {
        values: { [HAS]: ['leeds', undefined], [IS_TO_HAVE]: ['leeds', undefined] },
        holds: (read) => read(HAS) === undefined && read(IS_TO_HAVE) === undefined,
      },
    },
  ];
}
