/** That an agreement is made by answering questions, goes on, ends sooner and is resumed by one command each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreementChange } from '../../lib/commands/agreements/agreement-change';
import { agreementEnd, agreementRenew } from '../../lib/commands/agreements/agreement-days';
import { agreementNew } from '../../lib/commands/agreements/agreement-new';
import type { Command } from '../../lib/commands/command';
import { leave } from '../../lib/commands/organisations/leave';
import { pause } from '../../lib/commands/organisations/pause';
import { agreementResume, resume } from '../../lib/commands/organisations/resume';
import { succeed } from '../../lib/commands/organisations/succeed';
import { EXIT } from '../../lib/commands/terminal';
import { dateOf, type IsoDate, today } from '../../lib/register/calendar';
import { AGREEMENT_QUESTIONS, Agreeing, type Answers, Changing } from '../../lib/register/changes';
import { type RegisterFile, readRegisterFolder } from '../../lib/register/folder';
import { goldenIn } from '../golden';
import { BEFORE } from '../register/changes/councils';
import { MINIMAL, SAMPLE } from '../register/samples';
import { answering, folderWithRegister, run } from './captured-terminal';
import { AGREEMENT_ANSWERS } from './own-zone';

const golden = goldenIn(__dirname);

const AS_OF = ['--as-of', '2026-12-01'];
const TODAY = dateOf('2026-12-01');
/** What somebody types, question after question. */
const TYPED = AGREEMENT_ANSWERS.with(2, '1')
  .with(
    5,
    'To let the council give free school meals to children whose parents have an award, without a form.',
  )
  .with(15, '5')
  .with(29, 'It is deleted after the school year, and the council says so in July.');
const fileIn = (folder: string) => join(folder, 'register/agreements/school-meals.yaml');
const kept = (folder: string) => join(folder, 'register/.agreement-answers.json');

describe('agreement new', () => {
  it('asks in a terminal of 60 columns as its golden file does, and writes the file that another one shows', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, out, err } = await answering(agreementNew, folder, {}, [...TYPED, 'yes'], 60);
    expect(code).toBe(EXIT.clean);
    golden('agreement-new.txt', `${err}---\n${out}`);
    golden('agreement-new.yaml', readFileSync(fileIn(folder), 'utf8'));
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
    expect(existsSync(kept(folder))).toBe(false);
    // What it says, and no answer, is within the width; a question’s last line is the answer’s.
    const said = err.split('\n').filter((line) => !/^[a-z0-9-]+(?: \[.*\])?: |^yes or a number: /.test(line));
    expect(said.filter((line) => line.length > 60)).toEqual([]);
  });

  it('goes back to the question before, explains one, and changes an answer at the end', async () => {
    const folder = folderWithRegister(MINIMAL);
    const slips = ['school-meal', '<', '?', ...TYPED, '2', 'Meals', 'yes'];
    const { code, err } = await answering(agreementNew, folder, {}, slips);
    expect(code).toBe(EXIT.clean);
    expect(err).toContain('It takes a handle of at most 48 characters');
    expect(readFileSync(fileIn(folder), 'utf8')).toMatch(/^id: school-meals\ntitle: Meals$/m);
  });

  it('asks again what an answer that was changed at the end has made wrong', async () => {
    const folder = folderWithRegister(MINIMAL);
    // The end moves to before the review.
    const changed = ['27', '2027-06-30', '2027-05-31', 'yes'];
    const { code, err } = await answering(agreementNew, folder, {}, [...TYPED, ...changed]);
    expect([code, err]).toEqual([EXIT.clean, expect.stringContaining('no longer fits')]);
    expect(readFileSync(fileIn(folder), 'utf8')).toMatch(/^ends: 2027-06-30\nreview: 2027-05-31$/m);
  });

  it('refuses an option to a question that does not come up, as soon as the answers decide it', async () => {
    const folder = folderWithRegister(MINIMAL);
    const upToTheLaw = [...TYPED.slice(0, TYPED.indexOf('uk-gdpr')), 'not-personal-data'];
    const outcome = answering(agreementNew, folder, { subjects: 'Some people' }, upToTheLaw);
    await expect(outcome).rejects.toThrow('--subjects does not go with your other answers');
    expect(existsSync(fileIn(folder))).toBe(false);
  });

  it('writes nothing before the end, and goes on where it was stopped, at every question', async () => {
    const whole = folderWithRegister(MINIMAL);
    await answering(agreementNew, whole, {}, [...TYPED, 'yes']);
    const folder = folderWithRegister(MINIMAL);
    for (const [index, answer] of TYPED.entries()) {
      const { code, err } = await answering(agreementNew, folder, {}, [answer, undefined]);
      expect([code, existsSync(fileIn(folder))]).toEqual([EXIT.findings, false]);
      expect(err.includes('of the questions before')).toBe(index > 0);
    }
    expect((await answering(agreementNew, folder, {}, ['yes'])).code).toBe(EXIT.clean);
    expect(readFileSync(fileIn(folder))).toEqual(readFileSync(fileIn(whole)));
    expect(existsSync(kept(folder))).toBe(false);
  });

  it('names everything that is missing where nobody can be asked, and has an option for each', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = readdirSync(folder, { recursive: true });
    const { code, err } = await run(['agreement', 'new', '--id', 'school-meals', ...AS_OF], folder);
    expect(code).toBe(EXIT.findings);
    for (const name of ['title', 'owner', 'aim', 'gateway', 'ends']) expect(err).toContain(`--${name} `);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    const { out } = await run(['agreement', 'new', '--help'], folder);
    for (const { name, takes } of AGREEMENT_QUESTIONS) expect(out).toContain(`--${name} ${takes}`);
  });

  it('refuses an option to a question that does not come up', async () => {
    const { code, err } = await run(
      ['agreement', 'new', '--regime', 'not-personal-data', '--article6', 'consent', ...AS_OF],
      folderWithRegister(MINIMAL),
    );
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('--article6 does not go with')]);
  });
});

describe('whatever is answered of the law and the data', () => {
  const choices = [
    { regime: 'uk-gdpr' },
    { regime: 'uk-gdpr', 'special-categories': 'health' },
    { regime: 'uk-gdpr', 'special-categories': 'health, genetic-data', article9: 'health-or-social-care' },
    { regime: 'uk-gdpr', 'special-categories': 'health', article9: 'substantial-public-interest' },
    { regime: 'uk-gdpr', 'criminal-offence': 'yes' },
    { regime: 'law-enforcement' },
    { regime: 'law-enforcement', 'special-categories': 'health', 'criminal-offence': 'yes' },
    { regime: 'not-personal-data' },
    { regime: 'uk-gdpr', contract: 'benefit-awards' },
  ] as const satisfies readonly Answers[];

  it.each(choices)(
    'what is taken for granted meanwhile is right, so only real faults are told: %j',
    (given) => {
      const agreeing = new Agreeing(MINIMAL, TODAY, TODAY);
      let answers: Record<string, string> = { ...given, id: 'a-new-one' };
      for (let [next] = agreeing.missing(answers); next; [next] = agreeing.missing(answers)) {
        expect(agreeing.faults(answers)).toEqual([]);
        answers = { ...answers, [next.name]: next.meanwhile(answers, agreeing.around) };
      }
      expect(agreeing.agreed(answers).files.map(({ path }) => path)).toEqual(['agreements/a-new-one.yaml']);
    },
  );

  it('every answer that a question offers is one that it takes', () => {
    const agreeing = new Agreeing(MINIMAL, TODAY, TODAY);
    for (const given of choices) {
      const refused = agreeing.asked(given).flatMap((question) =>
        question.offers(given, agreeing.around).flatMap(({ answer }) => {
          const faults = agreeing
            .faults({ ...given, [question.name]: answer })
            .filter((fault) => fault.question.name === question.name)
            .map(({ diagnostic }) => diagnostic.code);
          return faults.map((code) => `${question.name} ${answer}: ${code}`);
        }),
      );
      // The law of the bases that a public authority has not, and of sections that begin later, is told when chosen.
      expect(
        refused.filter((each) => !each.endsWith(': lawful-basis') && !each.endsWith(': too-large')),
      ).toEqual([]);
    }
  });
});

describe('agreement renew, end and resume', () => {
  const renewal = [
    ['--as', 'benefit-awards-2'],
    ['--ends', '2034-03-31'],
    ['--review', '2032-03-31'],
    ['--dpia-reference', 'DPIA-2026-099'],
    ['--dpia-date', '2026-11-02'],
  ].flat();
  const agreementIn = (folder: string, id: string) =>
    readFileSync(join(folder, `register/agreements/${id}.yaml`), 'utf8');
  const files = (folder: string) =>
    readRegisterFolder(join(folder, 'register')).map(({ path, bytes }) => `${path} ${Buffer.from(bytes)}`);

  it('an agreement goes on as one of its own from the day after, and the old one keeps every byte', async () => {
    const folder = folderWithRegister(MINIMAL);
    const old = agreementIn(folder, 'benefit-awards');
    const { code, out } = await run(['agreement', 'renew', 'benefit-awards', ...renewal, ...AS_OF], folder);
    expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('from 1 April 2030 to 31 March 2034')]);
    expect(agreementIn(folder, 'benefit-awards')).toBe(old);
    expect(agreementIn(folder, 'benefit-awards-2')).toMatch(
      /^starts: 2030-04-01\n(?:.*\n)*supersedes: benefit-awards\n$/m,
    );
    const again = await run(['agreement', 'renew', 'benefit-awards', ...renewal, ...AS_OF], folder);
    expect([again.code, again.err]).toEqual([
      EXIT.findings,
      expect.stringContaining('benefit-awards-2 follows benefit-awards already'),
    ]);
  });

  it('an agreement ends sooner, its review no later, and says what the recipient has to do', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, out } = await run(
      ['agreement', 'end', 'benefit-awards', '--on', '2027-06-30', ...AS_OF],
      folder,
    );
    expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('deletes its copy after 14 months')]);
    expect(agreementIn(folder, 'benefit-awards')).toMatch(/^review: 2027-06-30\nends: 2027-06-30$/m);
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
  });

  it.each([
    ['a day that is past', '2026-11-30'],
    ['the day on which it ends', '2030-03-31'],
    ['a day after that', '2031-01-01'],
  ])('%s is refused, and nothing is written', async (_what, on) => {
    const folder = folderWithRegister(MINIMAL);
    const before = files(folder);
    const { code } = await run(['agreement', 'end', 'benefit-awards', '--on', on, ...AS_OF], folder);
    expect([code, files(folder)]).toEqual([EXIT.findings, before]);
  });

  it('a suspension ends on the day before, stays written, and one that is to come is taken out', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = agreementIn(folder, 'benefit-awards');
    await run(['suspend', 'benefit-awards', '--as-of', '2026-12-01'], folder);
    const resume = (on: IsoDate | string, asOf: string) =>
      run(['agreement', 'resume', 'benefit-awards', '--on', on, '--as-of', asOf], folder);
    expect((await resume('2026-12-10', '2026-12-08')).code).toBe(EXIT.clean);
    expect(agreementIn(folder, 'benefit-awards')).toMatch(
      /^suspended:\n {2}from: 2026-12-01\n {2}until: 2026-12-09\n/m,
    );
    // By then it is over by itself.
    expect((await resume('2026-12-20', '2026-12-08')).code).toBe(EXIT.findings);
    expect((await resume('2026-12-01', '2026-12-01')).code).toBe(EXIT.clean);
    expect(agreementIn(folder, 'benefit-awards')).toBe(before);
  });

  it('a pause ends the same way', async () => {
    const folder = folderWithRegister(MINIMAL);
    await run(['pause', 'leeds', '--from', '2026-12-05', '--reason', 'A new system', ...AS_OF], folder);
    const { code, out } = await run(['resume', 'leeds', '--on', '2026-12-07', ...AS_OF], folder);
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringContaining('leeds is paused until 6 December 2026, and goes on from 7 December 2026.'),
    ]);
    expect((await run(['resume', 'dwp', ...AS_OF], folder)).code).toBe(EXIT.findings);
  });
});

describe('what changes an agreement or an organisation, in a terminal of 60 columns', () => {
  const SUSPENDED = ['suspend', 'benefit-awards', '--as-of', '2026-12-01'];
  const PAUSED = ['pause', 'leeds', '--from', '2026-12-05', '--reason', 'A new system', ...AS_OF];
  it.each<readonly [string, Command, readonly string[], readonly string[], readonly RegisterFile[]]>([
    // A slip of the name, a day that is none, one that is past, an empty answer, and the reason.
    [
      'pause',
      pause,
      ['leds', '1', 'soon', '2026-11-01', '2026-12-05', '', 'A new system', 'yes'],
      [],
      MINIMAL,
    ],
    ['resume', resume, ['?', 'leeds', '2026-11-30', '', 'yes'], PAUSED, MINIMAL],
    ['agreement-resume', agreementResume, ['1', '', 'yes'], SUSPENDED, MINIMAL],
    ['agreement-end', agreementEnd, ['1', '2030-03-31', '2027-06-30', 'yes'], [], MINIMAL],
    [
      'agreement-renew',
      agreementRenew,
      [
        '1',
        'benefit-awards',
        '',
        '2030-03-01',
        '2034-03-31',
        '2035-01-01',
        '2032-03-31',
        '',
        '2026-11-02',
        'yes',
      ],
      [],
      MINIMAL,
    ],
    ['leave', leave, ['leeds', '2027-03-31', '', 'keep', 'end', 'yes'], [], MINIMAL],
    // The second successor would have nothing: back, and both have a part; another day at the end.
    [
      'succeed',
      succeed,
      [
        '1',
        'whole',
        'half-a, whole',
        'half-a, half-b',
        '2027-04-01',
        '',
        'half-a',
        '<',
        'half-a, half-b',
        'yes',
      ],
      [],
      BEFORE,
    ],
    [
      'succeed-part',
      succeed,
      ['2', 'stays', 'takes', 'The parish of X', '2027-04-01', 'takes', 'keep', 'yes'],
      [],
      BEFORE,
    ],
    [
      'succeed-name',
      succeed,
      ['3', 'stays', 'Stays Council', 'E06000098', 'gss:E06000098', '2027-04-01', 'yes'],
      [],
      BEFORE,
    ],
  ])(
    '%s asks as its golden file does, and writes what was checked',
    async (name, command, typed, first, files) => {
      const folder = folderWithRegister(files);
      if (first.length > 0) expect((await run(first, folder)).code).toBe(EXIT.clean);
      const before = readRegisterFolder(join(folder, 'register'));
      const { code, out, err } = await answering(command, folder, {}, typed, 60);
      golden(`asked-${name}.txt`, `${err}---\n${out}`);
      expect(code).toBe(EXIT.clean);
      expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
      expect(readRegisterFolder(join(folder, 'register'))).not.toEqual(before);
      // Stopped before the end, nothing is written, and it goes on from there.
      const again = folderWithRegister(files);
      if (first.length > 0) await run(first, again);
      const stopped = await answering(command, again, {}, [...typed.slice(0, -1), undefined]);
      expect([stopped.code, readRegisterFolder(join(again, 'register'))]).toEqual([EXIT.findings, before]);
      expect((await answering(command, again, {}, ['yes'])).code).toBe(EXIT.clean);
      const [one, other] = [again, folder].map((each) => readRegisterFolder(join(each, 'register')));
      expect(one).toEqual(other);
    },
  );

  it('leaves out what was answered to a question that no longer comes up', async () => {
    const folder = folderWithRegister(BEFORE);
    // All passes, and it winds up until June; then only a part does, so nothing winds up.
    const whole = ['1', 'stays', 'takes', '2027-04-01', '2027-06-30', 'takes', 'takes'];
    const { code, err } = await answering(succeed, folder, {}, [
      ...whole,
      '1',
      '2',
      'The parish of X',
      'yes',
    ]);
    expect([code, err]).toEqual([EXIT.clean, expect.not.stringContaining('error')]);
    expect(readFileSync(join(folder, 'register/organisations/stays.yaml'), 'utf8')).not.toContain('windsUp');
  });

  it.each([
    [['pause'], 'pause needs ORGANISATION, --from DATE and --reason TEXT'],
    [['resume'], 'resume needs ORGANISATION'],
    [['agreement', 'resume'], 'agreement resume needs AGREEMENT'],
    [['agreement', 'end'], 'agreement end needs AGREEMENT and --on DATE'],
    [['agreement', 'renew', 'benefit-awards'], 'needs --as ID, --ends DATE, --review DATE'],
    [['leave'], 'leave needs ORGANISATION and --on DATE'],
    [['succeed'], 'succeed needs --from LIST, --to LIST and --on DATE'],
  ])('%j names all that is missing where nobody can be asked', async (words, says) => {
    const { code, err } = await run([...words, ...AS_OF], folderWithRegister(MINIMAL));
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(says)]);
  });
});

describe('agreement change', () => {
  const path = (folder: string) => join(folder, 'register/agreements/benefit-awards.yaml');
  const text = (folder: string) => readFileSync(path(folder), 'utf8');
  const change = (folder: string, ...options: string[]) =>
    run(['agreement', 'change', 'benefit-awards', ...options, ...AS_OF], folder);
  /** Before it begins, more of it may change. */
  const AHEAD = '2026-03-01';
  const changeAhead = (folder: string, ...options: string[]) =>
    run(['agreement', 'change', 'benefit-awards', ...options, '--as-of', AHEAD], folder);

  it('changes one setting and nothing else in the file, and says that the terms stay', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = text(folder);
    const { code, out } = await change(folder, '--breach-mailbox', 'incidents@dwp.example');
    expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('The terms stay as they were agreed')]);
    expect(text(folder)).toBe(before.replace(/breach: .*/, 'breach: incidents@dwp.example'));
  });

  it('takes what the assessment is about only with the day of one that covers it', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = text(folder);
    const items = ['--items', 'Award reference; Last day'];
    const refused = await changeAhead(folder, ...items);
    expect([refused.code, refused.err.replace(/\s+/g, ' ')]).toEqual([
      EXIT.findings,
      expect.stringContaining('--dpia-date DATE: the impact assessment'),
    ]);
    expect(text(folder)).toBe(before);
    const { code, out } = await changeAhead(folder, ...items, '--dpia-date', '2026-02-28');
    expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('changes the terms (items)')]);
    expect(text(folder)).toMatch(/^data:\n {2}items:\n {4}- Award reference\n {4}- Last day\n {2}subjects:/m);
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
  });

  it.each([
    ['--id', 'other', 'an id never changes'],
    ['--owner', 'leeds', 'npx concordat agreement new'],
    ['--regime', 'law-enforcement', 'another law makes another agreement'],
    ['--starts', '2026-12-24', 'it began on'],
    ['--ends', '2031-01-01', 'npx concordat agreement renew benefit-awards'],
    ['--review', '2031-01-01', '--review'],
    ['--items', 'All of it', 'was assessed before sharing began on 1 April 2026'],
  ])('refuses %s %s, says what to do instead, and writes nothing', async (option, value, says) => {
    const folder = folderWithRegister(MINIMAL);
    const before = text(folder);
    const { code, err } = await change(folder, option, value);
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining(says)]);
    expect(text(folder)).toBe(before);
  });

  it('says what may be given where nobody can be asked', async () => {
    const { code, err } = await change(folderWithRegister(MINIMAL));
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('agreement change --help')]);
  });

  it('withholds something from the public record, another thing, and nothing any more, and keeps every other byte', async () => {
    const folder = folderWithRegister(MINIMAL);
    const file = join(folder, 'register/agreements/benefit-awards.yaml');
    const before = readFileSync(file, 'utf8');
    const why = ['--withheld-reason', 'It would put people at risk.'];
    expect((await change(folder, '--withheld', 'counts', ...why)).code).toBe(EXIT.clean);
    expect((await change(folder, '--withheld', 'counts, review')).code).toBe(EXIT.clean);
    expect(readFileSync(file, 'utf8')).toBe(
      `${before}public:\n  withheld:\n    - counts\n    - review\n  reason: It would put people at risk.\n`,
    );
    expect((await change(folder, '--withheld', 'none')).code).toBe(EXIT.clean);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { code, err } = await change(folder, '--withheld', 'counts');
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('--withheld-reason')]);
  });

  it('asks for the signatures of an agreement, and no longer, and keeps every other byte', async () => {
    const folder = folderWithRegister(MINIMAL);
    const file = join(folder, 'register/agreements/benefit-awards.yaml');
    const before = readFileSync(file, 'utf8');
    const asked = await change(folder, '--approvals', 'required');
    expect([asked.code, asked.out]).toEqual([EXIT.clean, expect.stringContaining('changes the terms')]);
    expect(asked.out).toContain(
      'benefit-awards is not shared until dwp and leeds have approved its terms as they are now',
    );
    expect(readFileSync(file, 'utf8')).toBe(`${before}approvals: required\n`);
    expect((await change(folder, '--approvals', 'none')).code).toBe(EXIT.clean);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('shows what it says in a terminal of 60 columns, asks for what changes, and writes once that was checked', async () => {
    const folder = folderWithRegister(MINIMAL);
    // What may not change, a slip, an answer taken back, a wrong one, a right one, and the assessment that has to cover it.
    const typed = [
      '3',
      'x',
      '2',
      '<',
      '10',
      'Award reference; Last day',
      'yes',
      '18',
      '2031-01-01',
      '2026-02-28',
      'yes',
    ];
    const { code, out, err } = await answering(
      agreementChange,
      folder,
      { agreement: 'benefit-awards', 'as-of': AHEAD },
      typed,
      60,
    );
    expect(code).toBe(EXIT.clean);
    // What was done has been done by today, whatever day that is.
    golden('agreement-change.txt', `${err}---\n${out}`.replaceAll(today(), 'YYYY-MM-DD'));
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
  });

  it('writes nothing where it is stopped', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = text(folder);
    const { code } = await answering(agreementChange, folder, { agreement: 'benefit-awards' }, [
      '2',
      'Meals',
      undefined,
    ]);
    expect([code, text(folder)]).toEqual([EXIT.findings, before]);
  });

  it('reads every agreement of the sample as answers that come to the same agreement, and changes nothing then', () => {
    for (const { path: file } of SAMPLE.filter((each) => each.path.startsWith('agreements/'))) {
      const changing = new Changing(SAMPLE, file.replace(/^agreements\/|\.yaml$/g, ''), TODAY);
      expect([
        file,
        changing.differing(changing.current),
        changing.drafting.missing(changing.current),
      ]).toEqual([file, [], []]);
      expect([file, changing.changed(changing.current).files]).toEqual([file, []]);
    }
  });

  it('takes any setting out, puts it in and changes it, wherever it stands in the file, with every other byte as it was', () => {
    for (const { path: file } of SAMPLE.filter((each) => each.path.startsWith('agreements/'))) {
      const changing = new Changing(SAMPLE, file.replace(/^agreements\/|\.yaml$/g, ''), TODAY);
      const to = { 'breach-mailbox': 'incidents@body.example', 'collect-within': 'P9D', title: 'Another' };
      const [made] = changing.changed({ ...changing.current, ...to }).files;
      const back = new Changing(
        SAMPLE.map((each) => (each.path === file && made ? made : each)),
        file.replace(/^agreements\/|\.yaml$/g, ''),
        TODAY,
      );
      expect(back.current).toEqual({ ...changing.current, ...to });
    }
  });
});
