/** `concordat evidence`: the evidence pack, from a synthesised assembly alone. */
import { relative, resolve } from 'node:path';
import { AssemblyError } from '../assembly/assembly';
import { prove } from '../assembly/proof/prove';
import { readWorld } from '../assembly/world-reader';
import { checkResults } from '../evidence/build/checks';
import { evidenceOf } from '../evidence/build/evidence';
import { proofResult } from '../evidence/build/proof';
import { faultsOf, tallyOf } from '../evidence/build/tally';
import type { Evidence, ProofResult } from '../evidence/model';
import { packFiles } from '../evidence/pack';
import { readEvidenceSource } from '../evidence/read/source';
import { demandPackFolder, PackFolderError, writePack } from '../evidence/write-pack';
import { plural } from '../register/report/text';
import { type Command, textOf, UsageError } from './command';
import { EXIT, type Terminal } from './terminal';

/** How many faults are printed; the pack has them all. */
const MOST_SHOWN = 20;

/** Needs neither network nor AWS. Exits 0, 1 where something is to be mended, 3 where the assembly is faulty. */
export const evidence: Command = {
  name: 'evidence',
  summary: 'make the evidence pack for assessors, from the templates alone',
  usage: '[--assembly DIR] [--out DIR] [--no-proof] [--json]',
  options: {
    assembly: { type: 'string', value: 'DIR', help: 'the cloud assembly; cdk.out if not given' },
    out: { type: 'string', value: 'DIR', help: 'where the pack goes; evidence if not given' },
    'no-proof': { type: 'boolean', help: 'leave the access proof out, and say so in the pack' },
    json: { type: 'boolean', help: 'write the summary as JSON' },
  },
  example: 'npx concordat evidence --assembly cdk.out --out evidence',
  run: async (values, terminal) => {
    const assembly = resolve(terminal.cwd, textOf(values, 'assembly') ?? 'cdk.out');
    const out = resolve(terminal.cwd, textOf(values, 'out') ?? 'evidence');
    try {
      demandPackFolder(out);
      const proof = values['no-proof'] === true ? NOT_RUN : proofResult(prove(readWorld(assembly)));
      const made = await makePack(assembly, out, proof);
      const faults = faultsOf(made);
      report(made, faults, relative(terminal.cwd, out) || '.', values.json === true, terminal);
      return faults.length === 0 ? EXIT.clean : EXIT.findings;
    } catch (error) {
      if (error instanceof PackFolderError) throw new UsageError(error.message);
      if (!(error instanceof AssemblyError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
};

const NOT_RUN: ProofResult = { run: false, why: 'it was left out by --no-proof' };

/** Makes the pack of an assembly and puts it in its folder. */
export async function makePack(assembly: string, out: string, proof: ProofResult): Promise<Evidence> {
  const made = evidenceOf(readEvidenceSource(assembly), checkResults(assembly), proof);
  writePack(out, await packFiles(made));
  return made;
}

/** The pack in one line. */
export function inShort(made: Evidence): string {
  const { goals, judgements } = tallyOf(made);
  const proof = made.proof.run
    ? made.proof.holds
      ? 'access proven'
      : 'access not proven'
    : 'access proof not run';
  return `${goals.of} goals: ${goals.shown} shown, ${goals.partly} partly, ${goals['not shown']} not by templates, ${goals.failed} failed; ${judgements.passed} of ${judgements.passed + judgements.failed} judgements pass; ${proof}`;
}

function report(
  made: Evidence,
  faults: readonly string[],
  folder: string,
  json: boolean,
  { out, err }: Terminal,
): void {
  if (json)
    out(
      `${JSON.stringify({ form: 'concordat-evidence-summary/v1', folder, ...tallyOf(made), faults }, null, 2)}\n`,
    );
  else
    out(
      `${inShort(made)}.\nThe pack is in ${folder}/. Open ${folder}/index.html, or check it: node ${folder}/verify.mjs ASSEMBLY\n`,
    );
  for (const each of faults.slice(0, MOST_SHOWN)) err(`to mend: ${each}\n`);
  if (faults.length > MOST_SHOWN) err(`and ${faults.length - MOST_SHOWN} more: see ${folder}/index.html\n`);
  if (faults.length > 0) err(`${plural(faults.length, 'thing')} to mend.\n`);
}
