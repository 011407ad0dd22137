/**
 * That no answer which passes ends a run of the broker, loses a policy or leaves something undone; and that one which lasts is
 * not asked over and over. The answers are those that public reports show of S3 Control and KMS.
 */
import { liftStops, stopShares } from '../../../lambda/key-grants/stopping';
import { KmsError } from './memory-kms';
import { openPolicy } from './memory-s3-control';
import { HOUR, listOf, NOW, RIGHT, share, World } from './world';

/** Each with the status at which it comes. */
const PASSING: readonly (readonly [number, string])[] = [
  [409, 'OperationAborted'],
  [400, 'RequestTimeout'],
  [400, 'ThrottlingException'],
  [403, 'RequestTimeTooSkewed'],
  [400, 'ExpiredToken'],
  [503, 'SlowDown'],
  [429, 'TooManyRequests'],
];

const ended = share(1, { until: NOW - HOUR });
const one = share(2);

/** The refusal to the first so many calls of an action. */
function first(times: number, action: string, [status, code]: readonly [number, string]) {
  let left = times;
  return (_: number, asked: string) => {
    if (asked !== action || left === 0) return undefined;
    left -= 1;
    return { status, code };
  };
}

function withEnded(): World {
  const world = new World();
  world.prepare(ended, one);
  world.kms.plant({ ...RIGHT, Name: ended.share, GranteePrincipal: ended.grantee });
  return world;
}

async function sharing(): Promise<World> {
  const world = new World();
  world.prepare(one);
  await world.run(listOf(one));
  world.calls = 0;
  return world;
}

describe.each(PASSING)('%s %s', (status, code) => {
  it.each(['GET', 'PUT'])('in answer to a %s, once or twice, ends a share all the same', async (action) => {
    for (const times of [1, 2]) {
      const world = withEnded();
      world.refusal = first(times, action, [status, code]);
      const result = await world.run(listOf(ended));
      expect(result).toMatchObject({ revoked: 1, failures: [] });
      expect([world.s3.isClosed(ended.share), world.s3.statements(ended.share)]).toMatchObject([
        true,
        { length: 2 },
      ]);
    }
  });

  it('in answer to the reading of a policy loses nothing at a stop: its lifting brings the policy back', async () => {
    for (const times of [1, 2, 4]) {
      const world = await sharing();
      world.refusal = first(times, 'GET', [status, code]);
      const stopped = await stopShares([one.share], listOf(one), world.ports());
      expect([stopped.complete, world.s3.isClosed(one.share)]).toEqual([true, true]);
      expect(stopped.steps.some(({ policyLost }) => policyLost)).toBe(false);
      const lifted = await liftStops([one.share], listOf(one), world.ports());
      expect([lifted.complete, world.s3.policies.get(one.share)]).toEqual([true, openPolicy(one.share)]);
    }
  });

  it('that does not end is a failed step of the stop, which loses no policy and ends the grant', async () => {
    const world = await sharing();
    world.refusal = first(10_000, 'GET', [status, code]);
    const { complete, steps } = await stopShares([one.share], listOf(one), world.ports());
    expect(complete).toBe(false);
    expect(steps.find(({ step }) => step === 'access-point')).toMatchObject({ outcome: 'failed' });
    expect([world.s3.policies.get(one.share), world.kms.truth()]).toEqual([openPolicy(one.share), []]);
    // The record has it: the next run closes.
    world.refusal = () => undefined;
    await world.run(listOf(one));
    expect(world.s3.isClosed(one.share)).toBe(true);
  });

  it('in answer to the record of stops keeps nothing back', async () => {
    const world = await sharing();
    world.refusal = first(2, 'PutParameter', [status, code]);
    await expect(stopShares([one.share], listOf(one), world.ports())).resolves.toMatchObject({
      complete: true,
    });
    world.refusal = first(2, 'GetParametersByPath', [status, code]);
    await expect(world.run(listOf(one))).resolves.toMatchObject({ stoppedShares: [one.share], failures: [] });
  });
});

describe('a lasting refusal to show a policy', () => {
  const DENIED = [403, 'AccessDenied'] as const;

  it('is heard three times before a stop replaces the policy, and the answer says that the policy is lost', async () => {
    const world = await sharing();
    let asked = 0;
    world.refusal = (_, action) => {
      if (action !== 'GET') return undefined;
      asked += 1;
      return { status: 403, code: 'AccessDenied' };
    };
    const { complete, steps } = await stopShares([one.share], listOf(one), world.ports());
    expect([complete, world.s3.isClosed(one.share)]).toEqual([true, true]);
    expect(steps[0]).toMatchObject({ step: 'access-point', outcome: 'closed', policyLost: true });
    // Three times, and once more when it is looked at again at the end.
    expect(asked).toBe(4);
  });

  it.each([1, 2])('that is taken back after %d times loses nothing', async (times) => {
    const world = await sharing();
    world.refusal = first(times, 'GET', DENIED);
    const { steps } = await stopShares([one.share], listOf(one), world.ports());
    expect(steps[0]).not.toHaveProperty('policyLost');
    expect(world.s3.statements(one.share)).toHaveLength(2);
  });

  it('makes the lifting say what to do, shares nothing until that is done, and is told by every run until then', async () => {
    const world = await sharing();
    world.refusal = (_, action) => (action === 'GET' ? { status: 403, code: 'AccessDenied' } : undefined);
    await stopShares([one.share], listOf(one), world.ports());
    world.refusal = () => undefined;
    const { complete, steps } = await liftStops([one.share], listOf(one), world.ports());
    expect(complete).toBe(false);
    expect(steps).toMatchObject([{ outcome: 'failed', error: expect.stringContaining('--revert-drift') }]);
    for (let run = 0; run < 2; run++) {
      world.time += HOUR;
      const { failures, created } = await world.run(listOf(one));
      expect([created, failures]).toMatchObject([
        0,
        [{ share: one.share, error: expect.stringContaining('is lost') }],
      ]);
    }
    // What that deployment does.
    world.s3.policies.set(one.share, openPolicy(one.share));
    await expect(world.run(listOf(one))).resolves.toMatchObject({ created: 1, failures: [] });
  });

  it('leaves the policy of a share that is over: its dates keep it shut, and the run says that it could not close', async () => {
    const world = withEnded();
    world.refusal = (_, action) => (action === 'GET' ? { status: 403, code: 'AccessDenied' } : undefined);
    const { failures, revoked } = await world.run(listOf(ended));
    expect([revoked, failures]).toMatchObject([1, [{ what: 'close the access point', share: ended.share }]]);
    expect(world.s3.policies.get(ended.share)).toBe(openPolicy(ended.share));
  });

  it('is heard three times before the policy of a share that is no longer listed goes, and the log says that it is lost', async () => {
    for (const [times, lost] of [
      [2, 0],
      [3, 1],
    ] as const) {
      const world = withEnded();
      world.refusal = first(times, 'GET', DENIED);
      await expect(world.run(listOf())).resolves.toMatchObject({ revoked: 1, failures: [] });
      expect(world.s3.isClosed(ended.share)).toBe(true);
      expect(world.log.filter(({ action }) => action === 'policy-lost')).toHaveLength(lost);
      expect(world.s3.statements(ended.share)).toHaveLength(lost === 1 ? 1 : 2);
    }
  });

  it('costs a stop of many shares its doubt once, not for each', async () => {
    const many = Array.from({ length: 100 }, (_, n) => share(n));
    const world = new World();
    world.prepare(...many);
    world.sideBySide = true;
    world.refusal = (_, action) => (action === 'GET' ? { status: 403, code: 'AccessDenied' } : undefined);
    await expect(stopShares(['*'], listOf(...many), world.ports())).resolves.toMatchObject({
      complete: true,
    });
    expect(many.every((each) => world.s3.isClosed(each.share))).toBe(true);
    expect(world.time - NOW).toBeLessThan(8_000);
  });
});

describe('a step that failed', () => {
  it.each([
    ['refused for good', [403, 'AccessDenied']],
    ['in conflict for as long as it was asked', [409, 'OperationAborted']],
  ] as const)(
    '%s, the closing of an ended share is taken up by each run until it is done',
    async (_, refusal) => {
      const world = withEnded();
      world.refusal = first(10_000, 'PUT', refusal);
      for (let run = 0; run < 2; run++) {
        const { failures } = await world.run(listOf(ended));
        expect(failures).toMatchObject([{ what: 'close the access point', share: ended.share }]);
        world.time += HOUR;
      }
      // No grant hangs on it any more.
      expect([world.kms.truth(), world.s3.isClosed(ended.share)]).toEqual([[], false]);
      world.refusal = () => undefined;
      await expect(world.run(listOf(ended))).resolves.toMatchObject({ failures: [] });
      expect(world.s3.isClosed(ended.share)).toBe(true);
      const before = world.changes.length;
      await world.run(listOf(ended));
      expect(world.changes).toHaveLength(before);
    },
  );

  it('as the stop of a share that the list no longer has is taken up by the next run', async () => {
    const world = await sharing();
    world.refusal = first(10_000, 'PUT', [403, 'AccessDenied']);
    await expect(stopShares([one.share], listOf(), world.ports())).resolves.toMatchObject({
      complete: false,
    });
    expect([world.kms.truth(), world.s3.isClosed(one.share)]).toEqual([[], false]);
    world.refusal = () => undefined;
    await expect(world.run(listOf())).resolves.toMatchObject({ failures: [] });
    expect(world.s3.isClosed(one.share)).toBe(true);
  });

  it.each([
    ['the key is gone', (world: World) => (world.kms.state = undefined), 'the key does not exist'],
    [
      'the grants can’t be listed',
      (world: World) => {
        world.fault = (_call, action) =>
          action === 'ListGrants' ? new KmsError('AccessDeniedException') : undefined;
      },
      'AccessDenied',
    ],
    [
      'the key can’t be looked at',
      (world: World) => {
        world.fault = (_call, action) =>
          action === 'DescribeKey' ? new KmsError('AccessDeniedException') : undefined;
      },
      'AccessDenied',
    ],
  ])('as where %s keeps no ended or stopped share open', async (_what, fail, says) => {
    const world = withEnded();
    await stopShares([one.share], undefined, world.ports());
    world.s3.policies.set(one.share, openPolicy(one.share));
    fail(world);
    await expect(world.run(listOf(ended, one))).rejects.toThrow(says);
    expect([world.s3.isClosed(ended.share), world.s3.isClosed(one.share)]).toEqual([true, true]);
  });
});

describe('a listing whose marker KMS no longer knows', () => {
  const many = Array.from({ length: 5 }, (_, n) => share(n, { until: NOW - HOUR }));

  function listing(times: number): World {
    const world = new World();
    world.prepare(...many);
    for (const each of many) world.kms.plant({ ...RIGHT, Name: each.share, GranteePrincipal: each.grantee });
    world.kms.pageSize = 2;
    let left = times;
    let pages = 0;
    world.fault = (_, action) => {
      if (action !== 'ListGrants') return undefined;
      pages += 1;
      if (pages % 3 !== 2 || left === 0) return undefined;
      left -= 1;
      pages = 0;
      return new KmsError('InvalidMarkerException');
    };
    return world;
  }

  it.each([1, 2])('is begun again, %d times, and every grant is found', async (times) => {
    const world = listing(times);
    await expect(world.run(listOf(...many))).resolves.toMatchObject({ revoked: 5, failures: [] });
  });

  it('is not begun for ever', async () => {
    const world = listing(1_000);
    await expect(world.run(listOf(...many))).rejects.toThrow('InvalidMarkerException');
    expect(world.calls).toBeLessThan(25);
  });
});

it('what lasts is not asked over and over: a refusal on the schedule is asked once', async () => {
  const world = new World();
  world.prepare(one);
  let asked = 0;
  world.fault = (_, action) => {
    if (action !== 'CreateGrant') return undefined;
    asked += 1;
    return new KmsError('AccessDeniedException');
  };
  await world.run(listOf(one));
  expect(asked).toBe(1);
  for (const name of [
    'KMSInvalidStateException',
    'DisabledException',
    'LimitExceededException',
    'ValidationException',
  ]) {
    asked = 0;
    world.fault = (_, action) => {
      if (action !== 'CreateGrant') return undefined;
      asked += 1;
      return new KmsError(name);
    };
    await world.run(listOf(one));
    expect([name, asked]).toEqual([name, 1]);
  }
});
