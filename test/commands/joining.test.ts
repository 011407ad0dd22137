/** That an organisation joins, pauses, leaves and is succeeded by one command each, wholly or not at all. */
import './synthesised-once';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leave } from '../../lib/commands/organisations/leave';
import { onboard, onboardCommand } from '../../lib/commands/organisations/onboard';
import { effectOfJoining } from '../../lib/commands/organisations/onboard-templates';
import { succeed } from '../../lib/commands/organisations/succeed';
import { EXIT } from '../../lib/commands/terminal';
import { type Disk, disk } from '../../lib/register/changes/commit';
import { QUESTIONS } from '../../lib/register/changes/interview/organisation-questions';
import { readRegisterFolder } from '../../lib/register/folder';
import { BEFORE } from '../register/changes/councils';
import { MINIMAL } from '../register/samples';
import { answering, folderWithRegister, run } from './captured-terminal';

const AS_OF = ['--as-of', '2026-12-01'];
const ACCOUNT = '100000000077';
const ROLE = `arn:aws:iam::${ACCOUNT}:role`;
const ANSWERS: Readonly<Record<string, string>> = {
  id: 'bristol',
  name: 'Bristol City Council: “the City”',
  sector: 'local-government',
  membership: 'member',
  account: ACCOUNT,
  custody: 'imported',
  'material-expires': '2027-06-30',
  administrators: `${ROLE}/security/key-administrator`,
  'may-deposit': 'none',
  'may-collect': `${ROLE}/benefits/reader, ${ROLE}/a,b`,
  'security-mailbox': 'cyber-security@bristol.example',
  'data-protection-mailbox': 'data-protection@bristol.example',
  assurance: 'cyber-essentials-plus',
  'assured-on': '2026-03-01',
  joins: '2027-01-04',
  codes: 'gss:E06000023:2011-01-01,companies-house:01234567:2020-01-01',
};
const FLAGS = Object.entries(ANSWERS).flatMap(([name, value]) => [`--${name}`, value]);

const registerIn = (folder: string) =>
  readRegisterFolder(join(folder, 'register')).map(({ path, bytes }) => `${path}\n${Buffer.from(bytes)}`);
const everythingIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('onboard', () => {
  it('has the operator let an external organisation through the perimeter, and leave its stack to it', async () => {
    const ofMembers = ['custody', 'administrators', 'may-deposit', 'material-expires'];
    const facts = Object.entries({ ...ANSWERS, membership: 'external' })
      .filter(([name]) => !ofMembers.includes(name))
      .flatMap(([name, value]) => [`--${name}`, value]);
    const { code, err } = await run(['onboard', ...facts, ...AS_OF], folderWithRegister(MINIMAL));
    expect([code, err]).toEqual([
      EXIT.clean,
      expect.stringMatching(
        /^ {2}in the management account:\n {2}npx cdk deploy Guardrails\n {2}in the operator’s account:\n {2}npx cdk deploy Zone$/m,
      ),
    ]);
  });

  it('writes one file of the register and the pack, and says what changes, who reads whom and what it costs', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, out, err } = await run(['onboard', ...FLAGS, ...AS_OF], folder);
    expect([code, err]).toEqual([
      EXIT.clean,
      expect.stringContaining('npx cdk deploy Zone Organisation-bristol'),
    ]);
    expect(out).toMatch(
      /^New: the stack Organisation-bristol in account 100000000077, with \d+ resources\.$/m,
    );
    expect(out).toMatch(
      /^Told that bristol takes part, and else unchanged: Zone, Organisation-dwp and Organisation-leeds\./m,
    );
    expect(out).toContain(
      'bristol can read nobody, and nobody can read bristol, until an agreement says so.',
    );
    expect(out).toMatch(/^Proven from the templates: [\d,]+ requests for what is bristol’s/m);
    expect(out).toMatch(/^It costs bristol about \$\d+\.\d\d a month \(US dollars, prices of /m);
    const file = readFileSync(join(folder, 'register/organisations/bristol.yaml'), 'utf8');
    expect(file).toContain(`account: "${ACCOUNT}"\n`);
    expect(file).toContain(`mayCollect:\n  - ${ROLE}/benefits/reader\n  - ${ROLE}/a,b\n`);
    // Its key can’t have its material before there is a key.
    expect(file).toContain('  materialExpires: 2027-06-30\n  material: awaited\n');
    expect(file).toContain('    value: "01234567"\n');
    expect(registerIn(folder)).toHaveLength(MINIMAL.length + 1);
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
    expect(readdirSync(join(folder, 'joining/bristol')).sort()).toEqual([
      'Organisation-bristol.template.json',
      'concordat-client.d.mts',
      'concordat-client.mjs',
      'concordat-profile.json',
      'joining.html',
      'own-roles.template.yaml',
    ]);
    // Once more, it is there already.
    const again = await run(['onboard', ...FLAGS, ...AS_OF, '--no-input'], folder);
    expect([again.code, again.err]).toEqual([
      EXIT.findings,
      expect.stringContaining('--id: bristol is in the register already'),
    ]);
  });

  it('with --dry-run writes nothing, and tells programs the same as JSON', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = everythingIn(folder);
    const { code, out, err } = await run(['onboard', ...FLAGS, ...AS_OF, '--dry-run', '--json'], folder);
    expect([code, err]).toEqual([EXIT.clean, '']);
    expect(JSON.parse(out)).toMatchObject({
      form: 'concordat-onboarding/v1',
      id: 'bristol',
      written: false,
      files: ['register/organisations/bristol.yaml'],
      effect: { newStacks: [{ name: 'Organisation-bristol' }], reads: [], proven: true },
    });
    expect(everythingIn(folder)).toEqual(before);
  });

  it('writes nothing where the templates would not allow just what the agreements say', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = everythingIn(folder);
    const unproven = onboardCommand(disk, (...change) => {
      const joined = effectOfJoining(...change);
      return { ...joined, effect: { ...joined.effect, proven: false } };
    });
    const { code, err } = await answering(unproven, folder, ANSWERS, []);
    expect(code).toBe(EXIT.findings);
    expect(err).toContain('Nothing was written: the templates would allow more or less');
    expect(everythingIn(folder)).toEqual(before);
  });

  it('asks for what is missing, says why an answer is wrong, and asks again', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { account: _, sector: __, joins: ___, ...given } = ANSWERS;
    const { code, err } = await answering(onboard, folder, given, [
      'local goverment',
      'local-government',
      '12345',
      '100000000022',
      ACCOUNT,
      '',
      '2027-02-30',
      '2027-01-04',
      'yes',
    ]);
    expect(code).toBe(EXIT.clean);
    expect(err).toContain('did you mean local-government?');
    const said = err.replace(/\s+/g, ' ');
    expect(said).toMatch(/account: 12345 `account` is not a 12-digit AWS account id/);
    expect(said).toContain(
      'account: 100000000022 the account is 100000000022, but every role and key of bristol is in',
    );
    expect(said).toMatch(/joins: .*2027-02-30|joins: .*does not exist/);
    expect(existsSync(join(folder, 'register/organisations/bristol.yaml'))).toBe(true);
  });

  it('writes nothing where whoever answers ends the input', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = everythingIn(folder);
    const { code, err } = await answering(onboard, folder, { id: 'bristol' }, ['A name', undefined]);
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('sector and what comes after it')]);
    // What was answered waits for the next time, in a file that is no part of the register.
    const kept = join('register', '.onboard-answers.json');
    expect(everythingIn(folder).filter((each) => each !== kept)).toEqual(before);
    const again = await answering(onboard, folder, { id: 'bristol' }, [undefined]);
    expect(again.err).toContain('You answered 1 of the questions before');
  });

  it('names all that is missing or wrong at once where nobody can be asked', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = everythingIn(folder);
    const words = [
      '--id',
      'bristol',
      '--account',
      '100000000022',
      '--sector',
      'council',
      '--membership',
      'external',
    ];
    const { code, err } = await run(['onboard', ...words, '--no-input', ...AS_OF], folder);
    expect(code).toBe(EXIT.findings);
    for (const each of [
      '--account: account 100000000022 is already that of leeds',
      '--sector: ',
      '--name NAME is missing',
      '--may-collect ARNS is missing',
    ])
      expect(err).toContain(each);
    // Somebody external has no key and deposits nothing, so nothing of that is asked.
    expect(err).not.toMatch(/--custody|--may-deposit|--administrators/);
    expect(everythingIn(folder)).toEqual(before);
  });

  it.each([
    [
      {
        'help-desk': 'desk@bristol.example',
        'help-desk-telephone': '0117 496 0120',
        'assured-on': '2026-03-01',
      },
      'contacts:\n  security: cyber-security@bristol.example\n  dataProtection: data-protection@bristol.example\n  helpDesk: desk@bristol.example\n  helpDeskTelephone: "0117 496 0120"\n',
    ],
    [{ assurance: 'none', 'assured-by': '2027-06-30' }, 'assurance:\n  scheme: none\n  by: 2027-06-30\n'],
    [
      { assurance: 'other', 'assurance-name': 'PSN', 'assured-on': '2026-03-01' },
      'assurance:\n  scheme: other\n  name: PSN\n  date: 2026-03-01\n',
    ],
  ])('asks of %j what goes with it, and nothing else', async (assured, lines) => {
    const folder = folderWithRegister(MINIMAL);
    const { 'assured-on': _, ...others } = ANSWERS;
    const flags = Object.entries({ ...others, ...assured }).flatMap(([name, answer]) => [
      `--${name}`,
      answer,
    ]);
    const { code } = await run(['onboard', ...flags, '--no-input', ...AS_OF], folder);
    expect(code).toBe(EXIT.clean);
    expect(readFileSync(join(folder, 'register/organisations/bristol.yaml'), 'utf8')).toContain(lines);
  });

  it('takes no assurance of a day that has not come, which check would refuse afterwards', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = everythingIn(folder);
    const flags = Object.entries({ ...ANSWERS, 'assured-on': '2199-01-01' }).flatMap(([name, answer]) => [
      `--${name}`,
      answer,
    ]);
    const { code, err } = await run(['onboard', ...flags, '--no-input', ...AS_OF], folder);
    expect(code).toBe(EXIT.findings);
    expect(err).toContain('--assured-on: the assurance is dated 1 January 2199, a day that has not come');
    expect(everythingIn(folder)).toEqual(before);
  });

  it('does not hold roles against an account that nobody has typed', async () => {
    const folder = folderWithRegister(MINIMAL);
    const flags = Object.entries({ ...ANSWERS, account: '12345' }).flatMap(([name, answer]) => [
      `--${name}`,
      answer,
    ]);
    const { code, err } = await run(['onboard', ...flags, '--no-input', ...AS_OF], folder);
    expect(code).toBe(EXIT.findings);
    expect(err.match(/^ {2}- --.*$/gm)).toEqual([expect.stringMatching(/^ {2}- --account: .*\. Fix: /)]);
  });

  it.each([
    [
      'a role of another account',
      { administrators: 'arn:aws:iam::100000000022:role/x' },
      '--administrators: ',
    ],
    ['one person’s mailbox', { 'security-mailbox': 'jane.smith@bristol.example' }, '--security-mailbox: '],
    [
      'a code of somebody else',
      { codes: 'gss:E08000035:2011-01-01' },
      '--codes: gss E08000035 is already an identifier of leeds',
    ],
    ['a code of no scheme', { codes: 'E06000023' }, '--codes: '],
    ['an id that is a code', { id: 'e06000023' }, '--id: '],
    ['an id with capitals', { id: 'Bristol' }, '--id: '],
    [
      'an account of the operator',
      // Its roles with it: else it is the account that seems to be a slip.
      Object.fromEntries(
        Object.entries(ANSWERS).map(([name, value]) => [
          name,
          value.replaceAll('100000000077', '100000000002'),
        ]),
      ),
      '--account: account 100000000002 is already that of the zone',
    ],
    ['a line of YAML', { name: 'x\nleaves: 2027-01-01' }, undefined],
  ])('judges %s by the rules of the register', async (_what, change, expected) => {
    const folder = folderWithRegister(MINIMAL);
    const flags = Object.entries({ ...ANSWERS, ...change }).flatMap(([name, value]) => [`--${name}`, value]);
    if (expected === undefined) {
      const { code } = await run(['onboard', ...flags, ...AS_OF, '--no-input'], folder);
      const text = readFileSync(join(folder, 'register/organisations/bristol.yaml'), 'utf8');
      expect([code, /^leaves:/m.test(text)]).toEqual([EXIT.clean, false]);
      return;
    }
    const { code, err } = await run(['onboard', ...flags, ...AS_OF, '--no-input'], folder);
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining(expected)]);
  });

  it('refuses answers that belong to another membership or custody, and words that do not go together', async () => {
    const folder = folderWithRegister(MINIMAL);
    const refused = async (...words: string[]) => {
      const { code, err } = await run(['onboard', ...words], folder);
      expect(code).toBe(EXIT.usage);
      return err;
    };
    expect(await refused('--membership', 'external', '--custody', 'account')).toContain(
      '--custody does not go with',
    );
    expect(await refused('--custody', 'account', '--key-arn', 'x')).toContain('--key-arn does not go with');
    expect(await refused('leeds')).toContain('name the organisation with --id');
    expect(await refused('--pack-only')).toContain('--pack-only needs an organisation');
    expect(await refused('leeds', '--pack-only', '--name', 'x')).toContain('--name does not go with it');
    expect(await refused('ledes', '--pack-only')).toContain('did you mean leeds?');
  });

  it('leaves neither file nor pack where the register’s file cannot be written', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = everythingIn(folder);
    const full: Disk = {
      ...disk,
      write: (path, bytes) => {
        if (path.includes('organisations')) throw new Error('no space left on device');
        disk.write(path, bytes);
      },
    };
    const outcome = answering(onboardCommand(full), folder, ANSWERS, []);
    await expect(outcome).rejects.toThrow('nothing was written: no space left on device');
    expect(everythingIn(folder).filter((each) => each !== 'joining')).toEqual(before);
  });

  it('asks in the order of its questions, and each has a flag that help explains', async () => {
    const { out } = await run(['onboard', '--help'], folderWithRegister(MINIMAL));
    for (const { name, takes, asks } of QUESTIONS) {
      expect(asks.length).toBeGreaterThan(10);
      expect(out).toContain(`--${name} ${takes}`);
    }
  });
});

describe('pause', () => {
  it('writes the pause and says which shares stop', async () => {
    const folder = folderWithRegister(MINIMAL);
    const words = ['pause', 'leeds', '--from', '2027-01-04', '--until', '2027-01-10', '--reason', 'A move'];
    const { code, out } = await run([...words, ...AS_OF], folder);
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringContaining('leeds is paused from 4 January 2027 to 10 January 2027.'),
    ]);
    expect(out).toContain('benefit-awards: leeds reads nothing of dwp in this time.');
    const again = await run([...words, ...AS_OF], folder);
    expect([again.code, again.err]).toEqual([
      EXIT.findings,
      expect.stringContaining('has a pause from 4 January 2027'),
    ]);
  });

  it.each([
    [['pause', 'leeds'], 'pause needs --from DATE and --reason TEXT'],
    [['pause', 'leeds', '--from', 'soon', '--reason', 'x'], '--from takes a day'],
    [['pause', 'ledes', '--from', '2027-01-04', '--reason', 'x'], 'did you mean leeds?'],
    [['leave', 'leeds'], 'leave needs --on DATE'],
    [['succeed', '--to', 'a'], 'succeed needs --from LIST and --on DATE'],
    [['succeed', '--from', 'a', '--on', '2027-04-01'], 'nobody takes over from a'],
    [['succeed', '--from', 'a,a', '--to', 'b', '--on', '2027-04-01'], '--from names a twice'],
    [['succeed', '--from', 'a', '--to', 'b', '--on', '2027-04-01', '--keep', 'x'], '--keep does not go with'],
    [['succeed', '--from', 'a', '--rename', 'B', '--to', 'c', '--on', '2027-04-01'], '--to does not go with'],
    [
      ['succeed', '--from', 'leeds', '--to', 'dwp', '--on', '2027-04-01', '--novate', 'benefit-awards'],
      '--novate takes agreement=successor',
    ],
    [
      ['leave', 'leeds', '--on', '2027-04-01', '--decisions', 'nowhere.yaml'],
      'nowhere.yaml cannot be read (it is not there)',
    ],
  ])('%j is wrong usage', async (words, message) => {
    const { code, err } = await run([...words, ...AS_OF], folderWithRegister(MINIMAL));
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(message)]);
  });
});

describe('leave', () => {
  it('with agreements that go on is refused with the list, and nothing is written', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = registerIn(folder);
    const { code, out, err } = await run(
      ['leave', 'leeds', '--on', '2027-03-31', '--no-input', ...AS_OF],
      folder,
    );
    expect([code, out]).toEqual([EXIT.findings, '']);
    expect(err).toContain(
      'Settle first:\n  - benefit-awards: dwp to leeds, until 31 March 2030. Say --end benefit-awards\n',
    );
    expect(registerIn(folder)).toEqual(before);
  });

  it('is asked about each where somebody answers', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, out, err } = await answering(leave, folder, { organisation: 'leeds', on: '2027-03-31' }, [
      '',
      'stop',
      'end',
      'yes',
    ]);
    expect([code, err]).toEqual([
      EXIT.clean,
      expect.stringContaining('‘stop’ is none of what can be chosen'),
    ]);
    expect(out).toBe(
      'leeds takes part until 31 March 2027.\nbenefit-awards ends on 31 March 2027.\nIts review of 31 March 2028 is on that day too, since a review comes before the end.\n',
    );
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
    const again = await run(['leave', 'leeds', '--on', '2027-03-31', ...AS_OF], folder);
    expect([again.code, again.err]).toEqual([
      EXIT.clean,
      expect.stringContaining('The register says all of this already'),
    ]);
  });

  it('changes no file where one cannot be written', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = registerIn(folder);
    // A folder stands where the new contents of the second file would be laid.
    mkdirSync(join(folder, 'register/organisations/.leeds.yaml.new'));
    const { code, err } = await run(
      ['leave', 'leeds', '--on', '2027-03-31', '--end', 'benefit-awards', ...AS_OF],
      folder,
    );
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('error: nothing was written: ')]);
    expect(registerIn(folder)).toEqual(before);
  });
});

describe('succeed', () => {
  const on = ['--on', '2027-04-01', ...AS_OF];

  it('takes decisions from a file, with every fault of it at its line', async () => {
    const folder = folderWithRegister(BEFORE);
    const words = [
      'succeed',
      '--from',
      'whole',
      '--to',
      'half-a,half-b',
      '--no-agreement',
      'half-b',
      '--decisions',
      'd.yaml',
      ...on,
    ];
    writeFileSync(join(folder, 'd.yaml'), 'decisions:\n  - agreement: care-whole\n    decision: novat\n');
    const faulty = await run(words, folder);
    expect([faulty.code, faulty.err]).toEqual([EXIT.faultyInput, expect.stringContaining('d.yaml:3:15')]);
    writeFileSync(
      join(folder, 'd.yaml'),
      'decisions:\n  - agreement: care-whole\n    decision: novate\n    into:\n      - id: care-a\n        recipients: [half-a]\n',
    );
    const { code, out } = await run(words, folder);
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringContaining('care-a is new from 1 April 2027: vale to half-a.'),
    ]);
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
  });

  it('takes flags, and organisations with successors of their own', async () => {
    const folder = folderWithRegister(BEFORE);
    const words = [
      '--from',
      'north,south=stays',
      '--to',
      'takes',
      '--novate',
      'bins-north=takes,bins-south=stays',
      '--json',
      '--dry-run',
    ];
    const before = registerIn(folder);
    const { code, out } = await run(['succeed', ...words, ...on], folder);
    expect([code, JSON.parse(out)]).toEqual([
      EXIT.clean,
      expect.objectContaining({
        form: 'concordat-change/v1',
        written: false,
        says: expect.arrayContaining([
          'bins-takes is new from 1 April 2027: takes to vale.',
          'bins-stays is new from 1 April 2027: stays to vale.',
        ]),
      }),
    ]);
    expect(registerIn(folder)).toEqual(before);
  });

  it('asks of each agreement whether it ends or to whom it passes, one or several', async () => {
    const folder = folderWithRegister(BEFORE);
    const values = { from: 'whole', to: 'half-a,half-b', on: '2027-04-01' };
    const { code, out, err } = await answering(succeed, folder, values, [
      '',
      'half-a,half-c',
      'half-a,half-b',
      'yes',
    ]);
    expect(code).toBe(EXIT.clean);
    expect(err).toContain('‘half-c’ is none of');
    expect(out).toContain('care-half-a is new from 1 April 2027: vale to half-a.');
    expect(out).toContain('care-half-b is new from 1 April 2027: vale to half-b.');
  });

  it('keeps what stays where a part passes, and renames', async () => {
    const folder = folderWithRegister(BEFORE);
    const part = [
      'succeed',
      '--from',
      'stays',
      '--to',
      'takes',
      '--part',
      'The parish of X',
      '--keep',
      'the-rest',
    ];
    const { code, out } = await run([...part, '--novate', 'parish-of-x=takes', ...on], folder);
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringContaining('stays hands over to takes on 1 April 2027, and stays.'),
    ]);
    const renamed = await run(
      ['succeed', '--from', 'stays', '--rename', 'Stays Council', '--codes', 'gss:E06000098', ...on],
      folder,
    );
    expect([renamed.code, renamed.out]).toEqual([
      EXIT.clean,
      expect.stringContaining('Its id, and every name in AWS, stay as they are.'),
    ]);
    expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
  });

  it('refuses what would not fit, before anything is written', async () => {
    const folder = folderWithRegister(BEFORE);
    const refused = async (...words: string[]) =>
      (await run(['succeed', ...words, '--no-input', ...on], folder)).err;
    expect(await refused('--from', 'north', '--to', 'takes', '--novate', 'bins-north=vale')).toContain(
      'nothing of bins-north can pass to vale',
    );
    expect(
      await refused(
        '--from',
        'north',
        '--to',
        'takes',
        '--end',
        'bins-north',
        '--novate',
        'bins-north=takes',
      ),
    ).toContain('bins-north is decided on twice');
  });
});
