/** `concordat custody`: who holds each organisation’s key and who can do what with it, read from the templates alone. */
import { resolve } from 'node:path';
import { type Assembly, AssemblyError, openAssembly } from '../assembly';
import { importPage, NothingToImport } from '../custody/import-page';
import { type Page, pageMarkdown, pageText } from '../custody/page';
import { type CustodyStatement, custodyStatement, organisationsWithKeys } from '../custody/statement';
import { statementPages } from '../custody/statement-page';
import { plural } from '../register/report/text';
import { nearest } from '../words/nearest';
import { type Command, textOf, UsageError, type Values } from './command';
import { EXIT, type ExitCode, type Terminal } from './terminal';

const FORMATS = ['text', 'md', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** Needs neither network nor AWS. Exits 0, 1 where there is something to look at twice, 3 where the assembly is faulty. */
export const custody: Command = {
  name: 'custody',
  summary: 'say who holds each key and who can do what with it, from the templates alone',
  usage: '[organisation | import organisation] [--assembly DIR] [--format FORMAT] [--json]',
  words: [
    {
      name: 'subject',
      help: 'the organisation whose key is meant, all if not given; or import, to print how key material is imported',
      optional: true,
    },
    { name: 'importer', help: 'after import: the organisation that imports', optional: true },
  ],
  options: {
    assembly: { type: 'string', value: 'DIR', help: 'the cloud assembly; cdk.out if not given' },
    format: { type: 'string', value: 'FORMAT', help: 'text (the default), md or json' },
    json: { type: 'boolean', help: 'the same as --format json' },
  },
  example: 'npx concordat custody leeds --format md',
  run: (values, terminal) => {
    const format = formatOf(values);
    const subject = textOf(values, 'subject');
    const importer = textOf(values, 'importer');
    if (subject !== 'import' && importer !== undefined)
      throw new UsageError(`custody takes no '${importer}' after '${subject}'`);
    if (subject === 'import' && importer === undefined)
      throw new UsageError('custody import needs an organisation: npx concordat custody import ORGANISATION');
    const folder = textOf(values, 'assembly') ?? 'cdk.out';
    try {
      const source = openAssembly(resolve(terminal.cwd, folder));
      return subject === 'import'
        ? printImport(source, importer ?? '', format, terminal)
        : printStatement(source, subject, format, terminal);
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
};

function printStatement(
  source: Assembly,
  organisation: string | undefined,
  format: Format,
  { out, err }: Terminal,
): ExitCode {
  if (organisation !== undefined) demandKey(source, organisation);
  const statement = custodyStatement(source, organisation);
  out(
    format === 'json'
      ? `${JSON.stringify(statement, null, 2)}\n`
      : written(statementPages(statement), format),
  );
  const count = attentionIn(statement);
  err(
    `\n${plural(statement.keys.length, 'key')} of shared data; ${count === 0 ? 'nothing' : plural(count, 'thing')} to look at twice.\n`,
  );
  if (statement.keys.length === 0) err('No template of this assembly makes a bucket for shared data.\n');
  return count === 0 && statement.keys.length > 0 ? EXIT.clean : EXIT.findings;
}

function printImport(source: Assembly, organisation: string, format: Format, { out }: Terminal): ExitCode {
  if (format === 'json') throw new UsageError('custody import writes text or md, not json');
  demandKey(source, organisation);
  const [key] = custodyStatement(source, organisation).keys;
  const stack = source.stacks.find(({ name }) => name === key?.stack);
  if (key === undefined || stack === undefined) throw new Error(`the key of ${organisation} is lost`);
  try {
    out(written([importPage(key, stack)], format));
    return EXIT.clean;
  } catch (error) {
    if (error instanceof NothingToImport) throw new UsageError(error.message);
    throw error;
  }
}

function written(pages: readonly Page[], format: Format): string {
  return pages.map(format === 'md' ? pageMarkdown : pageText).join('\n\n');
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

function formatOf(values: Values): Format {
  const given = textOf(values, 'format') ?? (values.json === true ? 'json' : 'text');
  const format = FORMATS.find((each) => each === given);
  if (format === undefined)
    throw new UsageError(`there is no format '${given}': choose one of ${FORMATS.join(', ')}`);
  return format;
}
