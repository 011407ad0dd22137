/** That no grant is made on a key that is not what the register says, and that its owner hears of it. */
import { HOUR, listOf, NOW, RIGHT, share, World } from './world';

const wrong = { Origin: 'EXTERNAL_KEY_STORE', XksKeyConfiguration: { Id: 'elsewhere' } };

function worldWithShare(): World {
  const world = new World();
  world.prepare(share(1), share(2));
  return world;
}

it('makes no grant on a key of another origin, fails, and says what differs', async () => {
  const world = worldWithShare();
  Object.assign(world.kms.metadata, wrong);
  const result = await world.run(listOf(share(1)));
  expect(world.kms.grants).toEqual([]);
  expect(result).toMatchObject({
    created: 0,
    custodyFaults: 2,
    pending: [{ share: share(1).share, why: 'custody-unproven' }],
    failures: [
      {
        what: 'prove the custody of the key',
        error: 'the origin of the key material is EXTERNAL_KEY_STORE, the register says AWS_KMS',
      },
      { error: 'the key in the external key manager is elsewhere, the register says none' },
    ],
  });
  expect(world.log.some(({ CustodyFaults }) => CustodyFaults === 2)).toBe(true);
});

it('still ends the grants that are to end', async () => {
  const world = worldWithShare();
  world.kms.plant({ ...RIGHT, Name: share(2).share, GranteePrincipal: share(2).grantee });
  Object.assign(world.kms.metadata, wrong);
  const result = await world.run(listOf(share(1)));
  expect(world.kms.grants).toEqual([]);
  expect(result.revoked).toBe(1);
});

it('makes the grants once the key is what the register says', async () => {
  const world = worldWithShare();
  const right = { ...world.kms.metadata };
  Object.assign(world.kms.metadata, wrong);
  await world.run(listOf(share(1)));
  world.kms.metadata = right;
  await expect(world.run(listOf(share(1)))).resolves.toMatchObject({ created: 1, custodyFaults: 0 });
});

it('needs no proof to remove what it made', async () => {
  const world = worldWithShare();
  await world.run(listOf(share(1)));
  Object.assign(world.kms.metadata, wrong);
  await expect(world.run(undefined)).resolves.toMatchObject({ revoked: 1, custodyFaults: 0, failures: [] });
});

it('counts the whole days until imported material expires', async () => {
  const world = worldWithShare();
  const ValidTo = new Date(NOW + 50 * HOUR);
  Object.assign(world.kms.metadata, { Origin: 'EXTERNAL', ValidTo });
  const list = {
    ...listOf(share(1)),
    custody: { origin: 'EXTERNAL', materialExpires: '2027-04-03' },
  } as const;
  await expect(world.run(list)).resolves.toMatchObject({ materialDaysLeft: 2, custodyFaults: 0, created: 1 });
  expect(world.log.some(({ KeyMaterialDaysLeft }) => KeyMaterialDaysLeft === 2)).toBe(true);
});

it('lets shares wait, without a failure, for material that is still to be imported', async () => {
  const world = worldWithShare();
  Object.assign(world.kms.metadata, { Origin: 'EXTERNAL' });
  world.kms.state = 'PendingImport';
  const list = {
    ...listOf(share(1)),
    custody: { origin: 'EXTERNAL', materialExpires: '2027-04-03' },
  } as const;
  await expect(world.run(list)).resolves.toMatchObject({
    failures: [],
    pending: [{ why: 'key-awaits-material' }],
  });
});
