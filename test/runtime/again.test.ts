/** That what passes is asked again, within bounds, and nothing else is. */
import { doubting, insist, isDenied, isPassing, isThrottled, Pace } from '../../lib/runtime';
import { LASTING, PASSING } from '../../lib/runtime/again';

const failure = (name: string, more: object = {}) => Object.assign(new Error('no'), { name, ...more });
const ofStatus = (httpStatusCode: number) => failure('Some', { $metadata: { httpStatusCode } });

it.each([
  ['throttling', failure('ThrottlingException')],
  ['S3’s throttling', failure('SlowDown')],
  ['too many requests', ofStatus(429)],
  ['a fault inside AWS', ofStatus(500)],
  ['a fault inside AWS of a status that the SDK does not retry', ofStatus(507)],
  ['a fault inside KMS, by name alone', failure('KMSInternalException')],
  ['a time out', failure('TimeoutError')],
  ['a connection that broke', failure('Error', { code: 'ECONNRESET' })],
  ['a name that can’t be looked up just now', failure('Error', { code: 'EAI_AGAIN' })],
  [
    'what fetch throws',
    new TypeError('fetch failed', { cause: failure('Error', { code: 'UND_ERR_SOCKET' }) }),
  ],
])('asks again after %s', (_what, error) => {
  expect(isPassing(error)).toBe(true);
});

it.each([
  ['a refusal', failure('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })],
  ['a fault of our own', new TypeError('undefined is not a function')],
  ['a fault of our own with a cause', new TypeError('no', { cause: new RangeError('no') })],
  ['an error whose cause is not one', new Error('no', { cause: null })],
  ['an abort', failure('AbortError')],
  ['what is no error', 'ThrottlingException'],
])('does not ask again after %s', (_what, error) => {
  expect(isPassing(error)).toBe(false);
});

it.each([
  ['what is not there', 'NoSuchKey', 404, false],
  ['a refusal', 'AccessDenied', 403, false],
  ['a signature of another time', 'SignatureDoesNotMatch', 403, true],
  ['a time that is too far off', 'RequestTimeTooSkewed', 403, true],
  ['throttling', 'SlowDown', 503, true],
  ['a fault of AWS', 'Some', 507, true],
])('where the SDK corrected the clock, %s is what it always is', (_what, name, httpStatusCode, passes) => {
  const error = failure(name, { $metadata: { httpStatusCode, clockSkewCorrected: true } });
  expect(isPassing(error)).toBe(passes);
});

it('tells throttling from what merely passes', () => {
  expect([failure('Throttling'), ofStatus(429), ofStatus(503)].map(isThrottled)).toEqual([true, true, false]);
});

describe('the one list of what passes', () => {
  // Each as its service answers it.
  it.each([
    ['S3’s conflict with another change of a policy', 'OperationAborted', 409],
    ['S3’s conflict with another write of a key', 'ConditionalRequestConflict', 409],
    ['S3’s connection that stood still', 'RequestTimeout', 400],
    ['S3’s clock, which is another than ours', 'RequestTimeTooSkewed', 403],
    ['a signature that is too old', 'RequestExpired', 403],
    ['S3’s end of a token', 'ExpiredToken', 400],
    ['the end of a token of services that speak JSON', 'ExpiredTokenException', 400],
    ['throttling at a status that is none of throttling', 'ThrottlingException', 400],
    ['throttling by IAM and CloudFormation', 'Throttling', 400],
    ['a key that is not available just now', 'KeyUnavailableException', 500],
    ['a parameter that somebody else writes', 'TooManyUpdates', 400],
    ['a role that somebody else changes', 'ConcurrentModification', 409],
    ['an item that a transaction changes', 'TransactionConflictException', 400],
  ])('has %s, whether it is told as the name of an error or as its code', (_what, name, httpStatusCode) => {
    expect(isPassing(failure(name, { $metadata: { httpStatusCode } }))).toBe(true);
    expect(isPassing(failure('AccessPointError', { code: name, $metadata: { httpStatusCode } }))).toBe(true);
  });

  it('has no quota that is full, nothing that a service does not do, and no refusal', () => {
    for (const name of [...LASTING, 'AccessDenied', 'AccessDeniedException', 'NoSuchKey', 'MalformedPolicy'])
      for (const httpStatusCode of [400, 403, 409])
        expect([name, isPassing(failure(name, { $metadata: { httpStatusCode } }))]).toEqual([name, false]);
    expect(isPassing(failure('NotImplemented', { $metadata: { httpStatusCode: 501 } }))).toBe(false);
    expect([...PASSING.keys()].filter((name) => LASTING.has(name))).toEqual([]);
  });

  it('knows a refusal for want of rights by both of its names', () => {
    for (const name of ['AccessDenied', 'AccessDeniedException'])
      expect([isDenied(failure(name)), isDenied(failure('AccessPointError', { code: name }))]).toEqual([
        true,
        true,
      ]);
    expect(isDenied(failure('RequestTimeTooSkewed', { $metadata: { httpStatusCode: 403 } }))).toBe(false);
  });
});

function clock(remaining = Number.POSITIVE_INFINITY) {
  const waits: number[] = [];
  let time = 0;
  const sleep = async (milliseconds: number) => {
    waits.push(milliseconds);
    time += milliseconds;
  };
  return { waits, now: () => time, sleep, remaining: () => remaining - time };
}

describe('insisting', () => {
  it('waits double each time, at most six times in all', async () => {
    const time = clock();
    let calls = 0;
    const call = () => {
      calls += 1;
      return Promise.reject(failure('SlowDown'));
    };
    await expect(insist(time, call)).rejects.toThrow('no');
    expect(calls).toBe(6);
    expect(time.waits).toEqual([200, 400, 800, 1600, 3200]);
  });

  it('ends where no time is left for another wait', async () => {
    const time = clock(700);
    await expect(insist(time, () => Promise.reject(failure('SlowDown')))).rejects.toThrow('no');
    expect(time.waits).toEqual([200, 400]);
  });

  it('ends with the first success, and at once at what does not pass', async () => {
    const answers = [failure('SlowDown'), failure('SlowDown'), 'done'];
    const time = clock();
    const call = async () => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next;
    };
    expect(await insist(time, call)).toBe('done');
    await expect(insist(time, () => Promise.reject(failure('Denied')))).rejects.toThrow('no');
    expect(time.waits).toHaveLength(2);
  });

  it('goes by a list of the caller’s own where it has one', async () => {
    const time = clock();
    await expect(
      insist(
        time,
        () => Promise.reject(failure('SlowDown')),
        () => false,
      ),
    ).rejects.toThrow('no');
    expect(time.waits).toEqual([]);
  });
});

describe('a refusal of one whose rights may be on their way', () => {
  const denied = failure('AccessDenied');

  it('is asked again until they must have arrived, and then told', async () => {
    const time = clock();
    await expect(insist({ ...time, rightsSettleBy: 60_000 }, () => Promise.reject(denied))).rejects.toBe(
      denied,
    );
    expect(time.now()).toBeGreaterThan(50_000);
    expect(time.now()).toBeLessThanOrEqual(60_000);
    expect(Math.max(...time.waits)).toBeLessThanOrEqual(8_000);
  });

  it('is taken at its word where none are', async () => {
    const time = clock();
    await expect(insist(time, () => Promise.reject(denied))).rejects.toBe(denied);
    expect(time.waits).toEqual([]);
  });
});

describe('doubt', () => {
  it('believes a refusal only when it has heard it three times, and the next at once', async () => {
    const time = clock();
    let calls = 0;
    const refuse = () => {
      calls += 1;
      return Promise.reject(failure('AccessDenied'));
    };
    const again = doubting(time);
    await expect(again(refuse)).rejects.toThrow('no');
    expect([calls, time.waits]).toEqual([3, [1_000, 2_000]]);
    await expect(again(refuse)).rejects.toThrow('no');
    expect(calls).toBe(4);
  });

  it('takes back a refusal that passes', async () => {
    const answers = [failure('MalformedPolicy'), 'done'];
    const call = async () => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next;
    };
    expect(await doubting(clock())(call)).toBe('done');
  });

  it('asks no more than insisting does after what passes', async () => {
    const time = clock();
    let calls = 0;
    const call = () => {
      calls += 1;
      return Promise.reject(failure('SlowDown'));
    };
    await expect(doubting(time)(call)).rejects.toThrow('no');
    expect(calls).toBe(6);
  });
});

it('lets so many calls a second pass', async () => {
  const time = clock();
  const pace = new Pace(time, 4);
  for (let call = 0; call < 9; call++) await pace.turn();
  expect(time.now()).toBe(2000);
});
