/** `concordat contract test`: checks files against a contract on a desk, by the engine of the release gate. */
import { tmpdir } from 'node:os';
import { CheckError, checkUnlocked, FolderSpill, type Source } from '../../contracts';
import { gssLookup } from '../../contracts/gss';
import {
  beyondTheGate,
  type CheckedFile,
  contractReport,
  contractReportCsv,
  contractReportHtml,
} from '../../contracts/words';
import { LARGEST_SCANNED } from '../../register';
import { type ContractOutcome, type ContractPlan, FILE_FORMS, type FileForm } from '../../wire/contracts';
import { documentText, plural } from '../../words';
import { command } from '../command';
import { choice, severalWords, UsageError } from '../option';
import { EXIT, type Terminal } from '../terminal';
import { formatOf, formats } from '../vocabulary';
import { CONTRACT_OPTIONS, CONTRACT_WORD, contractOrExplain } from './contract-input';
import { formByName, openDeskFile, STDIN } from './desk-file';

const FORMATS = ['text', 'json', 'csv', 'html'] as const;

/** Needs neither network nor AWS. Exits 0 where each file keeps to the contract, 1 where one does not, or 3 for a faulty contract. */
export const contractTest = command({
  name: 'contract test',
  words: {
    ...CONTRACT_WORD,
    file: severalWords('a file to check, packed by gzip or zip or not; - for standard input'),
  },
  options: {
    as: choice(FILE_FORMS, 'how files are read, where their names do not say it'),
    ...CONTRACT_OPTIONS,
    ...formats(FORMATS),
  },
  example: 'npx concordat contract test housing-benefit-awards awards.csv',
  run: async (values, terminal) => {
    const format = formatOf(values);
    const files = values.file.map((name) => ({ name, form: formOf(name, values.as) }));
    if (format === 'html' && files.length > 1)
      throw new UsageError('a page is of one file: give one with --format html');
    const input = contractOrExplain(values, terminal);
    if (input === undefined) return EXIT.faultyInput;
    const checked: CheckedFile[] = [];
    for (const { name, form } of files) checked.push(await check(input.plan, name, form, terminal));
    terminal.out(
      {
        text: () => checked.map((file) => forTerminal(file, terminal)).join('\n'),
        json: () => json(checked),
        csv: () => contractReportCsv(checked),
        html: () => checked.map(contractReportHtml).join(''),
      }[format](),
    );
    for (const file of checked) {
      const warning = beyondTheGate(file);
      if (warning !== undefined) terminal.err(`\nwarning: ${warning}\n`);
    }
    const broken = checked.filter(({ outcome }) => outcome.result === 'failed').length;
    terminal.err(
      `\n${plural(checked.length - broken, 'file')} ${checked.length - broken === 1 ? 'keeps' : 'keep'} to the contract, ${broken} ${broken === 1 ? 'does' : 'do'} not.\n`,
    );
    return broken === 0 ? EXIT.clean : EXIT.findings;
  },
});

/** What a page folds away, the rules that held, is left out. */
function forTerminal(file: CheckedFile, { colour }: Terminal): string {
  return documentText(
    contractReport(file).filter(({ kind }) => kind !== 'details'),
    { colour },
  );
}

/** @throws UsageError where it is not said */
function formOf(name: string, as: FileForm | undefined): FileForm {
  const form = as ?? formByName(name);
  if (form !== undefined) return form;
  throw new UsageError(
    `${name === STDIN ? 'standard input' : name} does not say how it is read: add --as ${FILE_FORMS.join(', --as ')}`,
  );
}

async function check(
  plan: ContractPlan,
  name: string,
  form: FileForm,
  terminal: Terminal,
): Promise<CheckedFile> {
  const file = await openDeskFile(name, terminal.cwd);
  const spill = new FolderSpill(tmpdir());
  const meter = new Meter(file.name, file.source, terminal);
  try {
    const checked = await checkUnlocked(plan, form, meter.source, {
      ...(name !== STDIN && { name }),
      largest: LARGEST_SCANNED,
      gss: gssLookup,
      spill,
    });
    if (checked.kind !== 'done') throw new CheckError('a check paused that nobody asked to pause');
    return { name: file.name, plan, outcome: checked.outcome };
  } finally {
    meter.end();
    await spill.remove();
    await file.close();
  }
}

/** Shows how far a file has been read, at which rate, and how long it will take, where somebody looks on. */
class Meter {
  readonly source: Source;
  readonly #started = performance.now();
  readonly #name: string;
  readonly #terminal: Terminal;
  #shown = 0;

  constructor(name: string, source: Source, terminal: Terminal) {
    this.#name = name;
    this.#terminal = terminal;
    this.source =
      terminal.progress === undefined ? source : { ...source, read: (from) => this.#counted(source, from) };
  }

  async *#counted(source: Source, from: number): AsyncGenerator<Uint8Array> {
    let read = from;
    for await (const piece of source.read(from)) {
      yield piece;
      read += piece.length;
      this.#show(read, source.bytes);
    }
  }

  #show(read: number, whole: number | undefined): void {
    const now = performance.now();
    const seconds = (now - this.#started) / 1000;
    if (seconds < 1 || now - this.#shown < 250) return;
    this.#shown = now;
    const rate = read / seconds;
    const left = whole === undefined ? '' : `, ${inWords((whole - read) / rate)} left`;
    const share = whole === undefined ? '' : `${Math.floor((100 * read) / Math.max(1, whole))}% `;
    this.#terminal.progress?.(
      `${this.#name}: ${share}${megabytes(read)} at ${megabytes(rate)} a second${left}`,
    );
  }

  /** Clears what is shown. */
  end(): void {
    if (this.#shown > 0) this.#terminal.progress?.(undefined);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function inWords(seconds: number): string {
  return seconds < 90 ? plural(Math.ceil(seconds), 'second') : plural(Math.ceil(seconds / 60), 'minute');
}

function json(checked: readonly CheckedFile[]): string {
  const files = checked.map(({ name, outcome }): { name: string; outcome: ContractOutcome } => ({
    name,
    outcome,
  }));
  return `${JSON.stringify({ schema: 'concordat-contract-test/v1', files }, null, 2)}\n`;
}
