/** What becomes of work under way when a sign-in, or the session of a role, comes to its end. */
import { ServerClock } from '../../../lib/client/server-clock';
import { SessionFile } from '../../../lib/client/session-file';
import { roleBySession } from '../../../lib/client/web-identity';
import { EXIT } from '../../../lib/commands/terminal';
import type { DeliveryRefused } from '../../../lib/delivery';
import type { ProfileSignIn } from '../../../lib/wire';
import { Office } from './office';
import { trusting } from './trust';

const NAME = 'extract.xml';
const WORDS = ['housing-benefit-extract', NAME];
const KEY = `agreements/housing-benefit-extract/${NAME}`;
const HOUR = 3_600_000;
/** Two parts. */
const BYTES = Buffer.alloc(16 * 1_048_576 + 1, 7);

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  office.file(NAME, BYTES);
});
afterAll(() => office.close());
beforeEach(async () => {
  office.reset(() => trusting({ subjects: ['jo-0001'] }));
  await office.identity.seat({ subject: 'jo-0001', methods: ['mfa'] });
  await office.signin();
});
afterEach(() => jest.restoreAllMocks());

const clock = Date.now;
/** It is later, by the clocks of this computer and of AWS. */
function later(milliseconds: number): void {
  jest.spyOn(Date, 'now').mockImplementation(() => clock() + milliseconds);
}

/** It is as before, somebody signs in anew, and no session from before is good any more. */
async function signInAgain(): Promise<void> {
  jest.restoreAllMocks();
  office.sts.sessions.clear();
  office.door.hooks = {};
  expect((await office.signin()).code).toBe(EXIT.clean);
}

describe('a deposit goes on after signing in again, and no part is sent twice, where the session ended', () => {
  const goesOn = async (partsThen: number) => {
    const cut = await office.deposit(...WORDS);
    expect(cut).toMatchObject({
      code: EXIT.unfinished,
      err: expect.stringContaining('Your sign-in as jo-0001 was over'),
    });
    expect([...office.door.s3.uploads.values()].map(({ parts }) => parts.size)).toEqual([partsThen]);
    await signInAgain();
    expect((await office.deposit(...WORDS)).code).toBe(EXIT.clean);
    expect(office.door.s3.current(KEY)?.bytes?.equals(BYTES)).toBe(true);
    expect(office.door.s3.objects.get(KEY)).toHaveLength(1);
    expect([...office.door.s3.taken.values()]).toEqual([1, 1]);
  };

  test('while parts were under way, by the answer of S3', async () => {
    let took: () => void;
    const one = new Promise<void>((done) => {
      took = done;
    });
    office.door.hooks = {
      judges: async (part) => {
        if (part === 1) return;
        await one;
        later(2 * HOUR);
      },
      took: () => took(),
    };
    await goesOn(1);
  });

  test('after the last part, as the client saw by itself', async () => {
    const taken = new Set<number>();
    office.door.hooks = {
      took: (part) => {
        taken.add(part);
        if (taken.size === 2) later(2 * HOUR);
      },
    };
    await goesOn(2);
  });
});

test('while a sign-in lives a role is taken on with it; then its last session is used to its end, and no longer', async () => {
  const signIn = office.profile.signIn as ProfileSignIn;
  const now = () => Date.now();
  const file = new SessionFile(office.state, office.profile, signIn, now);
  const setting = { signIn, region: 'eu-west-2', clock: new ServerClock(), now };
  office.sts.log.length = 0;
  const credentials = await roleBySession(office.profile.roles.collect, file, setting);
  const first = await credentials();
  expect(office.sts.log).toHaveLength(1);
  // The SDK asks again before the end; half an hour on, the same sign-in gives a session that ends half an hour later.
  later(HOUR / 2);
  const second = await credentials();
  expect(second.expiration.getTime()).toBeGreaterThan(first.expiration.getTime());
  later(HOUR + 60_000);
  expect(await credentials()).toEqual(second);
  expect(file.read()?.token).toBeUndefined();
  await office.signout();
  expect(await credentials()).toEqual(second);
  later(2 * HOUR);
  const refused = await credentials().catch((error: unknown) => error);
  expect((refused as DeliveryRefused).refusal).toMatchObject({ refused: 'not-signed-in' });
  // Somebody signs in beside it: the run that is under way goes on.
  await signInAgain();
  expect((await credentials()).expiration.getTime()).toBeGreaterThan(Date.now());
});

test('a token that AWS finds over is taken out, though it would live by this computer’s clock', async () => {
  await office.identity.seat({ subject: 'jo-0001', methods: ['mfa'], seconds: 30 });
  await office.signin();
  office.sts.now = () => Date.now() + 60_000;
  const cut = await office.deposit(...WORDS);
  expect(cut).toMatchObject({ code: EXIT.unfinished, err: expect.stringContaining('was over') });
  expect(office.kept().map(({ text }) => JSON.parse(text).token)).toEqual([undefined]);
});

test('a deposit with a clock an hour behind AWS’s is refused for that, before anything is sent', async () => {
  office.sts.now = () => Date.now() + HOUR;
  office.door.now = office.sts.now;
  const cut = await office.deposit(...WORDS);
  expect(cut).toMatchObject({ code: EXIT.findings, err: expect.stringContaining('clock of this computer') });
  expect(office.door.s3.uploads.size).toBe(0);
});

test('a client that is open meets who signs in later, so that a run that watches goes on', async () => {
  await office.signout();
  const client = office.open({ cwd: office.folder, env: {}, state: office.state });
  const bucket = client.profile.bucket ?? '';
  await expect(client.store('deposit', bucket)).rejects.toMatchObject({
    refusal: { refused: 'not-signed-in' },
  });
  await office.signin();
  await expect(client.store('deposit', bucket)).resolves.toBeDefined();
});
