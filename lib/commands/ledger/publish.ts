/** `concordat publish`: the public record of a register, as a site and as data. */
import { resolve } from 'node:path';
import { LedgerFormatError } from '../../ledger';
import { BundleError, bundleEntries, bundleFolder, verifyBundle } from '../../ledger/bundle';
import {
  demandRecordFolder,
  type LedgerCounts,
  leaksIn,
  ledgerCounts,
  publicRecord,
  SETTLED_DAYS,
  siteFiles,
  writeRecord,
} from '../../publication';
import { addDays, dayWords } from '../../register/calendar';
import { entryFormat } from '../../transfers';
import { plural } from '../../words';
import { command } from '../command';
import { orNameAnother } from '../made-folder';
import { FaultyInput, needed, text, UsageError } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT, type Terminal } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';
import { pinnedKeysIn } from './pinned-keys';

/** Needs neither network nor AWS. Exits 0, 1 where something would be told that must not be, 3 where register or ledger is faulty. */
export const publish = command({
  name: 'publish',
  words: {},
  options: {
    out: needed(text('DIR', 'the folder for the record: new, empty, or one that has an earlier edition')),
    ledger: text('DIR', 'a copy of the ledger, to tell how often; without it nothing is counted'),
    key: text('FILE', 'the log’s public key (PEM or vkey), had from elsewhere than that copy'),
    ...REGISTER_OPTIONS,
  },
  example: 'npx concordat publish --out public',
  run: async ({ out, ledger: copy, key, ...values }, terminal) => {
    if (key !== undefined && copy === undefined)
      throw new UsageError('--key is of a ledger: give --ledger DIR as well, or leave it out');
    const folder = resolve(terminal.cwd, out);
    return orNameAnother(out, 'with --out DIR', terminal, async () => {
      demandRecordFolder(folder);
      const input = registerInput(values, terminal);
      const register = loadOrExplain(input, terminal);
      if (register === undefined) return EXIT.faultyInput;
      const ledger = copy === undefined ? undefined : await countsIn(copy, key, terminal);
      const record = publicRecord({ register, asOf: input.asOf, ledger });
      const files = siteFiles(record);
      const leaks = leaksIn(files, register);
      if (leaks.length > 0) {
        for (const { file, what, agreement } of leaks)
          terminal.out(`${file}: ${what}${agreement === undefined ? '' : ` by ${agreement}`}\n`);
        terminal.err(
          `\n${plural(leaks.length, 'place')} would tell what must not be public. Take it out of the text of the agreement or contract that the page is of, or withhold that text with \`public\`. Nothing was written.\n`,
        );
        return EXIT.findings;
      }
      writeRecord(folder, files);
      terminal.out(`${out}\n`);
      const { agreements, withheldWhole } = record;
      terminal.err(
        `\n${plural(files.size, 'file')}: ${plural(agreements.length, 'agreement')} told, ${withheldWhole.length} withheld whole.\n`,
      );
      if (ledger === undefined)
        terminal.err('Nothing was counted: give --ledger DIR, a copy of the ledger, to tell how often.\n');
      else if (addDays(ledger.last, SETTLED_DAYS) < input.asOf)
        terminal.err(
          `The last entry of ${copy} is of ${dayWords(ledger.last)}. A quarter is told once a copy has an entry of ${SETTLED_DAYS} days after its end: if one has ended since, copy the ledger again.\n`,
        );
      return EXIT.clean;
    });
  },
});

/** What a copy of the ledger says of deposits, once it is verified. @throws FaultyInput where it is not what it claims to be */
async function countsIn(copy: string, key: string | undefined, terminal: Terminal): Promise<LedgerCounts> {
  try {
    const files = bundleFolder(resolve(terminal.cwd, copy), copy);
    const pinned = key === undefined ? [] : pinnedKeysIn(resolve(terminal.cwd, key), key);
    const { findings } = await verifyBundle(files, {
      pinned,
      known: undefined,
      receiptsOnly: false,
      entries: entryFormat,
    });
    if (findings.length > 0)
      throw new FaultyInput(
        `error: ${copy} has ${plural(findings.length, 'finding')}, and nothing is counted from a ledger that cannot be relied on: npx concordat verify ${copy}${key === undefined ? '' : ` --key ${key}`} says what they are\n`,
      );
    const counts = ledgerCounts(bundleEntries(files));
    if (counts === undefined) throw new FaultyInput(`error: ${copy} has no entry: copy the whole ledger\n`);
    return counts;
  } catch (error) {
    if (!(error instanceof BundleError) && !(error instanceof LedgerFormatError)) throw error;
    throw new FaultyInput(`error: ${error.message}\n`, { cause: error });
  }
}
