/** `concordat agreement import`: reads back what a filled-in document says, lists the rest, and writes the file of a new agreement. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DocumentError, filledIn, type ReadTerms, readTerms, termsWithValues } from '../../agreements';
import { type RegisterFile, TERMS, written } from '../../register';
import {
  Agreeing,
  type Answers,
  ChangeRefused,
  NEW_AGREEMENT_QUESTIONS,
  soundRegister,
} from '../../register/changes';
import { andList, plural } from '../../words';
import { command } from '../command';
import { answersTo } from '../interview/answers';
import { CHANGE_OPTIONS, changeRegister } from '../interview/change-register';
import { FaultyInput, UsageError, word } from '../option';
import { doneBy, registerInput } from '../register-input';
import type { Terminal } from '../terminal';
import { unread } from '../unread';
import { AGREEMENT_ANSWERS, keptAgreement } from './agreement-answers';

/** Larger files are no document of an agreement, and are not read at all. */
const MOST_BYTES = 64 * 1024 * 1024;
const NONE = 'none';

/** Needs neither network nor AWS. Exits 0, 1 where something is missing, wrong or otherwise, 3 where document or register is faulty. */
export const agreementImport = command({
  name: 'agreement import',
  words: { file: word('the document, as .odt or .html') },
  options: { ...AGREEMENT_ANSWERS, ...CHANGE_OPTIONS },
  forms: ['FILE [OPTIONS], which asks for what the document does not tell'],
  example: 'npx concordat agreement import documents/housing-benefit-awards.odt --dry-run',
  run: async ({ file, ...values }, terminal) => {
    const input = registerInput(values, terminal);
    const bytes = bytesOf(file, terminal);
    const kept = keptAgreement(input, terminal);
    return changeRegister(
      values,
      terminal,
      async (files: readonly RegisterFile[], asOf) => {
        const register = soundRegister(files, asOf, 'the register is faulty');
        const read = await readOrRefuse(file, bytes, (document) => readTerms(document, register));
        const { answers, byHand } = answersIn(read);
        const id = values.id ?? answers.id;
        const there = register.agreements.find((each) => each.id === id);
        // Of one that is there, terms without a question are compared as the others are.
        sayWhatIsRead(file, read, there === undefined ? byHand : [], terminal);
        if (there !== undefined) return compared(there, read.told, files, asOf);
        const agreeing = new Agreeing(files, asOf, doneBy(input));
        const given = { ...answers, ...givenIn(values) };
        const asked = new Set(agreeing.asked(given).map(({ name }) => name));
        const told = Object.fromEntries(Object.entries(answers).filter(([name]) => asked.has(name)));
        return agreeing.agreed(
          await answersTo(
            {
              drafting: agreeing,
              values: { ...values, ...told, ...givenIn(values) },
              kept,
              confirm: ({ id: made }) => `Write ${input.folder}/agreements/${made}.yaml?`,
              goesWith: 'the lawful basis or the contract',
            },
            terminal,
          ),
        );
      },
      { written: kept.forget },
    );
  },
});

/** The answers of the options. */
function givenIn(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    NEW_AGREEMENT_QUESTIONS.flatMap(({ name }) => {
      const value = values[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
}

/** Told terms as answers, and those that no question is about or no answer can hold: they are written into the file by hand. */
function answersIn({ told }: ReadTerms): { readonly answers: Answers; readonly byHand: readonly string[] } {
  const answers: Record<string, string> = {};
  const byHand: string[] = [];
  for (const [path, value] of told) {
    const question = NEW_AGREEMENT_QUESTIONS.find((each) => each.path.join('.') === path);
    const label = TERMS.find((each) => each.path === path)?.label ?? path;
    if (path === 'classification' && value === 'OFFICIAL') continue;
    if (question === undefined) byHand.push(label);
    else if (typeof value === 'string') answers[question.name] = value;
    else if (question.between !== undefined && value.some((each) => each.includes(question.between ?? '')))
      byHand.push(`${label} (an item of it holds a ${question.between}, which parts answers)`);
    else answers[question.name] = value.length === 0 ? NONE : value.join(`${question.between ?? ','} `);
  }
  if (answers.reciprocal !== undefined) answers.owner = 'each-other';
  if (answers['without-contract'] !== undefined) answers.contract = NONE;
  return { answers, byHand };
}

function sayWhatIsRead(
  file: string,
  { told, untold }: ReadTerms,
  byHand: readonly string[],
  { err }: Terminal,
): void {
  err(`${file} states ${plural(told.size, 'term')} that can be told.\n`);
  const rest = [
    ...untold.map(({ label, why }) => `${label}: ${why}`),
    ...byHand.map((each) => `${each}: write it into the file by hand`),
  ];
  if (rest.length > 0) err(`\nNot taken:\n${rest.map((each) => `  - ${each}\n`).join('')}`);
  err('\n');
}

/** Of an agreement that the register has: whether the document says the same. Nothing is written. */
function compared(
  agreement: Parameters<typeof written>[0],
  told: ReadTerms['told'],
  files: readonly RegisterFile[],
  asOf: Parameters<typeof soundRegister>[1],
) {
  const register = soundRegister(files, asOf, 'the register is faulty');
  const has = new Map(termsWithValues(written(agreement)).map(([term, value]) => [term.path, value]));
  const differing = TERMS.filter(({ path }) => {
    const value = told.get(path);
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(trimmed(has.get(path)));
  });
  if (differing.length > 0)
    throw new ChangeRefused(`${agreement.id} is there already, and the document says otherwise`, [
      ...differing.map(
        ({ path, label }) =>
          `${label}: the register says ${shown(has.get(path))}, the document ${shown(told.get(path))}`,
      ),
      `where the document is right: npx concordat agreement change ${agreement.id}, or as another agreement with --id ID`,
    ]);
  return {
    files: [],
    before: register,
    after: register,
    says: [`Of each term that can be told, the document says what ${agreement.id} says.`],
  };
}

/** Folded texts of YAML end with a line feed, which no document shows. */
function trimmed(value: unknown): unknown {
  return typeof value === 'string'
    ? value.trim()
    : Array.isArray(value)
      ? value.map((each) => (typeof each === 'string' ? each.trim() : each))
      : value;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return Array.isArray(value)
    ? andList(value.map((each) => `“${each}”`)) || 'none'
    : `“${String(value).trim()}”`;
}

async function readOrRefuse(
  file: string,
  bytes: Uint8Array,
  read: (document: Awaited<ReturnType<typeof filledIn>>) => ReadTerms,
): Promise<ReadTerms> {
  try {
    return read(await filledIn(bytes));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyInput(`error: ${file}: ${error.message}.\nNothing was written.\n`, { cause: error });
  }
}

function bytesOf(file: string, { cwd }: Terminal): Uint8Array {
  try {
    const path = resolve(cwd, file);
    if (statSync(path).size > MOST_BYTES)
      throw new UsageError(`${file} is larger than any document of an agreement`);
    return readFileSync(path);
  } catch (error) {
    throw unread(file, 'give the path of the document', error);
  }
}
