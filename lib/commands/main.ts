/** The command line: finds the command, parses its options, and turns errors into messages and exit codes. */
import { parseArgs } from 'node:util';
import { nearest } from '../words/nearest';
import { type Command, type Option, parseOptions, UsageError } from './command';
import { EXIT, type ExitCode, type Terminal } from './terminal';

/** Every command by its name. Each is loaded when it is needed, since some load the whole CDK and its rule packs. */
const COMMANDS: Readonly<Record<string, () => Command>> = {
  check: () => (require('./check') as typeof import('./check')).check,
  synth: () => (require('./synth') as typeof import('./synth')).synth,
  acknowledgements: () =>
    (require('./acknowledgements') as typeof import('./acknowledgements')).acknowledgements,
  custody: () => (require('./custody') as typeof import('./custody')).custody,
  prove: () => (require('./prove') as typeof import('./prove')).prove,
  evidence: () => (require('./evidence') as typeof import('./evidence')).evidence,
  rehearse: () => (require('./rehearse') as typeof import('./rehearse')).rehearse,
  plan: () => (require('./plan') as typeof import('./plan')).plan,
  why: () => (require('./why') as typeof import('./why')).why,
  suspend: () => (require('./suspend') as typeof import('./suspend')).suspend,
  onboard: () => (require('./onboard') as typeof import('./onboard')).onboard,
  pause: () => (require('./pause') as typeof import('./pause')).pause,
  leave: () => (require('./leave') as typeof import('./leave')).leave,
  succeed: () => (require('./succeed') as typeof import('./succeed')).succeed,
  schema: () => (require('./schema') as typeof import('./schema')).schema,
  ledger: () => (require('./ledger') as typeof import('./ledger')).ledger,
  verify: () => (require('./verify') as typeof import('./verify')).verify,
};

/** Options that every command takes. */
const ALWAYS: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', help: 'show this help' },
  verbose: { type: 'boolean', help: 'show where in the program an internal error arose' },
  'no-input': {
    type: 'boolean',
    help: 'never ask a question; what is missing is an error that names all of it',
  },
};

/** Runs one command line and gives its exit code. Nothing is thrown. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview());
    return name === undefined ? EXIT.usage : EXIT.clean;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.() : undefined;
  try {
    if (command === undefined) throw new UsageError(unknownCommand(name));
    const values = parse(command, rest);
    if (values.help === true) {
      terminal.out(help(command));
      return EXIT.clean;
    }
    return await command.run(values, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`error: ${error.message}\n`);
      terminal.err(`See npx concordat ${command ? `${command.name} ` : ''}--help\n`);
      return EXIT.usage;
    }
    const shown = error instanceof Error ? error : new Error(String(error));
    terminal.err(`internal error: ${shown.message}\n`);
    terminal.err(
      argv.includes('--verbose')
        ? `${shown.stack}\n`
        : 'This is a fault of concordat. Run it again with --verbose to see where it arose.\n',
    );
    return EXIT.internal;
  }
}

function parse(command: Command, args: readonly string[]) {
  const options = { ...command.options, ...ALWAYS };
  const known = Object.keys(options);
  const { tokens } = parseArgs({
    args: [...args],
    options: parseOptions(options),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const near = nearest(token.name, known);
      throw new UsageError(
        `${command.name} has no option ${token.rawName}${near ? `: did you mean --${near.word}?` : ''}`,
      );
    }
    // What looks like the next option is taken for a value only where it is tied to this one: --register=-x.
    const next = !token.inlineValue && token.value?.startsWith('-');
    if (option.type === 'string' && (token.value === undefined || token.value === '' || next)) {
      throw new UsageError(`${token.rawName} takes a value: ${token.rawName} ${option.value ?? 'VALUE'}`);
    }
    if (option.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value`);
  }
  const words = wordsOf(command, tokens);
  const { values } = parseArgs({
    args: [...args],
    options: parseOptions(options),
    allowPositionals: true,
  });
  if (values.help !== true) demandWords(command, words);
  return { ...words, ...values } as Record<string, string | boolean | undefined>;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function wordsOf(command: Command, tokens: readonly Token[]): Record<string, string> {
  const given = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const takes = command.words ?? [];
  if (given.length > takes.length) throw new UsageError(`${command.name} takes no '${given[takes.length]}'`);
  return Object.fromEntries(given.map((word, index) => [takes[index]?.name ?? '', word]));
}

function demandWords(command: Command, given: Readonly<Record<string, string>>): void {
  for (const { name, help, optional } of command.words ?? [])
    if (!optional && given[name] === undefined)
      throw new UsageError(`${command.name} needs ${name}: ${help}`);
}

function unknownCommand(name: string): string {
  const near = nearest(name, Object.keys(COMMANDS));
  return `there is no command '${name}'${near ? `: did you mean ${near.word}?` : ''}`;
}

function overview(): string {
  const commands = Object.values(COMMANDS).map((load) => load());
  const width = Math.max(...commands.map((each) => each.name.length));
  const list = commands.map((each) => `  ${each.name.padEnd(width)}  ${each.summary}`).join('\n');
  return `concordat: share data between public bodies under agreements

Usage: npx concordat COMMAND [OPTIONS]

Commands:
${list}

npx concordat COMMAND --help says more of one.
Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 faulty input, 4 internal error.
`;
}

function help({ name, summary, usage, words = [], options, example }: Command): string {
  const all = { ...options, ...ALWAYS };
  const left = (key: string, option: Option) => `--${key}${option.value ? ` ${option.value}` : ''}`;
  const width = Math.max(...Object.entries(all).map(([key, option]) => left(key, option).length));
  const list = Object.entries(all).map(
    ([key, option]) => `  ${left(key, option).padEnd(width)}  ${option.help}`,
  );
  const inWords = words.map((word) => `  ${word.name.padEnd(width)}  ${word.help}\n`).join('');
  return `${name}: ${summary}

Usage: npx concordat ${name} ${usage}
${inWords && `\n${inWords}`}
Options:
${list.join('\n')}

Example: ${example}
`;
}
