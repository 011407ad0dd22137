/** The contract that a command is given: by its id in a register, or as a file of its own. */
import { basename, dirname, join } from 'node:path';
import { type Contract, countInWords, loadContract, plansOf, textReport } from '../../register';
import type { ContractPlan } from '../../wire/contracts';
import { nearest, orList } from '../../words';
import { text, UsageError, word } from '../option';
import type { Terminal } from '../terminal';
import { bytesNamed } from '../unread';
import { REGISTER_OPTION } from '../vocabulary';

/** The word and options by which a contract is named. */
export const CONTRACT_WORD = {
  contract: word('the id of a contract of the register, or the path of its file'),
};
export const CONTRACT_OPTIONS = {
  object: text('NAME', 'the object of the contract, where it has several'),
  ...REGISTER_OPTION,
};

/** A contract with the plan of one of its objects. */
export interface ContractInput {
  readonly contract: Contract;
  readonly plan: ContractPlan;
}

/**
 * The contract and the plan of its object; or writes what is wrong with it and gives undefined.
 * @throws UsageError where there is no such file, or it is not said which of several objects is meant
 */
export function contractOrExplain(
  values: { readonly contract: string; readonly object: string | undefined; readonly register: string },
  terminal: Terminal,
): ContractInput | undefined {
  const named = /[\\/.]/.test(values.contract);
  const path = named ? values.contract : join(values.register, 'contracts', `${values.contract}.yaml`);
  const name = basename(path);
  const loaded = loadContract(name, read(path, named, terminal));
  if (!loaded.ok) {
    // Faults know the file as one of a register’s contracts/: here it lies in any folder.
    const diagnostics = loaded.diagnostics.map((each) => ({ ...each, place: { ...each.place, file: name } }));
    const lines = new Map([...loaded.lines.values()].map((each) => [name, each]));
    const found = { diagnostics, lines, folder: dirname(path) };
    terminal.err(textReport(found, terminal.colour, terminal.width));
    terminal.err(`\n${countInWords(loaded.diagnostics)}.\n`);
    return undefined;
  }
  const plans = plansOf(loaded.contract);
  const plan =
    plans.length === 1 && values.object === undefined
      ? plans[0]
      : plans.find(({ object }) => object === values.object);
  if (plan !== undefined) return { contract: loaded.contract, plan };
  const names = plans.map(({ object }) => object);
  if (names.length === 0) throw new UsageError(`the contract ${loaded.contract.id} is about no object`);
  const near = values.object === undefined ? undefined : nearest(values.object, names);
  throw new UsageError(
    values.object === undefined
      ? `the contract ${loaded.contract.id} is about several objects: say which by --object ${orList(names)}`
      : `the contract ${loaded.contract.id} has no object '${values.object}'${near ? `: did you mean ${near.word}?` : `: it has ${orList(names)}`}`,
  );
}

function read(path: string, named: boolean, terminal: Terminal): Uint8Array {
  const instead = named
    ? 'give the path of a contract’s file'
    : 'give the id of a contract of the register, or the path of its file, such as ./awards.yaml';
  return bytesNamed(path, instead, terminal);
}
