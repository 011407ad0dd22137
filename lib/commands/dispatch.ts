/** Finds the command of a command line, has it run, and turns errors into messages and exit codes: for any list of commands. */
import { nearest, systemCode, systemWords } from '../words';
import type { Listed } from './command';
import { actionsPage, commandPage, HELP_CELLS, overview } from './help';
import { FaultyInput, UsageError } from './option';
import { EXIT, type ExitCode, type Terminal } from './terminal';

/** What a command line can begin with beside a command. */
const HELP = ['help', '--help', '-h'];
/** `-v` as well, as Node and npm have it: nothing else has that letter. */
const VERSION = ['--version', '-V', '-v'];

/** A program with commands. */
export interface Program {
  /** How it is called, such as `npx concordat`. */
  readonly called: string;
  /** What it is for, in one line of help. */
  readonly purpose: string;
  readonly commands: Readonly<Record<string, Listed>>;
  /** The line that says which version it is. */
  readonly version: () => string;
}

/** Runs one command line and gives its exit code. Nothing is thrown. */
export async function dispatch(
  program: Program,
  argv: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const [first = ''] = argv;
  const { called, purpose, commands } = program;
  const found = find(commands, argv);
  const cells = Math.min(terminal.width ?? HELP_CELLS, HELP_CELLS);
  try {
    if (argv.length === 0) {
      terminal.out(overview(called, purpose, summaries(commands), cells));
      return EXIT.usage;
    }
    if (VERSION.includes(first)) {
      terminal.out(program.version());
      return EXIT.clean;
    }
    const asked = HELP.includes(first) ? argv.slice(1) : argv;
    if (asked !== argv || asksForHelp(argv)) {
      terminal.out(helpOn(program, asked, cells));
      return EXIT.clean;
    }
    if (found === undefined) throw unknown(commands, argv);
    return await found.listed.load().call(found.rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`error: ${error.message}\n`);
      terminal.err(`See ${called} ${found === undefined ? '' : `${found.name} `}--help\n`);
      return EXIT.usage;
    }
    if (error instanceof FaultyInput) {
      terminal.err(error.message);
      return EXIT.faultyInput;
    }
    const refused = refusalOf(error);
    if (refused !== undefined) {
      terminal.err(`error: ${refused}\n`);
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

/** What the file system answers where a file or folder is not fit for what is asked of it. */
const UNFIT: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EISDIR',
  'EFBIG',
  'EMFILE',
  'EBUSY',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** What the file system refused, in words; undefined of any other error. A command that can say more has said it. */
function refusalOf(error: unknown): string | undefined {
  const code = systemCode(error);
  if (code === undefined || typeof error !== 'object' || error === null || !('syscall' in error))
    return undefined;
  // Folders that may be there already are made with those above them; what is in their place is a file.
  // What is read may not be there by a fault of ours; what is made has no place there.
  const takesNothing = code === 'ENOENT' && error.syscall === 'mkdir';
  const isFileThere = code === 'EEXIST' && error.syscall === 'mkdir';
  const why = isFileThere
    ? systemWords('ENOTDIR')
    : takesNothing
      ? systemWords(code, 'write')
      : UNFIT.has(code)
        ? systemWords(code)
        : undefined;
  // Of a file that is open it does not say which.
  const where = 'path' in error ? `${error.path}: ` : '';
  return why && `${where}${why}: change that, or name another place`;
}

interface Found {
  readonly name: string;
  readonly listed: Listed;
  /** What follows the name. */
  readonly rest: readonly string[];
}

/** The command that a command line begins with: the longest name that fits. */
function find(commands: Program['commands'], argv: readonly string[]): Found | undefined {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ');
    const listed = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (listed !== undefined) return { name, listed, rest: argv.slice(words) };
  }
  return undefined;
}

function summaries(commands: Program['commands'], group?: string): [name: string, summary: string][] {
  return Object.entries(commands).flatMap(([name, { summary }]) =>
    group === undefined
      ? [[name, summary]]
      : name.startsWith(`${group} `)
        ? [[name.slice(group.length + 1), summary]]
        : [],
  );
}

/** What follows `--` is no option. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).some((each) => each === '--help' || each === '-h');
}

/** The page of the command that is named, or of its actions; the list of all if none is. @throws UsageError if there is no such command */
function helpOn({ called, purpose, commands }: Program, argv: readonly string[], cells: number): string {
  const [first = ''] = argv;
  if (first === '' || first.startsWith('-')) return overview(called, purpose, summaries(commands), cells);
  const found = find(commands, argv);
  if (found !== undefined) return commandPage(called, found.listed.load(), found.listed.summary, cells);
  const actions = summaries(commands, first);
  if (actions.length > 0 && (argv[1] ?? '-').startsWith('-'))
    return actionsPage(called, first, actions, cells);
  throw unknown(commands, argv);
}

/** Says what is not there, and what there is. */
function unknown(commands: Program['commands'], [first = '', second]: readonly string[]): UsageError {
  const actions = summaries(commands, first).map(([action]) => action);
  if (actions.length > 0) {
    const choose = `choose ${actions.join(' or ')}`;
    return new UsageError(
      second === undefined || second.startsWith('-')
        ? `${first} needs an action: ${choose}`
        : `${first} has no action '${second}': ${choose}`,
    );
  }
  const near = nearest(first, [...Object.keys(commands), ...HELP, ...VERSION]);
  return new UsageError(`there is no command '${first}'${near ? `: did you mean ${near.word}?` : ''}`);
}
