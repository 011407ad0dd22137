/** Reads the command line of one command: `util.parseArgs` takes it apart, and each part is held against what the command takes. */
import { parseArgs } from 'node:util';
import { nearest } from '../words';
import { type Options, UsageError, type Values, type Words } from './option';
import { type Places, USUAL } from './places';

/** What a command takes. */
export interface Takes<W extends Words, O extends Options> {
  readonly name: string;
  readonly words: W;
  readonly options: O;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/**
 * The value of each word and option.
 * @param places the folders that are meant where none is named
 * @throws UsageError for what the command does not take, and for all that is missing at once
 */
export function readValues<W extends Words, O extends Options>(
  takes: Takes<W, O>,
  args: readonly string[],
  places: () => Places = () => USUAL,
): Values<W, O> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(takes.options).map(([name, option]) => [
        name,
        { type: option.takes === undefined ? 'boolean' : 'string' },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const typed = optionsIn(takes, tokens);
  const words = wordsIn(takes, tokens);
  demandAll(takes, typed, words);
  const values: Record<string, unknown> = {};
  for (const [at, [name, { many }]] of Object.entries(takes.words).entries())
    values[name] = many ? words.slice(at) : words[at];
  for (const [name, option] of Object.entries(takes.options))
    values[name] = option.read(typed.get(name) ?? [], name, places);
  // Every word that is needed is there, and each option has read its own value, so these are of the types that they say.
  return values as Values<W, O>;
}

/** What was typed for each option: a switch has an empty text for each time that it was given. */
function optionsIn<W extends Words, O extends Options>(
  { name, options }: Takes<W, O>,
  tokens: readonly Token[],
): Map<string, string[]> {
  const typed = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw new UsageError(`${name} has no option ${unknownOption(token, options)}`);
    const earlier = typed.get(token.name);
    if (earlier !== undefined && option.takes !== undefined && !option.repeated)
      throw new UsageError(`${token.rawName} is given twice: give it once`);
    typed.set(token.name, [...(earlier ?? []), typedFor(token, option.takes)]);
  }
  return typed;
}

function typedFor({ rawName, value, inlineValue }: OptionToken, takes: string | undefined): string {
  if (takes === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
    return '';
  }
  // What looks like the next option is taken for a value only where it is tied to this one: --register=-x.
  if (value === undefined || value === '' || (!inlineValue && value.startsWith('-')))
    throw new UsageError(`${rawName} takes a value: ${rawName} ${takes}`);
  return value;
}

/** The option as it was typed, and the one that was most likely meant. */
function unknownOption({ name, rawName }: OptionToken, options: Options): string {
  const known = Object.entries(options);
  const [now] = known.find(([, { formerly }]) => formerly?.includes(name)) ?? [];
  if (now !== undefined) return `${rawName}: it is called --${now} now`;
  const near = nearest(
    name,
    known.map(([each]) => each),
  );
  return `${rawName}${near ? `: did you mean --${near.word}?` : ''}`;
}

function wordsIn<W extends Words, O extends Options>(
  { name, words }: Takes<W, O>,
  tokens: readonly Token[],
): string[] {
  const given = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const most = Object.values(words).some(({ many }) => many)
    ? Number.POSITIVE_INFINITY
    : Object.keys(words).length;
  const before = given[most - 1];
  if (given.length > most)
    throw new UsageError(
      `${name} takes no '${given[most]}'${before === undefined ? '' : ` after '${before}'`}`,
    );
  return given;
}

/** Demands everything that has to be there, so that one error names all that is missing. */
function demandAll<W extends Words, O extends Options>(
  { name, words, options }: Takes<W, O>,
  typed: ReadonlyMap<string, readonly string[]>,
  given: readonly string[],
): void {
  const missing = [
    ...Object.entries(words)
      .slice(given.length)
      .flatMap(([word, { required, help }]) => (required ? { what: word.toUpperCase(), help } : [])),
    ...Object.entries(options).flatMap(([option, { required, takes, help }]) =>
      required && !typed.has(option) ? { what: `--${option} ${takes}`, help } : [],
    ),
  ];
  if (missing.length === 0) return;
  const whats = missing.map(({ what }) => what).join(' and ');
  throw new UsageError(`${name} needs ${whats}${missing.length > 1 ? '' : `: ${missing[0]?.help}`}`);
}
