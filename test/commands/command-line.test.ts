/** That every command speaks one vocabulary, that what it is handed has the types it declares, and that help finds it. */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { command } from '../../lib/commands/command';
import { readValues } from '../../lib/commands/command-line';
import { COMMANDS } from '../../lib/commands/commands';
import {
  choice,
  day,
  list,
  needed,
  optionalWord,
  text,
  textOr,
  toggle,
  word,
} from '../../lib/commands/option';
import { EXIT } from '../../lib/commands/terminal';
import { dateOf } from '../../lib/register/calendar';
import { synthesised } from '../stacks/sample-assembly';
import { emptyFolder, run } from './captured-terminal';

const ROOT = resolve(__dirname, '../..');
const all = Object.entries(COMMANDS).map(([name, { load }]) => [name, load()] as const);

describe('the values of a command line', () => {
  const TAKES = {
    name: 'try',
    words: { thing: word('a thing'), other: optionalWord('another') },
    options: {
      folder: textOr('DIR', 'a folder', 'here'),
      note: text('TEXT', 'a note'),
      on: needed(day('a day')),
      parts: list('some parts'),
      colour: choice(['red', 'green'], 'a colour'),
      loud: toggle('loudly'),
    },
  };
  const read = (...args: string[]) => readValues(TAKES, args);

  it('are all there, each by its own kind', () => {
    expect(
      read('a', '--on', '2027-04-01', '--parts', 'x, y', '--parts=z', '--colour', 'red', '--loud'),
    ).toEqual({
      thing: 'a',
      other: undefined,
      folder: 'here',
      note: undefined,
      on: dateOf('2027-04-01'),
      parts: ['x', 'y', 'z'],
      colour: 'red',
      loud: true,
    });
    expect(read('a', 'b', '--on=2027-04-01', '--folder', 'there')).toMatchObject({
      other: 'b',
      folder: 'there',
      parts: [],
      colour: undefined,
      loud: false,
    });
  });

  it('have the types that are declared: a name that is misspelt, or a kind that is mistaken, does not compile', () => {
    const made = command({
      ...TAKES,
      example: 'npx concordat try',
      run: (values) => {
        const right: [string, string | undefined, string, string | undefined, boolean] = [
          values.thing,
          values.other,
          values.folder,
          values.note,
          values.loud,
        ];
        const on: string = values.on;
        const parts: readonly string[] = values.parts;
        const colour: 'red' | 'green' | undefined = values.colour;
        // @ts-expect-error: no option is spelt so
        values.foldr;
        // @ts-expect-error: it may be left out
        const note: string = values.note;
        // @ts-expect-error: it is there or not, and has no text
        const loud: string = values.loud;
        // @ts-expect-error: it is never green
        const blue: 'blue' | undefined = values.colour;
        return [right, on, parts, colour, note, loud, blue].length === 7 ? EXIT.clean : EXIT.findings;
      },
    });
    expect(made.name).toBe('try');
  });

  it.each<[string[], string]>([
    [[], 'try needs THING and --on DATE'],
    [['a'], 'try needs --on DATE: a day'],
    [['--on', '2027-04-01'], 'try needs THING: a thing'],
    [['a', '--on', 'soon'], "'soon' is not a day: --on takes a day, such as 2027-04-01"],
    [['a', '--on', '2027-04-01', '--folder', 'x', '--folder', 'y'], '--folder is given twice: give it once'],
    [
      ['a', '--on', '2027-04-01', '--colour', 'gren'],
      "there is no colour 'gren': choose one of red, green (did you mean green?)",
    ],
    [['a', 'b', 'c', '--on', '2027-04-01'], "try takes no 'c' after 'b'"],
    [['a', '--nose', 'x'], 'try has no option --nose: did you mean --note?'],
  ])('%j is refused in words', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});

describe('spellings of earlier versions are refused, and the new one is named', () => {
  it.each<[string[], string]>([
    [['evidence', '--out', 'x'], 'evidence has no option --out: it is called --output now'],
    [['onboard', '--out', 'x'], 'onboard has no option --out: it is called --output now'],
    [['synth', '--evidence', 'x'], 'synth has no option --evidence: it is called --evidence-pack now'],
  ])('%j', async (words, message) => {
    const { code, out, err } = await run(words, emptyFolder());
    expect([code, out]).toEqual([EXIT.usage, '']);
    expect(err).toContain(`error: ${message}\n`);
  });

  it('all of them are in this list', () => {
    const formerly = all.flatMap(([name, { options }]) =>
      Object.values(options).flatMap((option) => (option.formerly ?? []).map((old) => `${name} ${old}`)),
    );
    expect(formerly.sort()).toEqual(['evidence out', 'onboard out', 'synth evidence']);
  });
});

describe.each(all)('%s', (name, { name: own, words, options, forms, example }) => {
  it('has the name under which it is listed, and a summary there', () => {
    expect(own).toBe(name);
    expect(COMMANDS[name]?.summary).toMatch(/^[a-z].*[^.]$/);
  });

  it('takes what others take under the same name', () => {
    const takes = { register: 'DIR', assembly: 'DIR', output: 'DIR', 'as-of': 'DATE', json: undefined };
    for (const [option, expected] of Object.entries(takes))
      if (options[option] !== undefined) expect([option, options[option].takes]).toEqual([option, expected]);
  });

  it('gives no word and no option the same name, and puts words that may be left out last', () => {
    expect(Object.keys(words).filter((each) => Object.hasOwn(options, each))).toEqual([]);
    const required = Object.values(words).map((each) => each.required);
    expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
  });

  it('names in its usage only what it takes', () => {
    for (const form of forms) {
      for (const [, option = ''] of form.matchAll(/--([a-z-]+)/g))
        expect(Object.keys(options)).toContain(option);
      for (const [each] of form.replace(/--[a-z-]+ [A-Z]+/g, '').matchAll(/\b[A-Z]+\b/g))
        expect([...Object.keys(words), 'options']).toContain(each.toLowerCase());
    }
  });

  it('takes its own example', () => {
    const typed = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const start = ['npx', 'concordat', ...name.split(' ')];
    expect(typed.slice(0, start.length)).toEqual(start);
    expect(() => readValues({ name, words, options }, typed.slice(start.length))).not.toThrow();
  });

  it('is explained the same by help NAME and NAME --help', async () => {
    const after = await run([...name.split(' '), '--help'], emptyFolder());
    const before = await run(['help', ...name.split(' ')], emptyFolder());
    expect([after.code, after.err]).toEqual([EXIT.clean, '']);
    expect(before).toEqual(after);
    expect(after.out).toContain(`${name}: ${COMMANDS[name]?.summary}\n`);
  });
});

describe('help and version', () => {
  it('lists the actions of a command that does nothing by itself', async () => {
    const { code, out } = await run(['ledger', '--help'], emptyFolder());
    expect([code, out]).toEqual([EXIT.clean, expect.stringMatching(/^ {2}cosign {2}[a-z]/m)]);
    expect(await run(['help', 'ledger'], emptyFolder())).toMatchObject({ code: EXIT.clean, out });
  });

  it.each<[string[], string]>([
    [['help', 'chek'], "there is no command 'chek': did you mean check?"],
    [['--verison'], "there is no command '--verison': did you mean --version?"],
    [['ledger'], 'ledger needs an action: choose sample or cosign'],
    [['ledger', 'bless'], "ledger has no action 'bless': choose sample or cosign"],
    [['check', '--json', '--format', 'sarif'], '--json and --format sarif ask for two forms'],
  ])('%j is met with what there is', async (words, message) => {
    const { code, err } = await run(words, emptyFolder());
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(`error: ${message}`)]);
  });

  it('says its version, and the commit where it is a clone', async () => {
    const { version } = require('../../package.json') as { version: string };
    const { code, out } = await run(['--version'], emptyFolder());
    for (const short of ['-V', '-v']) expect(await run([short], emptyFolder())).toMatchObject({ code, out });
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringMatching(
        new RegExp(`^concordat ${version.replaceAll('.', '\\.')}(?: \\([0-9a-f]{12}\\+?\\))?\\n$`),
      ),
    ]);
  });

  it('loads no command, and neither the CDK nor the AWS SDK, to list what there is', () => {
    const script =
      "process.on('exit', () => console.error(JSON.stringify(Object.keys(require.cache))));" +
      `process.argv.splice(1, 0, 'concordat'); require(${JSON.stringify(join(ROOT, 'bin/concordat.js'))});`;
    const loaded = (...words: string[]) => {
      const end = execFileSync(
        '/bin/sh',
        ['-c', '"$0" "$@" 2>&1 >/dev/null', process.execPath, '-e', script, '--', ...words],
        {
          encoding: 'utf8',
        },
      );
      return JSON.parse(end.slice(end.lastIndexOf('\n[') + 1)) as string[];
    };
    const heavy = /node_modules\/(?:aws-cdk-lib|cdk-nag|@aws-sdk|@viz-js|zod|yaml)\//;
    const files = loaded('--help');
    expect(files.filter((each) => heavy.test(each))).toEqual([]);
    expect(files.length).toBeLessThan(40);
    expect(files).toContain(join(ROOT, 'lib/commands/main.ts'));
    expect(files).not.toContain(join(ROOT, 'lib/commands/register/check.ts'));
    // An assembly is proven without its register’s files being read, and so without what reads them.
    const toProve = loaded('prove', '--assembly', synthesised().folder);
    expect(toProve).toContain(join(ROOT, 'lib/proof/prove.ts'));
    expect(
      toProve.filter((each) => /node_modules\/(?:aws-cdk-lib|yaml)\/|lib\/register\/schema/.test(each)),
    ).toEqual([]);
    // The count sees what it is to see.
    expect(loaded('onboard', '--help').filter((each) => heavy.test(each)).length).toBeGreaterThan(100);
  }, 30_000);
});
