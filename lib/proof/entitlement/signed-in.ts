/**
 * Who may take on a role by signing in, by the register alone: whom the organisation’s own provider vouches for, with a token for
 * its program, and that names a subject, or an app role in a session tag, that the register names; and by more than one factor
 * where the register says what tokens say of that.
 */
import type { OrganisationFacts } from '../../assembly';
import type { Entitlement, Question } from '../question';
import type { Value } from '../values';

const TAG = 'aws:requesttag/concordat-role';
const LISTS: Readonly<Record<string, readonly ('mayDeposit' | 'mayCollect')[]>> = {
  'concordat/concordat-deposit': ['mayDeposit'],
  'concordat/concordat-collect': ['mayCollect'],
  'concordat/concordat-receipts': ['mayDeposit', 'mayCollect'],
};

/** The provider that the register has in the account of an organisation, by its ARN; undefined where nobody signs in. */
export function providerOf({ account, signIn }: OrganisationFacts): string | undefined {
  return signIn && `arn:aws:iam::${account}:oidc-provider/${signIn.issuer.slice('https://'.length)}`;
}

/** What somebody is entitled to on a role by signing in. */
export function bySignIn(
  { asker, action, target }: Question,
  owner: OrganisationFacts | undefined,
): Entitlement | undefined {
  const { caller } = asker;
  if (owner?.signIn === undefined || caller.type !== 'federated' || caller.name !== providerOf(owner))
    return undefined;
  const { issuer, client, audience = client, multiFactor } = owner.signIn;
  const who = (LISTS[target.arn.slice(target.arn.indexOf(':role/') + ':role/'.length)] ?? []).flatMap(
    (list) => owner.signIn?.[list] ?? [],
  );
  const subjects = action === 'sts:TagSession' ? [] : who.flatMap((each) => each.subjects ?? []);
  const appRoles = who.flatMap((each) => each.appRoles ?? []);
  const isSignIn = action === 'sts:AssumeRoleWithWebIdentity' || action === 'sts:TagSession';
  if (!isSignIn || subjects.length + appRoles.length === 0) return undefined;
  // Condition keys are compared in lower case.
  const key = (claim: string) => `${issuer.slice('https://'.length)}:${claim}`.toLowerCase();
  const beside = (values: readonly string[]) => [...values, ...values.map((each) => `${each}-of-another`)];
  return {
    alike: `sign-in ${action} ${target.arn}`,
    by: { kind: 'sign-in' },
    objects: [],
    values: new Map<string, readonly Value[]>([
      [key('aud'), beside([audience])],
      ...(multiFactor === undefined
        ? []
        : [[key('amr'), [[multiFactor], ['pwd', multiFactor], ['pwd']]] as const]),
      [key('sub'), beside(subjects)],
      [TAG, beside(appRoles)],
    ]),
    holds: (read) =>
      read(key('aud')) === audience &&
      (multiFactor === undefined || [read(key('amr'))].flat().includes(multiFactor)) &&
      (subjects.includes(String(read(key('sub')))) || appRoles.includes(String(read(TAG)))),
  };
}
