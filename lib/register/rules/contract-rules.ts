/** The rule that each data contract can be carried out as it stands: what cannot is a fault of the register, never passed over. */
import { compiledOf } from '../contract-plans';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { locate } from '../explain/fault';
import type { Contract } from '../schema/contract';
import type { Path } from '../yaml-source';

/** The most digits of which each decimal is told apart by the numbers that programs have (IEEE 754, 15 for a double). */
const EXACT_DIGITS = 15;

/** All that a contract asks can be carried out on a file. */
export function contractsCompile(draft: Draft): Diagnostic[] {
  return [...draft.contracts.values()].flatMap(({ value, source }) => {
    const compiled = compiledOf(value);
    return compiled.ok
      ? []
      : compiled.faults.map((fault) => locate(source, { code: 'contract-rule', ...fault }));
  });
}

/** No number of a contract has more digits than a number holds: a limit would silently be another. */
export function numbersAreExact(draft: Draft): Diagnostic[] {
  return [...draft.contracts.values()].flatMap((contract) =>
    [...longNumbers(contract)].map(({ path, text }) =>
      at(contract.source, path, {
        code: 'bad-format',
        message: 'this number has more digits than a number holds, and would be taken for another',
        found: text,
        allowed: `a number of at most ${EXACT_DIGITS} digits`,
        fix: 'write fewer digits; where they matter, as in a reference, put them in quotes or say them by a `pattern`',
      }),
    ),
  );
}

function longNumbers({ source }: Sourced<Contract>): { path: Path; text: string }[] {
  const found: { path: Path; text: string }[] = [];
  source.eachPlainScalar(/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/, (path, text) => {
    const digits = text
      .replace(/[eE].*$/, '')
      .replace(/[-+.]/g, '')
      .replace(/^0+/, '')
      .replace(/0+$/, '');
    if (digits.length > EXACT_DIGITS) found.push({ path, text });
  });
  return found;
}
