/** What `concordat probe` takes, what it says before it makes anything, and what it writes down. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { probeCommand } from '../../lib/commands/trials/probe';
import { knownAssumptions } from '../../lib/policy';
import { parseLiveOutcomes } from '../../lib/wire';
import { folderWithRegister, run } from '../commands/captured-terminal';
import { MINIMAL } from '../register/samples';
import { MemoryAws } from './memory-aws';

const ACCOUNTS = ['--accounts', '111122223333,444455556666'];

async function probe(words: readonly string[], aws: MemoryAws, cwd: string, answer?: string) {
  const written = { out: '', err: '' };
  const asked: string[] = [];
  const code = await probeCommand(
    () => aws,
    () => '2026-12-01',
  ).call(words, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    colour: false,
    cwd,
    ...(answer !== undefined && {
      ask: async (question: string) => {
        asked.push(question);
        return answer;
      },
    }),
  });
  return { code, asked, ...written };
}

const fileIn = (folder: string) => join(folder, 'register', 'assumptions.json');

describe('without AWS', () => {
  it('prints every call in order, in words and as JSON, for example accounts where none are given', async () => {
    const folder = folderWithRegister(MINIMAL);
    const words = await run(['probe', '--dry-run'], folder);
    expect([words.code, words.err]).toEqual([EXIT.clean, '']);
    expect(words.out).toContain('111122223333');
    const json = await run(
      ['probe', '--dry-run', '--json', '--accounts', '999988887777,444455556666'],
      folder,
    );
    const { form, calls, cost } = JSON.parse(json.out) as {
      form: string;
      calls: { account: string; words: string; operations: unknown[] }[];
      cost: { usd: number };
    };
    expect(form).toBe('concordat-probe-plan/v1');
    expect(calls.length).toBeGreaterThan(50);
    expect(new Set(calls.map(({ account }) => account))).toEqual(new Set(['999988887777', '444455556666']));
    expect(cost.usd).toBeLessThan(1);
  });

  it('prints a policy for each account', async () => {
    const { code, out } = await run(['probe', '--policy', ...ACCOUNTS], folderWithRegister(MINIMAL));
    expect(code).toBe(EXIT.clean);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['111122223333', '444455556666']);
  });

  it.each([
    [['probe', '--yes'], 'takes two sandbox accounts'],
    [['probe', '--accounts', '111122223333,111122223333'], 'takes two sandbox accounts'],
    [['probe', '--accounts', '111122223333,no'], "not 'no'"],
    [['probe', ...ACCOUNTS, '--organisation', 'leeds'], 'such as o-exampleorg1'],
  ])('refuses %p as wrong usage', async (words, says) => {
    const { code, err } = await run(words, folderWithRegister(MINIMAL));
    expect(code).toBe(EXIT.usage);
    expect(err).toContain(says);
  });

  it('refuses accounts of the register: they are no sandboxes', async () => {
    const { code, err } = await run(
      ['probe', '--accounts', '100000000011,444455556666'],
      folderWithRegister(),
    );
    expect(code).toBe(EXIT.usage);
    expect(err).toMatch(/100000000011 is the account of [a-z-]+ in the register/);
  });
});

describe('what was tested by hand', () => {
  const record = (folder: string, id: string, ...more: string[]) =>
    run(['probe', 'record', id, '--outcome', 'seen', '--saw', 'it came up', ...more], folder);

  it('is written down with today and the Region, beside what is there', async () => {
    const folder = folderWithRegister(MINIMAL);
    await probe([...ACCOUNTS, '--yes'], new MemoryAws(), folder);
    const before = parseLiveOutcomes(readFileSync(fileIn(folder), 'utf8')).outcomes.length;
    expect((await record(folder, 'hundreds-of-stops-in-a-row')).code).toBe(EXIT.clean);
    const { outcomes } = parseLiveOutcomes(readFileSync(fileIn(folder), 'utf8'));
    expect(outcomes).toHaveLength(before + 1);
    expect(outcomes.find(({ id }) => id === 'hundreds-of-stops-in-a-row')).toMatchObject({
      outcome: 'seen',
      region: 'eu-west-2',
      saw: 'it came up',
    });
  });

  it.each([
    ['grant-suffices-alone', 'is tested by npx concordat probe'],
    ['hundreds-of-stop-in-a-row', 'did you mean hundreds-of-stops-in-a-row?'],
  ])('is not taken of %s', async (id, says) => {
    const folder = folderWithRegister(MINIMAL);
    const { code, err } = await record(folder, id);
    expect([code, existsSync(fileIn(folder))]).toEqual([EXIT.usage, false]);
    expect(err).toContain(says);
  });

  it('leaves a file that can’t be read as it is', async () => {
    const folder = folderWithRegister(MINIMAL);
    writeFileSync(fileIn(folder), '{');
    expect((await record(folder, 'hundreds-of-stops-in-a-row')).code).toBe(EXIT.faultyInput);
    expect(readFileSync(fileIn(folder), 'utf8')).toBe('{');
  });
});

describe('with AWS', () => {
  it('says what it makes, what stays and what it costs, and makes nothing without a yes', async () => {
    for (const [words, answer] of [
      [ACCOUNTS, undefined],
      [ACCOUNTS, 'no'],
      [[...ACCOUNTS, '--no-input'], 'yes'],
    ] as const) {
      const aws = new MemoryAws();
      const told = { err: '' };
      await expect(probe(words, aws, folderWithRegister(MINIMAL), answer)).rejects.toThrow(/yes/);
      expect([aws.calls, told.err]).toEqual([[], '']);
    }
    const { code, err, asked } = await probe(ACCOUNTS, new MemoryAws(), folderWithRegister(MINIMAL), 'yes');
    expect(code).toBe(EXIT.clean);
    expect(asked).toHaveLength(1);
    expect(err).toMatch(/costs at most \$0\.\d\d \(prices of /);
    expect(err).toMatch(/leaves 2 keys .* deletes after 7 days/);
  });

  it('writes what was seen, with day and Region, so that a synth takes it', async () => {
    const folder = folderWithRegister(MINIMAL);
    const aws = new MemoryAws(new Set(['scan-writes-verdicts']));
    const { code, out } = await probe([...ACCOUNTS, '--yes'], aws, folder);
    expect(code).toBe(EXIT.findings);
    expect(out).toMatch(/^REFUTED +scan-writes-verdicts +.*ACCESS_DENIED/m);
    const outcomes = parseLiveOutcomes(readFileSync(fileIn(folder), 'utf8'));
    const known = knownAssumptions(outcomes, { region: 'eu-west-2', asOf: '2026-12-01' });
    const stateOf = (id: string) => known.find(({ assumption }) => assumption.id === id)?.state;
    expect(stateOf('grant-suffices-alone')).toMatchObject({
      is: 'seen',
      on: '2026-12-01',
      region: 'eu-west-2',
    });
    expect(stateOf('scan-writes-verdicts')?.is).toBe('refuted');
    // What needs an organisation was not asked, and what is tested by hand neither.
    expect(stateOf('events-by-organisation-trail')?.is).toBe('assumed');
    expect(stateOf('hundreds-of-stops-in-a-row')?.is).toBe('assumed');
    expect(readdirSync(join(folder, 'register')).filter((each) => each.endsWith('.new'))).toEqual([]);
  });

  it('keeps what was seen before, but for what it has now seen again', async () => {
    const folder = folderWithRegister(MINIMAL);
    await probe([...ACCOUNTS, '--organisation', 'o-exampleorg1', '--yes'], new MemoryAws(), folder);
    const before = parseLiveOutcomes(readFileSync(fileIn(folder), 'utf8')).outcomes;
    await probe([...ACCOUNTS, '--yes'], new MemoryAws(new Set(['record-shows-tags'])), folder);
    const after = parseLiveOutcomes(readFileSync(fileIn(folder), 'utf8')).outcomes;
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.filter(({ outcome }) => outcome === 'refuted').map(({ id }) => id)).toEqual([
      'record-shows-tags',
    ]);
  });

  it('writes nothing where nothing was seen, and overwrites no file that it can’t read', async () => {
    const folder = folderWithRegister(MINIMAL);
    const aws = new MemoryAws();
    aws.before = (call) => {
      if (call.startsWith('make-stack')) throw new Error('no rights');
    };
    const { code, err } = await probe([...ACCOUNTS, '--yes'], aws, folder);
    expect([code, existsSync(fileIn(folder))]).toEqual([EXIT.findings, false]);
    expect(err).toContain('Nothing was seen, so nothing was written.');
    writeFileSync(fileIn(folder), '{');
    const next = new MemoryAws();
    expect((await probe([...ACCOUNTS, '--yes'], next, folder)).code).toBe(EXIT.faultyInput);
    expect([next.calls, readFileSync(fileIn(folder), 'utf8')]).toEqual([[], '{']);
  });

  it('says what it needs where a profile can’t be used', async () => {
    const aws = new MemoryAws();
    aws.before = () => {
      throw Object.assign(new Error('no such profile'), { name: 'CredentialsProviderError' });
    };
    const { code, err } = await probe([...ACCOUNTS, '--yes'], aws, folderWithRegister(MINIMAL));
    expect(code).toBe(EXIT.faultyInput);
    expect(err).toContain('concordat-111122223333  of the account that owns');
    expect(err).toContain('npx concordat probe --policy');
  });

  it('only takes down with --take-down, and says what stays', async () => {
    const aws = new MemoryAws();
    await aws.perform({ call: 'make-stack', stack: 'recipient' });
    await aws.perform({ call: 'make-stack', stack: 'owner' });
    aws.stuck.add('owner');
    const folder = folderWithRegister(MINIMAL);
    const { code, out } = await probe(['--take-down', ...ACCOUNTS], aws, folder);
    expect(code).toBe(EXIT.findings);
    expect(out).toMatch(/LEFT in the owner’s account 111122223333: the stack concordat-probe-owner/);
    expect([[...aws.made.keys()], existsSync(fileIn(folder))]).toEqual([['owner'], false]);
  });
});
