/** That parts are given to organisations that can play them, and that one sentence says where none can. */
import { openAssembly, worldOf } from '../../lib/assembly';
import { castFor } from '../../lib/rehearsal/cast';
import { RehearsalError } from '../../lib/rehearsal/errors';
import { synthesised } from '../stacks/sample-assembly';

const { folder, stacks } = synthesised();
const world = worldOf(openAssembly(folder));

it('takes a third organisation that holds a grant on the owner’s key and is no party to the agreement', () => {
  const { share, owner, recipient, third } = castFor(world, stacks);
  const agreement = world.register.agreements.find(({ id }) => id === share.agreement);
  const direction = agreement?.directions.find((each) => each.owner === owner.id);
  expect(direction?.recipients).toContain(recipient.id);
  expect(direction?.recipients).not.toContain(third.id);
  const key = world.keys.find(({ account }) => account === owner.account);
  expect(key?.grants.map(({ grantee }) => grantee.split(':')[4])).toContain(third.account);
});

it('deploys the stacks of the zone and of the three, and no other', () => {
  const {
    owner,
    recipient,
    third,
    zoneAccount,
    stacks: deployed,
  } = castFor(world, stacks, 'housing-benefit-awards');
  const accounts = new Set([zoneAccount, owner.account, recipient.account, third.account]);
  expect(deployed.map(({ name }) => name)).toEqual([
    'Zone',
    'Organisation-dwp',
    'Organisation-leeds',
    'Organisation-camden',
  ]);
  expect(stacks.filter(({ account }) => accounts.has(account))).toHaveLength(deployed.length);
});

it.each([
  ['is not known', 'no-such-agreement'],
  ['has ended', 'housing-benefit-pilot'],
  ['has an owner whose key no template makes', 'court-warrants'],
])('says why an agreement that %s can’t be rehearsed', (_why, agreement) => {
  const choosing = () => castFor(world, stacks, agreement);
  expect(choosing).toThrow(RehearsalError);
  expect(choosing).toThrow(`the agreement ${agreement} can’t be rehearsed: it has to be in force`);
});

it('says what is missing where nothing can be rehearsed', () => {
  expect(() => castFor({ ...world, roles: [] }, stacks)).toThrow(
    'no agreement in force can be rehearsed: it needs an owner',
  );
});
