/** Who plays in a rehearsal: an owner, a recipient, a third organisation and the zone; the first two share an agreement. */
import type { AssemblyStack, OrganisationFacts, World } from '../assembly';
import { type RolePurpose, roleArnIn } from '../names';
import { type ImpliedShare, impliedShares, isActive } from '../proof';
import { RehearsalError } from './errors';

/** The parts of a rehearsal. */
export interface Cast {
  readonly share: ImpliedShare;
  readonly owner: OrganisationFacts;
  readonly recipient: OrganisationFacts;
  /** No party to the agreement. */
  readonly third: OrganisationFacts;
  readonly zoneAccount: string;
  /** What has to be deployed, the zone first. */
  readonly stacks: readonly AssemblyStack[];
}

/**
 * Chooses an agreement for which all parts can be played on the day of the assembly: the owner deposits under a key that its
 * template makes, and the third organisation collects under another agreement; best from the same owner, for its grant is then on the same
 * key, and the access point alone keeps it out. Of several it takes the first by its id.
 * @throws RehearsalError if there is none, or not the one that was asked for
 */
export function castFor(world: World, stacks: readonly AssemblyStack[], agreement?: string): Cast {
  const { register, asOf } = world;
  const now = `${asOf}T12:00:00Z`;
  const shares = impliedShares(register, asOf);
  const inForce = shares.filter(({ from, until }) => from <= now && now < until);
  const hasRole = ({ account }: OrganisationFacts, purpose: RolePurpose) =>
    world.roles.some(({ arn }) => arn === roleArnIn(account, purpose));
  const plays = (organisation: OrganisationFacts, purpose: RolePurpose) =>
    organisation.membership === 'member' && isActive(organisation, asOf) && hasRole(organisation, purpose);
  // What is played is in clear, which the gate rejects there.
  const sealed = new Set(register.agreements.flatMap((each) => (each.sealed ? [each.id] : [])));
  const candidates = inForce
    .filter((share) => !sealed.has(share.agreement))
    .filter(
      ({ owner, recipient }) =>
        plays(owner, 'deposit') && owner.custody?.kind === 'account' && plays(recipient, 'collect'),
    )
    .filter((share) => agreement === undefined || share.agreement === agreement)
    .sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
  const parts = candidates.flatMap((share) => {
    const parties = new Set([
      share.owner.id,
      ...shares.filter((each) => each.agreement === share.agreement).map((each) => each.recipient.id),
    ]);
    const others = register.organisations.filter((each) => !parties.has(each.id) && plays(each, 'collect'));
    const alike = others.find(({ id }) =>
      inForce.some((each) => each.owner.id === share.owner.id && each.recipient.id === id),
    );
    const third = alike ?? others[0];
    return third === undefined ? [] : [{ share, third, isAlike: alike !== undefined }];
  });
  const chosen = parts.find(({ isAlike }) => isAlike) ?? parts[0];
  if (chosen !== undefined) {
    const { share, third } = chosen;
    const { owner, recipient } = share;
    const zoneAccount = register.zone.accounts.zone;
    const accounts = [zoneAccount, owner.account, recipient.account, third.account];
    return {
      share,
      owner,
      recipient,
      third,
      zoneAccount,
      stacks: accounts.flatMap((account) => stacks.filter((stack) => stack.account === account)),
    };
  }
  throw new RehearsalError(
    agreement === undefined
      ? 'no agreement in force can be rehearsed: it needs an owner that deposits under a key of its own template, a member as recipient, and a third member'
      : `the agreement ${agreement} can’t be rehearsed: it has to be in force and not sealed, between members, with an owner that deposits under a key of its own template`,
  );
}
