/** What the broker does and says in single cases; the model test holds what must always be so. */
import { FUNCTION_METRICS } from '../../../lib/names/metrics';
import { KmsError } from './memory-kms';
import { BROKER, collectRole, HOUR, instant, listOf, NOW, RIGHT, share, World } from './world';

function worldWith(...shares: ReturnType<typeof share>[]): World {
  const world = new World();
  world.prepare(...shares);
  return world;
}

function lines(world: World, action: string): Record<string, unknown>[] {
  return world.log.filter((line) => line.action === action);
}

function metrics(world: World): Record<string, unknown> | undefined {
  return world.log.findLast((line) => '_aws' in line);
}

describe('making grants', () => {
  it('makes one for each share in force, in the one shape that the key’s policy allows', async () => {
    const world = worldWith(share(1), share(2));
    const result = await world.run(listOf(share(1), share(2)));
    expect(result).toMatchObject({ created: 2, inForce: 2, revoked: 0, pending: [], failures: [] });
    expect(world.kms.truth()).toMatchObject([
      { ...RIGHT, Name: share(1).share, GranteePrincipal: share(1).grantee },
      { ...RIGHT, Name: share(2).share, GranteePrincipal: share(2).grantee },
    ]);
  });

  it('leaves a share pending whose role is not there, with the time since it came into force, and does not fail', async () => {
    const late = share(1, { from: NOW - 3 * HOUR });
    const world = worldWith(late, share(2));
    world.kms.roles.delete(late.grantee);
    const result = await world.run(listOf(late, share(2)));
    expect(result.failures).toEqual([]);
    expect(result.pending).toEqual([
      { share: late.share, agreement: 'agreement-1', why: 'grantee-absent', minutes: 180 },
    ]);
    expect(result.created).toBe(1);
    expect(metrics(world)).toMatchObject({ GrantsPending: 1, OldestPendingMinutes: 180, GrantsInForce: 1 });
    // It was patient first, and for no more than a minute.
    expect(world.time - NOW).toBeGreaterThan(30_000);
    expect(world.time - NOW).toBeLessThan(70_000);
  });

  it('makes a grant whose role appears while it waits', async () => {
    const world = worldWith(share(1));
    world.kms.roles.delete(share(1).grantee);
    world.meanwhile = () => {
      if (world.time > NOW + 5_000 && !world.kms.roles.has(share(1).grantee))
        world.kms.makeRole(share(1).grantee);
    };
    expect(await world.run(listOf(share(1)))).toMatchObject({ created: 1, pending: [] });
  });

  it('stays under the 50 creations a second that KMS takes', async () => {
    const shares = Array.from({ length: 120 }, (_, n) => share(n));
    const world = worldWith(...shares);
    world.callTime = 1;
    await world.run(listOf(...shares));
    const made = world.changes.filter(({ what }) => what === 'CreateGrant').map(({ at }) => at);
    expect(made).toHaveLength(120);
    for (const [n, at] of made.entries())
      expect((made[n + 50] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThan(1000);
  });

  it('leaves for the next run what it has no time for', async () => {
    const shares = Array.from({ length: 400 }, (_, n) => share(n));
    const world = worldWith(...shares);
    world.deadline = NOW + 25_000;
    const first = await world.run(listOf(...shares));
    expect(first.failures).toEqual([]);
    expect(first.pending.length).toBeGreaterThan(50);
    expect(first.pending[0]).toMatchObject({ why: 'out-of-time' });
    expect(world.time).toBeLessThan(world.deadline);
    world.deadline = Number.POSITIVE_INFINITY;
    expect(await world.run(listOf(...shares))).toMatchObject({ inForce: 400, pending: [] });
  });

  it('waits for the key material of an imported key', async () => {
    const world = worldWith(share(1));
    world.kms.state = 'PendingImport';
    expect(await world.run(listOf(share(1)))).toMatchObject({
      pending: [{ why: 'key-awaits-material' }],
      failures: [],
    });
  });

  it.each(['Disabled', 'PendingDeletion'])(
    'fails where the key is %s, but still ends what must end',
    async (state) => {
      const world = worldWith(share(1), share(2), share(9));
      world.kms.plant({ ...RIGHT, Name: share(9).share, GranteePrincipal: share(9).grantee });
      world.kms.state = state;
      const result = await world.run(listOf(share(1), share(2)));
      expect(result).toMatchObject({ keyState: state, revoked: 1, created: 0 });
      expect(result.failures.map((failure) => failure.share)).toEqual([share(1).share, share(2).share]);
      expect(world.kms.grants).toEqual([]);
    },
  );

  it('stops at the limit of grants and says for which shares', async () => {
    const world = worldWith(share(1), share(2), share(3));
    world.kms.mostGrants = 1;
    const result = await world.run(listOf(share(1), share(2), share(3)));
    expect(result.created).toBe(1);
    expect(result.failures).toMatchObject([
      {
        what: 'create the grant',
        share: share(2).share,
        error: 'LimitExceededException: LimitExceededException',
      },
      { what: 'create the grant', share: share(3).share, error: 'not tried, for the same reason' },
    ]);
  });

  it('goes on to the next share where one is refused', async () => {
    const world = worldWith(share(1), share(2));
    let refused = false;
    world.fault = (_, action) => {
      if (action !== 'CreateGrant' || refused) return undefined;
      refused = true;
      return new KmsError('AccessDeniedException', 'the key’s policy does not allow it');
    };
    const result = await world.run(listOf(share(1), share(2)));
    expect(result).toMatchObject({ created: 1, failures: [{ share: share(1).share }] });
    expect(metrics(world)).toMatchObject({ Failures: 1, GrantsInForce: 1 });
  });
});

describe('ending grants', () => {
  it('closes the access point, revokes, and sees that it is gone', async () => {
    const ended = share(1, { until: NOW });
    const world = worldWith(ended);
    world.kms.plant({ ...RIGHT, Name: ended.share, GranteePrincipal: ended.grantee });
    world.kms.lag = 2;
    const result = await world.run(listOf(ended));
    expect(world.changes.map(({ what }) => what)).toEqual(['PUT', 'RevokeGrant']);
    expect(lines(world, 'revoked')).toMatchObject([{ why: 'share-ended', share: ended.share }]);
    expect(result).toMatchObject({ revoked: 1, unexpected: 0, notYetGone: [] });
  });

  it('reports, and does not fail, where KMS still lists what was revoked', async () => {
    const world = worldWith(share(1));
    const { GrantId } = world.kms.plant({
      ...RIGHT,
      Name: share(1).share,
      GranteePrincipal: share(1).grantee,
    });
    world.kms.lag = 1_000;
    const result = await world.run(listOf());
    expect(result).toMatchObject({ revoked: 1, notYetGone: [GrantId], failures: [] });
    expect(lines(world, 'revoked-not-yet-seen-gone')).toHaveLength(1);
  });

  it('revokes even where the access point can’t be closed, and says so', async () => {
    const world = worldWith(share(1));
    world.kms.plant({ ...RIGHT, Name: share(1).share, GranteePrincipal: share(1).grantee });
    world.fault = (_, action) => (action === 'PUT' ? new Error('refused') : undefined);
    const result = await world.run(listOf());
    expect(world.kms.grants).toEqual([]);
    expect(result.failures).toEqual([
      { what: 'close the access point', share: share(1).share, error: 'Error: refused' },
    ]);
  });

  it('revokes the others where one revocation fails', async () => {
    const world = worldWith(share(1), share(2), share(3));
    for (const each of [share(1), share(2)])
      world.kms.plant({ ...RIGHT, Name: each.share, GranteePrincipal: each.grantee });
    let first = true;
    world.fault = (_, action) => {
      const fails = action === 'RevokeGrant' && first;
      if (fails) first = false;
      return fails ? new KmsError('AccessDeniedException') : undefined;
    };
    const result = await world.run(listOf(share(3)));
    expect(result).toMatchObject({ revoked: 1, created: 1, failures: [{ what: 'revoke the grant' }] });
  });

  it('takes a grant that somebody else has revoked meanwhile as revoked', async () => {
    const world = worldWith(share(1));
    world.kms.plant({ ...RIGHT, Name: share(1).share, GranteePrincipal: share(1).grantee });
    world.fault = (_, action) =>
      action === 'RevokeGrant' ? new KmsError('InvalidGrantIdException') : undefined;
    expect(await world.run(listOf())).toMatchObject({ revoked: 1, failures: [] });
  });

  it('keeps the older of two equal grants, and the access point open', async () => {
    const world = worldWith(share(1));
    const grant = { ...RIGHT, Name: share(1).share, GranteePrincipal: share(1).grantee };
    const older = world.kms.plant(grant);
    world.time += 5_000;
    world.kms.plant(grant);
    await world.run(listOf(share(1)));
    expect(world.kms.grants).toEqual([older]);
    expect(lines(world, 'revoked')).toMatchObject([{ why: 'duplicate' }]);
    expect(world.s3.isClosed(share(1).share)).toBe(false);
  });

  it('replaces the grant of a role that was deleted and made again, and makes before it breaks', async () => {
    const world = worldWith(share(1));
    await world.run(listOf(share(1)));
    world.kms.makeRole(share(1).grantee);
    expect(world.kms.truth()[0]?.GranteePrincipal).toMatch(/^AROA/);
    const result = await world.run(listOf(share(1)));
    expect(result).toMatchObject({ revoked: 1, created: 1, unexpected: 0, inForce: 1 });
    expect(world.kms.truth()).toMatchObject([{ GranteePrincipal: share(1).grantee }]);
    expect(world.changes.slice(-2).map(({ what }) => what)).toEqual(['CreateGrant', 'RevokeGrant']);
  });

  it('reports a grant that nobody may have made as a security event, and revokes it', async () => {
    const world = worldWith(share(1));
    const eve = 'arn:aws:iam::999999999999:role/dynamodb.amazonaws.com';
    world.kms.plant({ ...RIGHT, Name: 'mine', GranteePrincipal: eve, Operations: ['Decrypt'] });
    const result = await world.run(listOf());
    expect(result).toMatchObject({ revoked: 1, unexpected: 1 });
    expect(world.log.filter((line) => line.security === true)).toMatchObject([
      {
        event: 'unexpected-grant',
        level: 'WARN',
        dryRun: false,
        grant: { name: 'mine', grantee: eve, operations: ['Decrypt'] },
      },
    ]);
    expect(world.kms.grants).toEqual([]);
  });

  it('does not touch the access point of a share to come: its dates keep it shut', async () => {
    const toCome = share(1, { from: NOW + HOUR });
    const world = worldWith(toCome);
    world.kms.plant({ ...RIGHT, Name: toCome.share, GranteePrincipal: toCome.grantee });
    await world.run(listOf(toCome));
    expect(world.changes.map(({ what }) => what)).toEqual(['RevokeGrant']);
    expect(lines(world, 'revoked')).toMatchObject([{ why: 'share-not-begun' }]);
  });

  it('says which grants it had no time to revoke', async () => {
    const shares = Array.from({ length: 30 }, (_, n) => share(n));
    const world = worldWith(...shares);
    for (const each of shares)
      world.kms.plant({ ...RIGHT, Name: each.share, GranteePrincipal: each.grantee });
    world.deadline = NOW + 1_000;
    world.sideBySide = true;
    const result = await world.run(listOf());
    expect(result.revoked).toBeGreaterThan(0);
    expect(result.failures.length).toBe(30 - result.revoked);
    expect(result.failures[0]).toMatchObject({ what: 'revoke the grant', error: 'out of time' });
  });
});

describe('a rollback', () => {
  it('opens the access point that the withdrawn deployment had closed, with its policy as it was', async () => {
    const world = worldWith(share(1), share(2));
    const policy = world.s3.policies.get(share(1).share);
    await world.run(listOf(share(1), share(2)));
    await world.run(listOf(share(2)));
    expect(world.s3.isClosed(share(1).share)).toBe(true);
    await world.run(listOf(share(1), share(2)));
    expect(world.s3.policies.get(share(1).share)).toBe(policy);
    expect(world.kms.grants).toHaveLength(2);
  });
});

describe('the listing', () => {
  it('takes a grant that comes on two pages for one', async () => {
    const world = worldWith(share(1), share(2));
    await world.run(listOf(share(1), share(2)));
    world.kms.pageSize = 1;
    world.kms.repeatAcrossPages = true;
    expect(await world.run(listOf(share(1), share(2)))).toMatchObject({ revoked: 0, inForce: 2 });
    expect(world.kms.grants).toHaveLength(2);
  });
});

describe('the key', () => {
  it('is named where it does not exist', async () => {
    const world = worldWith(share(1));
    world.kms.state = undefined;
    await expect(world.run(listOf(share(1)))).rejects.toThrow('the key does not exist');
    await expect(world.run(undefined)).resolves.toMatchObject({ keyState: 'gone', failures: [] });
  });
});

describe('a dry run', () => {
  it('says what it would do', async () => {
    const world = worldWith(share(1), share(2));
    world.kms.plant({ ...RIGHT, Name: share(2).share, GranteePrincipal: share(2).grantee });
    await world.run(listOf(share(1)), { dryRun: true });
    expect(world.changes).toEqual([]);
    expect(lines(world, 'would-create')).toMatchObject([{ share: share(1).share }]);
    expect(lines(world, 'would-revoke')).toMatchObject([{ share: share(2).share, why: 'share-not-listed' }]);
  });
});

describe('the metrics', () => {
  it('are one record in the embedded format', () => {
    const world = new World();
    const { report } = world.ports();
    report.finished({
      keyState: 'Enabled',
      dryRun: false,
      inForce: 5,
      created: 4,
      revoked: 3,
      unexpected: 2,
      services: 1,
      stoppedShares: ['a'],
      closedAgain: 3,
      custodyFaults: 2,
      materialDaysLeft: 12,
      pending: [{ share: 'a', agreement: 'b', why: 'grantee-absent', minutes: 70 }],
      notYetGone: [],
      failures: [],
    });
    expect(metrics(world)).toEqual({
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: 'Concordat/KeyGrants',
            Dimensions: [['FunctionName']],
            Metrics: Object.keys(FUNCTION_METRICS['concordat-grant-broker'].units)
              // Told as it happens.
              .filter((Name) => Name !== 'StopsLifted')
              .map((Name) => ({
                Name,
                Unit: /Minutes|Days/.test(Name) ? 'None' : 'Count',
              })),
          },
        ],
      },
      FunctionName: 'broker',
      GrantsInForce: 5,
      GrantsCreated: 4,
      GrantsRevoked: 3,
      GrantsPending: 1,
      UnexpectedGrants: 2,
      Failures: 0,
      OldestPendingMinutes: 70,
      StoppedShares: 1,
      StopsHeld: 3,
      CustodyFaults: 2,
      KeyMaterialDaysLeft: 12,
    });
  });
});

// Kept beside the cases: what they take for granted of the simulated KMS.
describe('KMS in memory', () => {
  it('answers the same creation with the same grant, and another grantee with another', () => {
    const { kms } = worldWith(share(1), share(2));
    const order = { ...RIGHT, Name: 'a', GranteePrincipal: share(1).grantee };
    expect(kms.answer('CreateGrant', order)).toEqual(kms.answer('CreateGrant', order));
    kms.answer('CreateGrant', { ...order, GranteePrincipal: share(2).grantee });
    expect(kms.grants).toHaveLength(2);
    expect(() =>
      kms.answer('CreateGrant', { ...order, GranteePrincipal: collectRole('9'.repeat(12)) }),
    ).toThrow('ARN does not refer to a valid principal');
    expect(kms.grants[0]?.RetiringPrincipal).toBe(BROKER);
    expect(instant(NOW)).toBe('2027-04-01T00:00:00Z');
  });
});
