/** That a suspension stops what it names, in the owner’s account and in the register, and says so plainly. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HttpResponse } from '@smithy/core/protocols';
import fc from 'fast-check';
import { parseOrder } from '../../lambda/key-grants/order';
import { liftStops, stopShares } from '../../lambda/key-grants/stopping';
import {
  ATTEMPTS,
  answerOf,
  BrokerCallError,
  type CallBroker,
  failedCall,
} from '../../lib/commands/stops/broker-call';
import { suspendCommand } from '../../lib/commands/stops/suspend';
import { EXIT } from '../../lib/commands/terminal';
import { grantList } from '../../lib/policy/grant-list';
import { addDays, dateOf } from '../../lib/register/calendar';
import { withInterruption } from '../../lib/register/changes/interruption';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import type { Register } from '../../lib/register/register';
import { isLive, sharesOf } from '../../lib/register/share';
import { callingFunctions } from '../../lib/runtime';
import type { StopOrder } from '../../lib/wire';
import { World } from '../lambda/key-grants/world';
import { LETTERS_ID, letters } from '../register/letters';
import { MINIMAL } from '../register/samples';
import { folderWithRegister, type Given, run, typed } from './captured-terminal';

const AS_OF = '2026-12-01';
const AGREEMENT = 'air-quality-readings';
const OWNER_BROKER = /^arn:aws:lambda:eu-west-2:\d{12}:function:concordat-grant-broker$/;

interface Call {
  readonly arn: string;
  readonly order: StopOrder;
}

/** The list that the broker in an account was deployed with. */
function deployed(folder: string, brokerArn: string) {
  const register = loadedFrom(folder);
  const owner = register.organisations.find(({ account }) => brokerArn.includes(account));
  if (owner?.membership !== 'member') throw new Error(`${brokerArn} is of no member`);
  return grantList(
    register,
    owner,
    sharesOf(register, dateOf(AS_OF))
      .filter(isLive)
      .filter((share) => share.owner.id === owner.id),
  );
}

/** Runs `suspend` with a broker that is the real one, in a world in memory, unless another is given. */
async function suspend(folder: string, values: Given, other?: () => ReturnType<CallBroker>) {
  const calls: Call[] = [];
  const written = { out: '', err: '' };
  const command = suspendCommand(
    async (arn, order) => {
      calls.push({ arn, order });
      if (other) return await other();
      const asked = parseOrder(JSON.parse(JSON.stringify(order)));
      if (asked.kind !== 'stop' && asked.kind !== 'lift') throw new Error('that was no stop');
      const act = asked.kind === 'stop' ? stopShares : liftStops;
      return answerOf(
        JSON.parse(JSON.stringify(await act(asked.shares, deployed(folder, arn), new World().ports()))),
      );
    },
    () => new Date('2026-12-01T09:30:00Z'),
  );
  const code = await command.call(typed(command, { 'as-of': AS_OF, ...values }), {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    colour: false,
    cwd: folder,
  });
  return { code, calls, ...written };
}

const failing = (fault: Error) => () => Promise.reject(fault);
const answering = (answer: unknown) => async () => answerOf(answer);

/** By their content: each of many brokers is asked what it was deployed with. */
const registers = new Map<string, Register>();
const loadedFrom = (folder: string) => {
  const files = readRegisterFolder(join(folder, 'register'));
  const content = files
    .map(({ path, bytes }) => `${path}\n${Buffer.from(bytes).toString('utf8')}`)
    .join('\0');
  const known = registers.get(content);
  if (known !== undefined) return known;
  const loaded = loadRegister(files, dateOf(AS_OF));
  if (!loaded.ok) throw new Error('the register is no longer sound');
  registers.set(content, loaded.register);
  return loaded.register;
};
const statesOf = (folder: string, id: string) =>
  sharesOf(loadedFrom(folder), dateOf(AS_OF))
    .filter((share) => share.agreement.id === id)
    .map(({ state }) => state);

describe('suspending a reciprocal agreement', () => {
  it('without --live writes both shares into the register, and names each owner’s command', async () => {
    const folder = folderWithRegister(letters());
    const { code, calls, err } = await suspend(folder, { agreement: LETTERS_ID });
    expect([code, calls, statesOf(folder, LETTERS_ID)]).toEqual([EXIT.clean, [], ['suspended', 'suspended']]);
    expect(err).toContain(`npx concordat suspend ${LETTERS_ID} --owner leeds --live`);
  });

  it('with --live asks whose account it is, and stops what that party owns', async () => {
    const folder = folderWithRegister(letters());
    await expect(suspend(folder, { agreement: LETTERS_ID, live: true })).rejects.toThrow(
      'say whose account this is, --owner dwp or leeds',
    );
    const { calls, err } = await suspend(folder, { agreement: LETTERS_ID, live: true, owner: 'leeds' });
    expect(calls.map(({ arn }) => arn.split(':')[4])).toEqual(['100000000022']);
    expect(err).toContain(`npx concordat suspend ${LETTERS_ID} --owner dwp --live`);
    expect(statesOf(folder, LETTERS_ID)).toEqual(['suspended', 'suspended']);
    await expect(suspend(folder, { agreement: LETTERS_ID, owner: 'routing' })).rejects.toThrow(
      'is owned by dwp and leeds, not by routing',
    );
  });
});

describe('suspending an agreement', () => {
  it('without --live writes the register, stops nothing, and says so', async () => {
    const folder = folderWithRegister();
    expect(statesOf(folder, AGREEMENT)).toContain('in-force');
    const { code, calls, err } = await suspend(folder, {
      agreement: AGREEMENT,
      reason: 'A "lost" laptop: #1',
    });
    expect([code, calls]).toEqual([EXIT.clean, []]);
    expect(new Set(statesOf(folder, AGREEMENT))).toEqual(new Set(['suspended']));
    expect(err).toContain('now says that air-quality-readings is suspended from 1 December 2026');
    expect(err).toContain('Nothing is stopped yet');
    const agreement = loadedFrom(folder).agreements.find(({ id }) => id === AGREEMENT);
    expect(agreement?.suspended).toEqual({ from: '2026-12-01', reason: 'A "lost" laptop: #1' });
  });

  it('says that the register does not say so where its file cannot be written, and has stopped what it stopped', async () => {
    const folder = folderWithRegister();
    // A folder stands where the new contents would be laid.
    mkdirSync(join(folder, `register/agreements/.${AGREEMENT}.yaml.new`));
    const { code, calls, err } = await suspend(folder, {
      agreement: AGREEMENT,
      reason: 'A lost laptop',
      live: true,
    });
    expect([code, calls.length]).toEqual([EXIT.faultyInput, 1]);
    expect(err).toContain(
      `error: register/agreements/${AGREEMENT}.yaml does not say so, and nothing was written: `,
    );
    expect(err).not.toContain('internal');
  });

  it('with --live asks the owner’s broker to stop every share of it, and shows each step with its time', async () => {
    const folder = folderWithRegister();
    const register = loadedFrom(folder);
    const { code, calls, out, err } = await suspend(folder, { agreement: AGREEMENT, live: true });
    expect(code).toBe(EXIT.clean);
    const shares = sharesOf(register, dateOf(AS_OF)).filter((share) => share.agreement.id === AGREEMENT);
    expect(calls).toEqual([
      { arn: expect.stringMatching(OWNER_BROKER), order: { stop: [`${shares[0]?.id.split('--')[0]}--*`] } },
    ]);
    expect(calls[0]?.arn).toContain(shares[0]?.owner.account);
    expect(out).toMatch(/\d\d:\d\d:\d\d {2}\S+ +access point {2}not there/);
    expect(out).toMatch(/looked again {2}no grant is left/);
    expect(out).toContain('\nStopped.\n');
    expect(err).toContain('What a reader may still have:');
    expect(err).toContain('by 2026-12-04 at 09:30 UTC (72 hours)');
    expect(new Set(statesOf(folder, AGREEMENT))).toEqual(new Set(['suspended']));
  });

  it('gathers from a copy of the ledger what a breach report needs', async () => {
    const folder = folderWithRegister();
    expect((await run(['ledger', 'sample', 'copy'], folder)).code).toBe(EXIT.clean);
    const { code, err } = await suspend(folder, { agreement: AGREEMENT, live: true, ledger: 'copy' });
    expect(code).toBe(EXIT.clean);
    expect(err).toMatch(
      /\nair-quality-readings\n {2}objects concerned +\d+\n {2}deposited +\d+, from .* UTC\n/,
    );
    for (const recipient of ['cardiff', 'fife', 'leeds']) expect(err).toContain(`collected by ${recipient}`);
  });

  it('does nothing where the ledger that it was given can’t be read', async () => {
    const folder = folderWithRegister();
    const { code, calls, err } = await suspend(folder, {
      agreement: AGREEMENT,
      live: true,
      ledger: 'nowhere',
    });
    expect([code, calls]).toEqual([EXIT.faultyInput, []]);
    expect(err).toContain('the ledger in nowhere cannot be read: there is no folder nowhere');
    expect(statesOf(folder, AGREEMENT)).not.toContain('suspended');
  });

  it('tells other programs that no broker did anything where none was asked', async () => {
    const { out } = await suspend(folderWithRegister(), { agreement: AGREEMENT, json: true });
    expect(JSON.parse(out)).toEqual({ steps: [], complete: false });
  });

  it('gives the steps to other programs', async () => {
    const { out } = await suspend(folderWithRegister(), { agreement: AGREEMENT, live: true, json: true });
    const { complete, steps } = JSON.parse(out);
    expect(complete).toBe(true);
    expect(steps[0]).toMatchObject({ step: 'access-point', failed: false });
  });

  it('writes the register though the broker can’t be asked, says why, and exits with 1', async () => {
    const folder = folderWithRegister();
    const { code, out, err } = await suspend(
      folder,
      { agreement: AGREEMENT, live: true },
      failing(new BrokerCallError('there are no AWS credentials', { nothingDone: true })),
    );
    expect([code, out]).toEqual([EXIT.findings, '']);
    expect(err).toContain('error: nothing was stopped: there are no AWS credentials.\n');
    expect(err).toContain('docs/operating.md says how to stop by hand');
    expect(new Set(statesOf(folder, AGREEMENT))).toEqual(new Set(['suspended']));
  });

  it('does not say that nothing was done where that is not known', async () => {
    const { code, err } = await suspend(
      folderWithRegister(),
      { agreement: AGREEMENT, live: true },
      failing(new BrokerCallError('the connection was lost')),
    );
    expect(code).toBe(EXIT.findings);
    expect(err).toContain(
      'error: it is not known what was stopped: the connection was lost. Run this again, it is safe.',
    );
  });

  it('writes the register whatever the broker answers, and says of what it does not understand that it does not', async () => {
    const step = {
      at: '2026-12-01T09:30:00.000Z',
      share: '0123456789ab--leeds',
      step: 'access-point',
      outcome: 'closed',
      failed: false,
    };
    const right = { steps: [step], complete: true };
    const parts = ['at', 'share', 'step', 'outcome', 'failed'] as const;
    const wrong = fc.oneof(
      fc.jsonValue(),
      fc.record({ steps: fc.jsonValue(), complete: fc.jsonValue() }),
      fc
        .tuple(fc.constantFrom(...parts), fc.jsonValue())
        .map(([part, value]) => ({ ...right, steps: [step, { ...step, [part]: value }] })),
    );
    // A small register, since it is read before and after each answer.
    const before = folderWithRegister(MINIMAL);
    const agreement = 'benefit-awards';
    const file = join('register/agreements', `${agreement}.yaml`);
    const unwritten = readFileSync(join(before, file));
    await fc.assert(
      fc.asyncProperty(wrong, async (answer) => {
        writeFileSync(join(before, file), unwritten);
        const { code, err } = await suspend(before, { agreement, live: true }, answering(answer));
        expect(new Set(statesOf(before, agreement))).toEqual(new Set(['suspended']));
        if (code === EXIT.clean) return;
        expect(code).toBe(EXIT.findings);
        if (!err.startsWith('error: ')) return;
        expect(err).toContain('it is not known what was stopped: the grant broker answered in a form');
        expect(err).toContain('deploy the owner’s stack again, or stop by hand as docs/operating.md says');
      }),
      { numRuns: 60, examples: [[{ steps: [{ share: step.share }], complete: true }], [null], [right]] },
    );
  }, 60_000);

  it('understands a broker that says more than it knows', () => {
    const { complete, steps } = answerOf({
      steps: [
        {
          at: '2026-12-01T09:30:00.000Z',
          share: '0123456789ab--leeds',
          step: 'grant',
          outcome: 'revoked',
          failed: false,
          took: 3,
        },
      ],
      complete: true,
      version: 2,
    });
    expect([complete, steps[0]?.outcome]).toEqual([true, 'revoked']);
  });

  it('says which policy a stop could not keep, and how to bring it back', async () => {
    const step = {
      at: '2026-12-01T09:30:00.000Z',
      share: '0123456789ab--leeds',
      step: 'access-point',
      failed: false,
    };
    const answer = { steps: [{ ...step, outcome: 'closed', policyLost: true }], complete: true };
    const { code, out } = await suspend(
      folderWithRegister(),
      { agreement: AGREEMENT, live: true },
      answering(answer),
    );
    expect(code).toBe(EXIT.clean);
    expect(out).toContain('after the stop is lifted, deploy its stack with --revert-drift to bring it back');
  });

  it('writes the register even where the call breaks in a way that nobody foresaw', async () => {
    const folder = folderWithRegister();
    await expect(
      suspend(folder, { agreement: AGREEMENT, live: true }, failing(new TypeError('a fault in the client'))),
    ).rejects.toThrow('a fault in the client');
    expect(new Set(statesOf(folder, AGREEMENT))).toEqual(new Set(['suspended']));
  });

  it('reaches an agreement that was taken out of the register already, by its owner’s broker', async () => {
    const folder = folderWithRegister();
    const before = readdirSync(join(folder, 'register/agreements'));
    const { code, calls, err } = await suspend(folder, {
      agreement: 'long-gone',
      owner: 'leeds',
      live: true,
    });
    expect([code, calls.length]).toEqual([EXIT.clean, 1]);
    expect(calls[0]?.order).toEqual({ stop: [expect.stringMatching(/^[0-9a-f]{12}--\*$/)] });
    expect(err).toContain('The register no longer has long-gone');
    expect(readdirSync(join(folder, 'register/agreements'))).toEqual(before);
  });

  it('a second time finds the register as it is to be, and stops again', async () => {
    const folder = folderWithRegister();
    await suspend(folder, { agreement: AGREEMENT, live: true });
    const before = readFileSync(join(folder, 'register/agreements', `${AGREEMENT}.yaml`));
    const { code, calls, err } = await suspend(folder, { agreement: AGREEMENT, live: true });
    expect([code, calls.length]).toEqual([EXIT.clean, 1]);
    expect(err).toContain('says already that air-quality-readings is suspended from 1 December 2026');
    expect(readFileSync(join(folder, 'register/agreements', `${AGREEMENT}.yaml`))).toEqual(before);
  });

  // Planned, over, under way to a last day: whatever days the file has, a stop begins at once and has no end.
  it('is written whatever days the file has for a suspension, keeps them as comments, and resume takes it back', async () => {
    const days = fc.integer({ min: -60, max: 60 }).map((each) => addDays(dateOf(AS_OF), each));
    await fc.assert(
      fc.asyncProperty(
        days,
        fc.option(fc.nat(40), { nil: undefined }),
        fc.boolean(),
        async (from, last, crlf) => {
          const folder = folderWithRegister();
          const path = join(folder, 'register/agreements', `${AGREEMENT}.yaml`);
          const old = readFileSync(path, 'utf8').replaceAll('\n', crlf ? '\r\n' : '\n');
          const file = { path: `agreements/${AGREEMENT}.yaml`, bytes: Buffer.from(old) };
          const until = last === undefined ? undefined : addDays(from, last);
          const before = withInterruption(file, { kind: 'suspended', from, until, reason: 'Planned: #1' });
          writeFileSync(path, before.bytes);
          const { code, err } = await suspend(folder, { agreement: AGREEMENT, reason: 'A lost laptop' });
          expect([code, new Set(statesOf(folder, AGREEMENT))]).toEqual([EXIT.clean, new Set(['suspended'])]);
          const now = loadedFrom(folder).agreements.find(({ id }) => id === AGREEMENT)?.suspended;
          const text = readFileSync(path, 'utf8');
          const isInForce = from <= AS_OF && (until === undefined || AS_OF <= until);
          expect([now?.from, now?.until]).toEqual([isInForce ? from : AS_OF, undefined]);
          if (until === undefined && from <= AS_OF)
            return expect(text).toBe(Buffer.from(before.bytes).toString());
          expect(text.startsWith(old)).toBe(true);
          expect(text.slice(old.length).replaceAll(/^# /gm, '')).toContain(
            Buffer.from(before.bytes).toString().slice(old.length).trimEnd(),
          );
          expect(err).toContain('those lines stay as comments above');
          const resume = ['agreement', 'resume', AGREEMENT, '--as-of', AS_OF, '--no-input'];
          const resumed = await run(resume, folder);
          expect([resumed.code, resumed.err]).toEqual([EXIT.clean, expect.anything()]);
          const again = loadRegister(readRegisterFolder(join(folder, 'register')), addDays(dateOf(AS_OF), 1));
          if (!again.ok) throw new Error('the register is no longer sound');
          const states = sharesOf(again.register, addDays(dateOf(AS_OF), 1))
            .filter((share) => share.agreement.id === AGREEMENT)
            .map(({ state }) => state);
          expect(states).not.toContain('suspended');
        },
      ),
      { numRuns: 12 },
    );
  });

  it('is lifted without touching the register', async () => {
    const folder = folderWithRegister();
    const { code, calls, out } = await suspend(folder, { agreement: AGREEMENT, live: true, lift: true });
    expect([code, Object.keys(calls[0]?.order ?? {})]).toEqual([EXIT.clean, ['lift']]);
    expect(out).toContain('The stop is lifted.');
    expect(statesOf(folder, AGREEMENT)).not.toContain('suspended');
  });

  it('leaves every other byte of the file as it was, and no other file', async () => {
    const folder = folderWithRegister();
    const path = join(folder, 'register/agreements', `${AGREEMENT}.yaml`);
    const before = readFileSync(path, 'utf8');
    const files = readdirSync(join(folder, 'register/agreements'));
    await suspend(folder, { agreement: AGREEMENT });
    expect(readFileSync(path, 'utf8').startsWith(before)).toBe(true);
    expect(readdirSync(join(folder, 'register/agreements'))).toEqual(files);
  });
});

describe('suspending all that an organisation shares', () => {
  it('stops its own shares in its own account, pauses it, and names every other owner’s command', async () => {
    const folder = folderWithRegister();
    const register = loadedFrom(folder);
    const { code, calls, err } = await suspend(folder, { 'all-of': 'leeds', live: true });
    expect(code).toBe(EXIT.clean);
    const all = sharesOf(register, dateOf(AS_OF));
    expect(calls).toMatchObject([{ order: { stop: ['*'] } }]);
    const others = new Set(
      all.filter(({ recipient }) => recipient.id === 'leeds').map(({ owner }) => owner.id),
    );
    expect(others.size).toBeGreaterThan(1);
    for (const owner of others)
      expect(err).toContain(`npx concordat suspend --all-of leeds --owner ${owner} --live`);
    expect(loadedFrom(folder).organisation('leeds' as never).paused).toMatchObject({ from: AS_OF });
  });

  it('stops, for another owner, only what that owner shares with it', async () => {
    const folder = folderWithRegister();
    const { calls } = await suspend(folder, { 'all-of': 'leeds', owner: 'dwp', live: true });
    const shares = sharesOf(loadedFrom(folderWithRegister()), dateOf(AS_OF)).filter(
      ({ owner, recipient }) => owner.id === 'dwp' && recipient.id === 'leeds',
    );
    expect(shares.length).toBeGreaterThan(0);
    expect(calls.map(({ order }) => order)).toEqual([{ stop: ['*--leeds'] }]);
  });
});

describe('from the zone', () => {
  /** With the operator’s right in the zone’s account, and brokers that are the real ones. */
  async function fromZone(
    folder: string,
    id: string,
    refusing: string[] = [],
    fault: Error = new BrokerCallError('refused', { nothingDone: true }),
  ) {
    const calls: Call[] = [];
    const rights: string[] = [];
    const written = { out: '', err: '' };
    const command = suspendCommand(
      () => {
        throw new Error('that was an owner’s own right');
      },
      () => new Date('2026-12-01T09:30:00Z'),
      (zoneAccount) => {
        rights.push(zoneAccount);
        return async (arn, order) => {
          calls.push({ arn, order });
          if (refusing.some((account) => arn.includes(account))) throw fault;
          if (!('stop' in order)) throw new Error('that was no stop');
          return answerOf(
            JSON.parse(
              JSON.stringify(await stopShares(order.stop, deployed(folder, arn), new World().ports())),
            ),
          );
        };
      },
    );
    const given = { 'as-of': AS_OF, 'all-of': id, 'from-zone': true, live: true };
    const code = await command.call(typed(command, given), {
      out: (said) => {
        written.out += said;
      },
      err: (said) => {
        written.err += said;
      },
      colour: false,
      cwd: folder,
    });
    return { code, calls, rights, ...written };
  }

  const accountOf = (register: ReturnType<typeof loadedFrom>, id: string) =>
    register.organisations.find((each) => each.id === id)?.account ?? '';

  it('one command stops what every owner shares with an organisation, and what it shares itself', async () => {
    const folder = folderWithRegister();
    const register = loadedFrom(folder);
    const owners = new Set(
      sharesOf(register, dateOf(AS_OF))
        .filter((share) => share.recipient.id === 'leeds')
        .map((share) => share.owner.account),
    );
    expect(owners.size).toBeGreaterThan(1);
    const leeds = accountOf(register, 'leeds');
    const { code, calls, rights, err } = await fromZone(folder, 'leeds');
    expect([code, rights]).toEqual([EXIT.clean, [register.zone.accounts.zone]]);
    expect(new Map(calls.map(({ arn, order }) => [arn.split(':')[4], order]))).toEqual(
      new Map<string | undefined, StopOrder>([
        ...[...owners].map((account): [string, StopOrder] => [account, { stop: ['*--leeds'] }]),
        [leeds, { stop: ['*'] }],
      ]),
    );
    expect(err).not.toContain('Each stops its own');
  });

  it('one owner that can’t be reached keeps no other from being stopped, and is named', async () => {
    const folder = folderWithRegister();
    const account = accountOf(loadedFrom(folder), 'dwp');
    const all = (await fromZone(folderWithRegister(), 'leeds')).calls.length;
    const { code, calls, err } = await fromZone(folder, 'leeds', [account]);
    expect([code, calls.length]).toEqual([EXIT.findings, all]);
    expect(err).toContain('dwp: nothing was stopped: refused');
  });

  it('nor does one whose call breaks in a way that nobody foresaw: what became of it is not known', async () => {
    const folder = folderWithRegister();
    const accounts = loadedFrom(folder).organisations.map(({ account }) => account);
    const all = (await fromZone(folderWithRegister(), 'leeds')).calls.length;
    const { code, calls, err } = await fromZone(
      folder,
      'leeds',
      accounts,
      new TypeError('a fault in the client'),
    );
    expect([code, calls.length]).toEqual([EXIT.findings, all]);
    expect(err).toContain(
      'dwp: it is not known what was stopped: the call broke off (TypeError: a fault in the client)',
    );
  });

  it.each<Given>([{ lift: true }, { owner: 'dwp' }])('takes no %j', async (also) => {
    const command = suspendCommand(
      () => Promise.reject(new Error('called')),
      () => new Date(),
    );
    const values = { 'as-of': AS_OF, 'all-of': 'leeds', 'from-zone': true, live: true, ...also };
    const out = { out: () => undefined, err: () => undefined, colour: false, cwd: folderWithRegister() };
    await expect(command.call(typed(command, values), out)).rejects.toThrow('each owner lifts');
  });
});

describe('what can’t be suspended is met with a sentence, and nothing is written', () => {
  it.each<[Record<string, string | boolean>, string]>([
    [{}, 'name the agreement to stop'],
    [{ agreement: AGREEMENT, 'all-of': 'leeds' }, 'not both'],
    [{ agreement: AGREEMENT, owner: 'leeds' }, 'is owned by belfast, not by leeds'],
    [{ agreement: 'air-quality-reading' }, 'did you mean air-quality-readings?'],
    [{ 'all-of': 'leed' }, 'did you mean leeds?'],
    [{ 'all-of': 'leeds', owner: 'dpw' }, "the register has no organisation 'dpw'"],
    [{ 'all-of': 'example-routing' }, 'is external and owns nothing here'],
    [{ agreement: AGREEMENT, lift: true }, '--lift goes with --live'],
  ])('%j', async (values, message) => {
    const folder = folderWithRegister();
    await expect(suspend(folder, values)).rejects.toThrow(message);
    expect(statesOf(folder, AGREEMENT)).not.toContain('suspended');
  });

  it('an agreement that has ended is stopped in its account, and stays in the register as it is', async () => {
    const folder = folderWithRegister();
    const { code, calls, err } = await suspend(folder, { agreement: 'housing-benefit-pilot', live: true });
    expect([code, calls.length]).toEqual([EXIT.clean, 1]);
    expect(err).toMatch(/says already that housing-benefit-pilot ended on .*; it stays as it is/);
    expect(statesOf(folder, 'housing-benefit-pilot')).toEqual(['ended']);
  });

  it('a register that is faulty', async () => {
    const folder = folderWithRegister();
    writeFileSync(join(folder, 'register/zone.yaml'), 'operator: 1\n');
    const { code, calls, err } = await suspend(folder, { agreement: AGREEMENT, live: true });
    expect([code, calls]).toEqual([EXIT.faultyInput, []]);
    expect(err).toContain('go back to the last sound version');
  });
});

it('says of each refusal of AWS what to do about it', () => {
  const named = (name: string) => Object.assign(new Error('no'), { name });
  for (const name of ['CredentialsProviderError', 'ExpiredTokenException', 'AccessDeniedException', 'Else'])
    expect(failedCall(named(name), '123456789012').message).toContain('123456789012');
  expect(failedCall(named('TimeoutError'), '123456789012')).toMatchObject({
    message: expect.stringMatching(/did not answer in time.*Run this again/),
    nothingDone: false,
  });
  expect(failedCall(named('TooManyRequestsException'), '123456789012')).toMatchObject({
    message: expect.stringMatching(/was not called: run this again.*stop by hand/),
    nothingDone: true,
  });
  expect(() => answerOf({ keyState: 'Enabled' })).toThrow('deploy the owner’s stack again');
});

it('asks a broker again for half a minute at a mean where its account runs no more functions at once', async () => {
  // Half of what the SDK waits at most, which it draws.
  const drawn = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  const waits: number[] = [];
  const timers = jest.spyOn(global, 'setTimeout').mockImplementation((done, milliseconds) => {
    waits.push(milliseconds ?? 0);
    setImmediate(done);
    return undefined as never;
  });
  const handle = async () => {
    const headers = { 'x-amzn-errortype': 'TooManyRequestsException', 'content-type': 'application/json' };
    return { response: new HttpResponse({ statusCode: 429, headers, body: Buffer.from('{}') }) };
  };
  const client = new LambdaClient({
    region: 'eu-west-2',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    ...callingFunctions(ATTEMPTS),
    requestHandler: { handle, destroy: () => {} },
  });
  const call = client.send(new InvokeCommand({ FunctionName: 'concordat-grant-broker' }));
  await expect(call).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  drawn.mockRestore();
  timers.mockRestore();
  const seconds = waits.reduce((sum, each) => sum + each, 0) / 1000;
  expect(seconds).toBeGreaterThan(20);
  expect(seconds).toBeLessThan(60);
});

it('keeps the line ends of the file, and ends the last line where it had no end', () => {
  const made = (text: string) =>
    Buffer.from(
      withInterruption(
        { path: 'x', bytes: Buffer.from(text) },
        {
          kind: 'paused',
          from: dateOf('2027-01-01'),
          reason: 'r',
        },
      ).bytes,
    ).toString();
  expect(made('a: b')).toBe('a: b\npaused:\n  from: 2027-01-01\n  reason: "r"\n');
  expect(made('a: b\r\n')).toBe('a: b\r\npaused:\r\n  from: 2027-01-01\r\n  reason: "r"\r\n');
});

it('is a command like the others', async () => {
  const { code, out } = await run(['suspend', '--help'], '.');
  expect(code).toBe(EXIT.clean);
  expect(out).toContain('suspend AGREEMENT [--live] [OPTIONS]');
});
