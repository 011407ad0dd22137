/** `concordat custody`: who holds each organisation’s key and who can do what with it, read from the templates alone. */
import { resolve } from 'node:path';
import { type Assembly, AssemblyError, openAssembly } from '../../assembly';
import {
  type CustodyStatement,
  custodyStatement,
  importPage,
  NothingToImport,
  organisationsWithKeys,
  type Page,
  pageDocument,
  statementJson,
  statementPages,
} from '../../custody';
import { documentMarkdown, documentText, nearest, plural } from '../../words';
import { command } from '../command';
import { choice, optionalWord, UsageError, word } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { ASSEMBLY_OPTION, formatOf, formats } from '../vocabulary';

const FORMATS = ['text', 'md', 'json'] as const;
/** Pages for people. */
const PAGES = ['text', 'md'] as const;
type PageFormat = (typeof PAGES)[number];

/** Needs neither network nor AWS. Exits 0, 1 where there is something to look at twice, 3 where the assembly is faulty. */
export const custody = command({
  name: 'custody',
  words: { organisation: optionalWord('the organisation whose key is meant; all if not given') },
  options: { ...ASSEMBLY_OPTION, ...formats(FORMATS) },
  forms: ['[ORGANISATION] [OPTIONS]', 'import ORGANISATION [OPTIONS]'],
  example: 'npx concordat custody leeds --format md',
  run: (values, terminal) => {
    const format = formatOf(values);
    return withSource(values.assembly, terminal, (source) =>
      printStatement(source, values.organisation, format, terminal),
    );
  },
});

/** As `custody`; there is nothing to look at twice. */
export const custodyImport = command({
  name: 'custody import',
  words: { organisation: word('the organisation that imports its key material') },
  options: { ...ASSEMBLY_OPTION, format: choice(PAGES, 'the form of the page; text if not given') },
  example: 'npx concordat custody import leeds-hospitals --format md',
  run: ({ assembly, organisation, format = 'text' }, terminal) =>
    withSource(assembly, terminal, (source) => printImport(source, organisation, format, terminal)),
});

function withSource(folder: string, { cwd, err }: Terminal, print: (source: Assembly) => ExitCode): ExitCode {
  try {
    return print(openAssembly(resolve(cwd, folder)));
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error;
    err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
}

function printStatement(
  source: Assembly,
  organisation: string | undefined,
  format: (typeof FORMATS)[number],
  { out, err }: Terminal,
): ExitCode {
  if (organisation !== undefined) demandKey(source, organisation);
  const statement = custodyStatement(source, organisation);
  out(format === 'json' ? statementJson(statement) : written(statementPages(statement), format));
  const count = attentionIn(statement);
  err(
    `\n${plural(statement.keys.length, 'key')} of shared data; ${count === 0 ? 'nothing' : plural(count, 'thing')} to look at twice.\n`,
  );
  if (statement.keys.length === 0) err('No template of this assembly makes a bucket for shared data.\n');
  return count === 0 && statement.keys.length > 0 ? EXIT.clean : EXIT.findings;
}

function printImport(
  source: Assembly,
  organisation: string,
  format: PageFormat,
  { out }: Terminal,
): ExitCode {
  demandKey(source, organisation);
  const { keys, accounts } = custodyStatement(source, organisation);
  const [key] = keys;
  const stack = source.stacks.find(({ name }) => name === key?.stack);
  if (key === undefined || stack === undefined) throw new Error(`the key of ${organisation} is lost`);
  try {
    out(written([importPage(key, stack, accounts)], format));
    return EXIT.clean;
  } catch (error) {
    if (error instanceof NothingToImport) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function written(pages: readonly Page[], format: PageFormat): string {
  const shown = pages.map(pageDocument);
  return shown.map((page) => (format === 'md' ? documentMarkdown(page) : documentText(page))).join('\n\n');
}

function attentionIn({ keys, attention }: CustodyStatement): number {
  return keys.reduce((sum, each) => sum + each.attention.length, attention.length);
}

function demandKey({ stacks }: Assembly, organisation: string): void {
  const known = organisationsWithKeys(stacks);
  if (known.includes(organisation)) return;
  const near = nearest(organisation, known);
  throw new UsageError(
    `this assembly has no key of '${organisation}'${near ? `: did you mean ${near.word}?` : `: it has those of ${known.join(', ') || 'nobody'}`}`,
  );
}
