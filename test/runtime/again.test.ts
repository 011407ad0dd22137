/** That what passes is asked again, within bounds, and nothing else is. */
import { insist, isPassing, isThrottled, Pace } from '../../lib/runtime';

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

it('tells throttling from what merely passes', () => {
  expect([failure('Throttling'), ofStatus(429), ofStatus(503)].map(isThrottled)).toEqual([true, true, false]);
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

it('lets so many calls a second pass', async () => {
  const time = clock();
  const pace = new Pace(time, 4);
  for (let call = 0; call < 9; call++) await pace.turn();
  expect(time.now()).toBe(2000);
});
