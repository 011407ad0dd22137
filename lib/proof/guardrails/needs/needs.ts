/**
 * What must still be possible with every guardrail attached: what agreements give, what each role is there for, what AWS
 * services do for the landing zone, and what is spared for a deployment. Guardrails only take away, so what holds with all of
 * them holds at every stage.
 */
import type { OrganisationFacts, World } from '../../../assembly';
import { providerOf } from '../../entitlement/signed-in';
import { hasLeft } from '../../shares';
import type { Things } from '../things';
import { Asking, ELSEWHERE, type Need } from './asking';
import { rolesTakenOn } from './of-deployment';
import { needsOfMember } from './of-member';
import { needsOfOperator } from './of-operator';

export type { Need } from './asking';

/** Everything that is needed, for each kind of account; of external recipients, for each. */
export function needsOf(
  { register, asOf }: Pick<World, 'register' | 'asOf'>,
  member: OrganisationFacts | undefined,
  things: Things,
): Need[] {
  const { zone, organisations } = register;
  const asking = new Asking(register, things);
  const externals = organisations.filter(
    (each) => each.membership === 'external' && each.mayCollect.length > 0 && !hasLeft(each, asOf),
  );
  return [
    ...(member === undefined ? [] : needsOfMember(asking, member, externals)),
    ...organisations.flatMap((each) => signingIn(asking, each)),
    ...externals.flatMap(({ account }) => asking.receipts(account, ELSEWHERE)),
    ...needsOfOperator(asking),
    ...rolesTakenOn(asking, member?.account ?? zone.accounts.zone),
  ];
}

/** People whom an organisation’s own provider vouches for. */
function signingIn(asking: Asking, organisation: OrganisationFacts): Need[] {
  const { account, signIn } = organisation;
  const provider = providerOf(organisation);
  if (provider === undefined) return [];
  const lists = [
    ['deposit', signIn?.mayDeposit],
    ['collect', signIn?.mayCollect],
    ['receipts', signIn?.mayDeposit],
    ['receipts', signIn?.mayCollect],
  ] as const;
  return lists.flatMap(([purpose, who]) =>
    who === undefined
      ? []
      : asking.ask(
          { type: 'federated', provider },
          account,
          `sts:AssumeRoleWithWebIdentity${who.appRoles === undefined ? '' : ' sts:TagSession'}`,
          `arn:aws:iam::${account}:role/concordat/concordat-${purpose}`,
          {},
          null,
        ),
  );
}
