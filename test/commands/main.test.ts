/** That the command line says what it can do, and what was wrong with what it was asked. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/commands/main';
import { EXIT, processTerminal } from '../../lib/commands/terminal';
import { edited, SAMPLE, set } from '../register/samples';
import { emptyFolder, folderWithRegister, run } from './captured-terminal';

const folder = folderWithRegister();
const faulty = folderWithRegister(
  edited(
    SAMPLE,
    set('organisations/leeds.yaml', { account: '12345' }),
    set('organisations/fife.yaml', { sector: 'councils' }),
  ),
);
const COMMANDS = ['check', 'synth', 'acknowledgements', 'schema'];
const READING = ['check', 'synth', 'acknowledgements'];

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('lists every command: %s', async (word) => {
    const { code, out, err } = await run([word], folder);
    expect([code, err]).toEqual([EXIT.clean, '']);
    for (const name of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${name} +[a-z]`, 'm'));
    expect(out).toContain(
      'Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 faulty input, 4 internal error, 5 unfinished: run it again.',
    );
  });

  it.each([['--help'], ['check', '--help'], ['agreement', 'new', '--help']])(
    'keeps to a terminal of 60 cells, but for what is to be typed: %s %s',
    async (...words) => {
      const { out } = await run(words, folder, false, 60);
      // What is to be typed stays on its line, and a word that is longer has a line of its own.
      const whole = /^(?:Usage|Example): | {7}npx |^\s+\S+$/;
      expect(out.split('\n').filter((line) => line.length > 60 && !whole.test(line))).toEqual([]);
    },
  );

  it('is what an empty command line gets, as wrong usage', async () => {
    const { code, out } = await run([], folder);
    expect(code).toBe(EXIT.usage);
    expect(out).toContain('Usage: npx concordat COMMAND');
  });

  it.each(COMMANDS)('of %s prints its usage, each of its options and an example', async (name) => {
    const { code, out, err } = await run([name, '--help'], emptyFolder());
    expect([code, err]).toEqual([EXIT.clean, '']);
    expect(out).toMatch(new RegExp(`^Usage: npx concordat ${name} `, 'm'));
    expect(out).toMatch(/^Example: npx concordat /m);
    const [, used = ''] = /^Usage: (.*)$/m.exec(out) ?? [];
    for (const [option] of used.matchAll(/--[a-z-]+/g))
      expect(out).toMatch(new RegExp(`^ {2}${option}\\b.* {2}[a-z]`, 'm'));
  });
});

describe('wrong usage', () => {
  it.each<[string[], string]>([
    [['chek'], "there is no command 'chek': did you mean check?"],
    [['deploy-everything'], "there is no command 'deploy-everything'"],
    [['synth', '--outptu', 'x'], 'synth has no option --outptu: did you mean --output?'],
    [['check', '--regsiter=x'], 'check has no option --regsiter: did you mean --register?'],
    [['check', '--toString'], 'check has no option --toString'],
    [['check', '-x'], 'check has no option -x'],
    [['check', 'register'], "check takes no 'register'"],
    [['check', '--', 'register'], "check takes no 'register'"],
    [['check', '--register'], '--register takes a value: --register DIR'],
    [['check', '--register='], '--register takes a value: --register DIR'],
    [['check', '--register', '--json'], '--register takes a value: --register DIR'],
    [['check', '--json=yes'], '--json takes no value'],
    [['check', '--format', 'xml'], "there is no format 'xml': choose one of text, json, sarif, github"],
    [['check', '--as-of', '2027-02-29'], "'2027-02-29' is not a day"],
    [['check', '--as-of', 'tomorrow'], "'tomorrow' is not a day"],
  ])('%j is met with a sentence and exit code 2', async (words, message) => {
    const { code, out, err } = await run(words, folder);
    expect([code, out]).toEqual([EXIT.usage, '']);
    expect(err).toContain(`error: ${message}`);
    expect(err).toMatch(/\nSee npx concordat (?:[a-z]+ )?--help\n$/);
    expect(err).not.toContain('    at ');
  });
});

describe('a place that is not fit', () => {
  it('is named with what is wrong with it, and is no fault of concordat', async () => {
    const file = String.raw`register/zone\.yaml`;
    const own = emptyFolder();
    writeFileSync(join(own, 'list'), '');
    for (const [words, from, place] of [
      // From Node 22 on it is the file that is named, and before that what was to be made below it.
      [['schema', '--register', 'register/zone.yaml'], folder, `${file}(?:/schema)?`],
      [['schema', '--register', 'register/zone.yaml/in'], folder, `${file}(?:/in/schema)?`],
      [['ledger', 'sample', 'list/in', '--register', join(folder, 'register')], own, 'list(?:/in)?'],
    ] as const) {
      const { code: exit, out, err } = await run(words, from);
      expect([exit, out]).toEqual([EXIT.usage, '']);
      expect(err).toMatch(new RegExp(`^error: .*${place}: what should be a folder is a file: .*\\n$`));
    }
  });

  it('writes a page of settings over an earlier one, and over nothing else', async () => {
    const own = emptyFolder();
    writeFileSync(join(own, 'README.md'), '# Ours\n');
    const { code, err } = await run(['schema', '--docs', 'README.md'], own);
    expect([code, err]).toEqual([
      EXIT.usage,
      expect.stringContaining('README.md is there and is no page of settings: name another file with'),
    ]);
    expect(readFileSync(join(own, 'README.md'), 'utf8')).toBe('# Ours\n');
    expect(readdirSync(own)).toEqual(['README.md']);
    for (const _ of ['once', 'again'])
      expect((await run(['schema', '--docs', 'settings.md'], own)).code).toBe(EXIT.clean);
  });

  it('keeps what else is in a folder of schemas', async () => {
    const own = emptyFolder();
    mkdirSync(join(own, 'register/schema'), { recursive: true });
    writeFileSync(join(own, 'register/schema/notes.txt'), 'ours');
    expect((await run(['schema'], own)).code).toBe(EXIT.clean);
    expect(readFileSync(join(own, 'register/schema/notes.txt'), 'utf8')).toBe('ours');
    expect(readdirSync(join(own, 'register/schema'))).toContain('zone.schema.json');
  });

  it('is not written over by a synth: the register, say, by a slip', async () => {
    const before = readdirSync(join(folder, 'register'), { recursive: true });
    const { code, out, err } = await run(['synth', '--output', 'register'], folder);
    expect([code, out]).toEqual([EXIT.usage, '']);
    expect(err).toContain('error: register holds something that is no cloud assembly: empty it, or name');
    expect(readdirSync(join(folder, 'register'), { recursive: true })).toEqual(before);
  });
});

describe('a faulty register', () => {
  it.each(READING)('is met by %s with every fault, its place and its fix, and exit code 3', async (name) => {
    const { code, out, err } = await run([name], faulty);
    expect(code).toBe(EXIT.faultyInput);
    const talk = name === 'check' ? out + err : err;
    expect(talk).toContain('register/organisations/leeds.yaml:');
    expect(talk).toContain('register/organisations/fife.yaml:');
    expect(talk).toMatch(/= .*fix:.* /);
    expect(err).toMatch(/\n\d+ errors in 2 files\./);
    expect(talk).not.toContain('    at ');
  });

  it('is not synthesised: nothing is written', async () => {
    const { out } = await run(['synth', '--output', 'assembly'], faulty);
    expect(out).toBe('');
    expect(readdirSync(faulty)).toEqual(['register']);
  });

  it.each(['json', 'sarif', 'github'])(
    'can be told to other programs as %s, on stdout alone',
    async (format) => {
      const { code, out, err } = await run(['check', '--format', format], faulty);
      expect(code).toBe(EXIT.faultyInput);
      expect(err.trim()).toMatch(/^\d+ errors in 2 files\.$/);
      if (format === 'github') expect(out).toMatch(/^::error file=/);
      else expect(JSON.parse(out)).toBeInstanceOf(Object);
    },
  );
});

describe('a sound register', () => {
  it('is said to be sound, on stderr, with its folder and the day', async () => {
    const { code, out, err } = await run(['check', '--as-of', '2026-12-01'], folder);
    expect([code, out]).toEqual([EXIT.clean, '']);
    expect(err).toMatch(
      /^register is sound as of 1 December 2026: \d+ organisations, \d+ agreements, \d+ contracts\.\n(?:note: .+\n)*$/,
    );
  });
});

describe('an error of concordat itself', () => {
  const breaking = async (...more: string[]) => {
    let err = '';
    const out = () => {
      throw new Error('no room');
    };
    const keep = (text: string) => {
      err += text;
    };
    const terminal = { out, err: keep, colour: false, cwd: folder };
    return { code: await main(['check', '--json', ...more], terminal), err };
  };

  it('is called one, without a stack trace unless that is asked for', async () => {
    const plain = await breaking();
    expect(plain.code).toBe(EXIT.internal);
    expect(plain.err).toMatch(/^internal error: /);
    expect(plain.err).not.toContain('    at ');
    const verbose = await breaking('--verbose');
    expect([verbose.code, verbose.err]).toEqual([EXIT.internal, expect.stringContaining('    at ')]);
  });
});

describe('colour', () => {
  const ESCAPE = '\u001b[';
  const terminals = (tty: boolean, env: NodeJS.ProcessEnv) => {
    const streams = [process.stdout, process.stderr];
    const before = streams.map((stream) => stream.isTTY);
    const { NO_COLOR, FORCE_COLOR } = process.env;
    try {
      for (const stream of streams) stream.isTTY = tty;
      delete process.env.NO_COLOR;
      delete process.env.FORCE_COLOR;
      Object.assign(process.env, env);
      return processTerminal().colour;
    } finally {
      for (const [index, stream] of streams.entries()) stream.isTTY = before[index] ?? false;
      Object.assign(process.env, { NO_COLOR: NO_COLOR ?? '1' });
      if (FORCE_COLOR === undefined) delete process.env.FORCE_COLOR;
    }
  };

  it('is used on a terminal, and elsewhere only by FORCE_COLOR; NO_COLOR outweighs both', () => {
    expect(terminals(true, {})).toBe(true);
    expect(terminals(false, {})).toBe(false);
    expect(terminals(false, { FORCE_COLOR: '1' })).toBe(true);
    expect(terminals(false, { FORCE_COLOR: '0' })).toBe(false);
    expect(terminals(true, { NO_COLOR: '1' })).toBe(false);
    expect(terminals(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
  });

  it('changes what a report looks like, not what it says', async () => {
    const [coloured, plain] = [await run(['check'], faulty, true), await run(['check'], faulty)];
    expect(coloured.out).toContain(ESCAPE);
    expect(plain.out).not.toContain(ESCAPE);
    const escapes = new RegExp(`${ESCAPE.replace('[', '\\[')}\\d+m`, 'g');
    expect(coloured.out.replace(escapes, '')).toBe(plain.out);
  });
});
