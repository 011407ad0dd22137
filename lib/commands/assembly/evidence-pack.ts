/** Makes an evidence pack, and says in a line what it comes to: for the command, and for the end of a synth. */

import { type Assembly, letGoOf, REPORT_FILE, worldOf } from '../../assembly';
import {
  checkResults,
  type Evidence,
  evidenceOf,
  evidenceSourceOf,
  type ProofResult,
  packFiles,
  proofResult,
  type Reading,
  readingsOf,
  tallyOf,
  writePack,
} from '../../evidence';
import { prove } from '../../proof';
import { bundleDigests } from '../../start/bundles';

/** Stands in for a proof that was not asked for. */
export const LEFT_OUT: ProofResult = { run: false, why: 'it was left out by --no-proof' };

/** What is asked of policies: whether they come to what is agreed, and who reads what. */
export interface Proven {
  readonly proof: ProofResult;
  /** Absent where the proof was not run. */
  readonly readings?: readonly Reading[];
}

/** Makes the pack of an assembly and puts it in its folder. */
export async function makePack(
  assembly: Assembly,
  out: string,
  { proof, readings }: Proven,
): Promise<Evidence> {
  const source = evidenceSourceOf(assembly);
  const made = evidenceOf(source, checkResults(source), proof, readings);
  // All that it says is in the model: at 400 organisations it takes 19 MB.
  letGoOf(assembly, REPORT_FILE);
  writePack(out, await packFiles(made, source.custody));
  return made;
}

/** The access proof of an assembly, and who reads what in it. @throws AssemblyError if it cannot be read */
export function proofOf(assembly: Assembly): Proven {
  const world = worldOf(assembly);
  return {
    proof: proofResult(prove(world, undefined, { bundles: bundleDigests() })),
    readings: readingsOf(world),
  };
}

/** What a pack comes to, in three short lines. */
export function inShort(made: Evidence): string[] {
  const { goals, judgements } = tallyOf(made);
  const { passed, accepted, failed } = judgements;
  const proof = made.proof.run
    ? made.proof.holds
      ? 'access proven'
      : 'access not proven'
    : 'access not proven here: the proof was not run';
  return [
    `${goals.of} goals: ${goals.shown} shown, ${goals.partly} partly, ${goals['not shown']} not by templates, ${goals.failed} failed`,
    `${passed.toLocaleString('en-GB')} of ${(passed + accepted + failed).toLocaleString('en-GB')} judgements pass${accepted === 0 ? '' : `, ${accepted} accepted as exceptions`}`,
    proof,
  ];
}
