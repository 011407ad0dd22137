/** `concordat deposit` as it is typed, against S3 in memory: what is sent, what is refused before anything is, and what is said. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { depositCommand } from '../../lib/commands/delivery/deposit';
import { EXIT } from '../../lib/commands/terminal';
import { DeliveryRefused, StoreFailure } from '../../lib/delivery';
import { reportKeys } from '../../lib/names';
import { GATE_REPORT_FORM, type GateReport, gateReportText } from '../../lib/wire';
import { Desk, type Told } from './delivery-desk';
import { golden } from './golden';

const RATES = 'agreements/benefit-rates/rates.json';
const HEADER =
  'award_reference,national_insurance_number,family_name,date_of_birth,uprn,postcode,council_gss_code,benefit,award_start,award_end,weekly_amount\n';
const AWARD = 'AW00000001,AB123456C,Example,1970-01-31,,LS1 1UR,E08000035,state-pension,2026-04-06,,12.50\n';

const told: string[] = [];
/** Keeps what a scene came to for the golden file. */
async function scene(title: string, run: () => Promise<Told>): Promise<Told> {
  const outcome = await run();
  told.push(
    `== ${title}, exit ${outcome.code}\n${outcome.out}${outcome.err === '' ? '' : `--\n${outcome.err}`}`,
  );
  return outcome;
}

const deposit = (desk: Desk, ...words: readonly string[]) => desk.run(depositCommand(desk.open), ...words);

/** S3 is not even opened where this is refused. */
function closed(desk: Desk): Desk {
  desk.refuses = new Error('S3 was asked');
  return desk;
}

describe('it sends', () => {
  test('a file under its own name, and says by what the transfer is known', async () => {
    const desk = new Desk();
    desk.file('rates.json', '{}');
    const { code } = await scene('a file', () => deposit(desk, 'benefit-rates', 'rates.json'));
    expect(code).toBe(EXIT.clean);
    expect(desk.s3.current(RATES)?.bytes?.toString()).toBe('{}');
    await scene('the same again is another transfer', () => deposit(desk, 'benefit-rates', 'rates.json'));
    expect(desk.s3.objects.get(RATES)).toHaveLength(2);
  });

  test('a folder by the paths in it, and nothing else', async () => {
    const desk = new Desk();
    for (const name of ['b.json', 'a/1.csv', 'a/2.csv']) desk.file(`out/${name}`, name);
    const { code } = await scene('a folder', () => deposit(desk, 'benefit-rates', 'out'));
    expect(code).toBe(EXIT.clean);
    expect([...desk.s3.objects.keys()].sort()).toEqual(
      ['a/1.csv', 'a/2.csv', 'b.json'].map((name) => `agreements/benefit-rates/${name}`),
    );
    expect(desk.s3.current('agreements/benefit-rates/a/1.csv')?.about?.mediaType).toBe('text/csv');
  });

  test('a file in parts, and goes on where a run was killed', async () => {
    const desk = new Desk('dwp', (profile) => ({
      ...profile,
      sends: profile.sends.map((each) => ({ ...each, largestObject: 10 ** 12 })),
    }));
    const bytes = Buffer.alloc(17 * 1_048_576, 7);
    desk.file('rates.json', bytes);
    desk.kill = { call: 3, when: 'after' };
    await deposit(desk, 'benefit-rates', 'rates.json');
    expect([...desk.s3.uploads.values()].map(({ parts }) => parts.size)).toEqual([1]);
    desk.kill = undefined;
    const { out } = await scene('in parts, after an interruption', () =>
      deposit(desk, 'benefit-rates', 'rates.json', '--json'),
    );
    expect(JSON.parse(out)).toMatchObject({ event: 'deposited', bytes: bytes.length, before: false });
    expect(desk.s3.current(RATES)?.bytes?.equals(bytes)).toBe(true);
    expect(Math.max(...desk.s3.taken.values())).toBe(1);
  });

  test('what keeps to its contract', async () => {
    const desk = new Desk();
    desk.file('awards.csv', HEADER + AWARD);
    const { code } = await scene('with a contract', () =>
      deposit(desk, 'housing-benefit-awards', 'awards.csv', '--quiet'),
    );
    expect(code).toBe(EXIT.clean);
  });

  test('what a run before it deposited and could not say, and does not send that twice', async () => {
    const desk = new Desk();
    desk.file('out/a.json', '1');
    desk.file('out/b.json', '2');
    desk.kill = { call: 3, when: 'after' };
    await deposit(desk, 'benefit-rates', 'out');
    desk.kill = undefined;
    await scene('after an interruption', () => deposit(desk, 'benefit-rates', 'out'));
    expect([...desk.s3.objects.values()].map((versions) => versions.length)).toEqual([1, 1]);
  });
});

describe('it refuses, before a byte leaves,', () => {
  const refusals: readonly [title: string, run: (desk: Desk) => Promise<Told>][] = [
    ['an agreement that the profile does not have', (desk) => deposit(desk, 'benefit-rate', 'rates.json')],
    ['one under which it collects', (desk) => deposit(desk, 'housing-benefit-extract', 'rates.json')],
    ['one that is not in force yet', (desk) => deposit(desk, 'blue-badge-eligibility', 'rates.json')],
    [
      'one that is over',
      (desk) => {
        desk.now = Date.parse('2035-01-01T12:00:00Z');
        return deposit(desk, 'benefit-rates', 'rates.json');
      },
    ],
    ['a file that is not there', (desk) => deposit(desk, 'benefit-rates', 'rate.json')],
    [
      'an empty folder',
      (desk) => {
        mkdirSync(join(desk.folder, 'none'));
        return deposit(desk, 'benefit-rates', 'none');
      },
    ],
    [
      'a link in a folder',
      (desk) => {
        desk.file('out/rates.json', '{}');
        symlinkSync(join(desk.folder, 'rates.json'), join(desk.folder, 'out/link.json'));
        return deposit(desk, 'benefit-rates', 'out');
      },
    ],
    ['standard input without a name', (desk) => deposit(desk, 'benefit-rates', '-')],
    [
      'a name for several files',
      (desk) => deposit(desk, 'benefit-rates', 'rates.json', desk.file('b.json', ''), '--name', 'c.json'),
    ],
    [
      'files that are too large, of another type, of none, or of one name, all at once',
      (desk) => {
        desk.file('out/large.csv', Buffer.alloc(50_000_001));
        desk.file('out/notes.pdf', '');
        desk.file('out/README', '');
        desk.file('out/rates.json', '{}');
        return deposit(desk, 'benefit-rates', 'out', 'rates.json');
      },
    ],
    [
      'a name that is a path elsewhere',
      (desk) => deposit(desk, 'benefit-rates', 'rates.json', '--name', '../benefit-rates-2/rates.json'),
    ],
    [
      'a name that leaves no room for a report',
      (desk) => deposit(desk, 'benefit-rates', 'rates.json', '--name', `${'x'.repeat(990)}.json`),
    ],
    [
      'a type that was said and is not allowed',
      (desk) => deposit(desk, 'benefit-rates', 'rates.json', '--type', 'application/pdf'),
    ],
  ];
  test.each(refusals)('%s', async (title, run) => {
    const desk = closed(new Desk());
    desk.file('rates.json', '{}');
    expect((await scene(title, () => run(desk))).code).toBe(EXIT.findings);
  });

  test('no profile, and a faulty one', async () => {
    const desk = closed(new Desk());
    const missing = await scene('no profile', () =>
      deposit(desk, 'benefit-rates', 'x.json', '--profile', 'nowhere.json'),
    );
    const faulty = await scene('a faulty profile', () =>
      deposit(desk, 'benefit-rates', 'x.json', '--profile', desk.file('other.json', '{"form":"other"}')),
    );
    expect([missing.code, faulty.code]).toEqual([EXIT.faultyInput, EXIT.faultyInput]);
  });

  test('a file that breaks its contract, as the gate would, with the places', async () => {
    const desk = new Desk();
    desk.file('awards.csv', HEADER + AWARD.replace('12.50', '-1'));
    const { code } = await scene('a broken contract', () =>
      deposit(desk, 'housing-benefit-awards', 'awards.csv'),
    );
    expect([code, desk.s3.log]).toEqual([EXIT.findings, ['list']]);
  });

  test('a file with a password', async () => {
    const desk = new Desk();
    desk.file('rates.csv', Buffer.from('504b0304140001000000', 'hex'));
    const { code } = await scene('a locked file', () => deposit(desk, 'benefit-rates', 'rates.csv'));
    expect([code, desk.s3.log]).toEqual([EXIT.findings, ['list']]);
  });

  test('a clock that is an hour off', async () => {
    const desk = new Desk();
    desk.file('rates.json', '{}');
    desk.date = new Date(desk.now + 3_600_000).toUTCString();
    const { code } = await scene('an hour behind', () => deposit(desk, 'benefit-rates', 'rates.json'));
    expect([code, desk.s3.log]).toEqual([EXIT.findings, ['list']]);
  });
});

test.each<[string, Error, number]>([
  [
    'of another account',
    new DeliveryRefused({ refused: 'other-account', wanted: '100000000011', found: '111122223333' }),
    EXIT.findings,
  ],
  ['denied', new StoreFailure('denied', 'AccessDenied'), EXIT.findings],
  ['without credentials', new StoreFailure('no-credentials', 'CredentialsProviderError'), EXIT.unfinished],
  ['with expired credentials', new StoreFailure('credentials-expired', 'ExpiredToken'), EXIT.unfinished],
  [
    'with a full disk',
    new DeliveryRefused({ refused: 'disk', path: '/desk/state', code: 'ENOSPC', act: 'write' }),
    EXIT.unfinished,
  ],
  [
    'with a disk that cannot be written to',
    new DeliveryRefused({ refused: 'disk', path: '/desk/state', code: 'EROFS', act: 'write' }),
    EXIT.unfinished,
  ],
  ['with bytes that S3 finds changed', new StoreFailure('damaged', 'BadDigest'), EXIT.unfinished],
  ['with an endpoint that is gone', new StoreFailure('unreachable', 'ECONNREFUSED'), EXIT.unfinished],
  [
    'where all that is under way fails',
    new AggregateError([
      new StoreFailure('unreachable', 'EPIPE'),
      new StoreFailure('credentials-expired', 'ExpiredToken'),
    ]),
    EXIT.unfinished,
  ],
])('%s it says so, and ends by it', async (title, error, code) => {
  const desk = new Desk();
  desk.file('rates.json', '{}');
  desk.refuses = error;
  expect((await scene(title, () => deposit(desk, 'benefit-rates', 'rates.json'))).code).toBe(code);
  const { out } = await scene(`${title}, for programs`, () =>
    deposit(desk, 'benefit-rates', 'rates.json', '--json'),
  );
  expect(JSON.parse(out)).toMatchObject({ event: 'refused' });
});

describe('with --wait it ends by what became of it:', () => {
  const SCAN = 'GuardDutyMalwareScanStatus';
  const report = (outcome: 'released' | 'rejected', reasons: GateReport['reasons']): GateReport => ({
    form: GATE_REPORT_FORM,
    outcome,
    decided: '2026-12-01T12:01:00Z',
    list: 'a'.repeat(64),
    owner: 'dwp',
    agreement: 'benefit-rates',
    object: { bucket: 'b', key: RATES, version: 'v', bytes: 2, deposited: '2026-12-01T12:00:00Z' },
    checked: ['agreement'],
    reasons,
  });
  /** The owner’s account goes to work as soon as an object is there. */
  async function decided(
    title: string,
    act: (desk: Desk) => void,
    ...words: readonly string[]
  ): Promise<Told> {
    const desk = new Desk();
    desk.file('rates.json', '{}');
    const add = desk.s3.add.bind(desk.s3);
    desk.s3.add = (...given) => {
      const stored = add(...given);
      if (given[0] === RATES) act(desk);
      return stored;
    };
    return scene(title, () => deposit(desk, 'benefit-rates', 'rates.json', '--wait', ...words));
  }
  const tag = (desk: Desk, tags: Record<string, string>) => {
    for (const [name, value] of Object.entries(tags)) desk.s3.current(RATES)?.tags.set(name, value);
  };
  const gate = (desk: Desk, made: GateReport) => {
    const version = desk.s3.current(RATES)?.version ?? '';
    const { decision } = reportKeys({ key: RATES, version });
    const about = { mediaType: 'application/json', metadata: {} };
    desk.s3.add(decision, about, Buffer.from(gateReportText(made)), 'x', desk.s3.now);
    tag(desk, { [SCAN]: 'NO_THREATS_FOUND', 'concordat-gate': made.outcome });
  };

  test('released', async () => {
    expect((await decided('released', (desk) => gate(desk, report('released', [])))).code).toBe(EXIT.clean);
  });

  test('rejected, with the reasons of the gate', async () => {
    const reasons = [{ why: 'other-key', found: 'none' }] as const;
    const { code } = await decided('rejected', (desk) => gate(desk, report('rejected', [...reasons])));
    expect(code).toBe(EXIT.findings);
  });

  test.each(['THREATS_FOUND', 'UNSUPPORTED', 'FAILED'])('held, where the scan says %s', async (status) => {
    const { code } = await decided(`held, ${status}`, (desk) => tag(desk, { [SCAN]: status }));
    expect(code).toBe(EXIT.findings);
  });

  test('replaced, of which the depositor may learn nothing more', async () => {
    let isFirst = true;
    const { code } = await decided('replaced', (desk) => {
      const about = { mediaType: 'application/json', metadata: {} };
      if (isFirst) {
        isFirst = false;
        desk.s3.add(RATES, about, Buffer.from('3'), 'x', desk.s3.now);
      }
    });
    expect(code).toBe(EXIT.findings);
  });

  test('not decided in time, which is no verdict', async () => {
    const desk = new Desk();
    desk.file('rates.json', '{}');
    let looks = 0;
    const command = depositCommand((setting) => {
      const client = desk.open(setting);
      // The clock is at its end after the first look.
      return { ...client, now: () => desk.now + (looks++ > 0 ? 3_600_000 : 0) };
    });
    const { code } = await scene('not decided in time', () =>
      desk.run(command, 'benefit-rates', 'rates.json', '--wait', '--within', '1'),
    );
    expect(code).toBe(EXIT.unfinished);
  });
});

test('--abandon takes away what is under way under the agreement', async () => {
  const desk = new Desk();
  desk.file('rates.json', Buffer.alloc(17 * 1_048_576, 7));
  desk.kill = { call: 3, when: 'after' };
  await deposit(desk, 'benefit-rates', 'rates.json');
  desk.kill = undefined;
  expect(desk.s3.uploads.size).toBe(1);
  await scene('abandoned', () => deposit(desk, 'benefit-rates', '--abandon'));
  expect([desk.s3.uploads.size, desk.s3.objects.size]).toEqual([0, 0]);
  await scene('nothing to abandon', () => deposit(desk, 'benefit-rates', '--abandon'));
});

test.each([
  ['--abandon with a file', ['benefit-rates', 'rates.json', '--abandon']],
  ['no file', ['benefit-rates']],
  ['no number of minutes', ['benefit-rates', 'rates.json', '--wait', '--within', 'soon']],
])('%s is wrong usage', async (_what, words) => {
  expect((await deposit(new Desk(), ...words)).code).toBe(EXIT.usage);
});

test('each is said in words that were read aloud', () => golden('deposit.txt', told.join('\n')));
