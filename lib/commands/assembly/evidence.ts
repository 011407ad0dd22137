/** `concordat evidence`: the evidence pack, from a synthesised assembly alone. */
import { resolve } from 'node:path';
import { type Assembly, AssemblyError, openAssembly } from '../../assembly';
import {
  checkResults,
  demandPackFolder,
  type Evidence,
  evidenceOf,
  evidenceSourceOf,
  extractFiles,
  faultsOf,
  tallyOf,
  writePack,
} from '../../evidence';
import { nearest, plural, quoted } from '../../words';
import { command } from '../command';
import { orNameAnother } from '../made-folder';
import { renamed, text, toggle, UsageError } from '../option';
import { placesOf } from '../places';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { demandApart } from './apart';
import { inShort, LEFT_OUT, makePack, proofOf } from './evidence-pack';

/** How many faults are printed; the pack has them all. */
const MOST_SHOWN = 20;

/** Needs neither network nor AWS. Exits 0, 1 where something is to be mended, 3 where the assembly is faulty. */
export const evidence = command({
  name: 'evidence',
  words: {},
  options: {
    ...ASSEMBLY_OPTION,
    output: renamed(
      text('DIR', 'where the pack goes; evidence if not given, or evidence-ID of one organisation'),
      'out',
    ),
    organisation: text('ID', 'only what one organisation may see'),
    'no-proof': toggle('leave the access proof out, and say so in the pack'),
    ...JSON_OPTION,
  },
  example: 'npx concordat evidence --assembly cdk.out --output evidence',
  run: async (values, terminal) => {
    const { organisation } = values;
    const folder = resolve(terminal.cwd, values.assembly);
    const { evidence: usual } = placesOf(terminal);
    const given = values.output ?? (organisation === undefined ? usual : `${usual}-${organisation}`);
    const out = resolve(terminal.cwd, given);
    try {
      return await orNameAnother(given, 'with --output DIR', terminal, async () => {
        demandPackFolder(out);
        const assembly = openAssembly(folder);
        demandApart(
          { folder: given, option: '--output' },
          { folder: values.assembly, option: '--assembly' },
          terminal,
        );
        if (organisation !== undefined)
          return await makeExtract(assembly, organisation, out, given, terminal);
        const made = await makePack(
          assembly,
          out,
          values['no-proof'] ? { proof: LEFT_OUT } : proofOf(assembly),
        );
        const faults = faultsOf(made);
        const check = `node ${quoted(`${given}/verify.mjs`)} ${quoted(values.assembly)}`;
        report(made, faults, { folder: given, check }, values.json, terminal);
        return faults.length === 0 ? EXIT.clean : EXIT.findings;
      });
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
});

/** What one organisation may see. The proof is of the whole zone, so it is in the operator’s pack only. */
async function makeExtract(
  assembly: Assembly,
  organisation: string,
  out: string,
  shown: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const source = evidenceSourceOf(assembly);
  const known = source.register.organisations.map(({ id }) => id as string);
  if (!known.includes(organisation)) {
    const near = nearest(organisation, known);
    throw new UsageError(
      `this assembly has no organisation '${organisation}'${near ? `: did you mean ${near.word}?` : `: it has ${known.join(', ')}`}`,
    );
  }
  const made = evidenceOf(source, checkResults(source), {
    run: false,
    why: 'it is of the whole zone',
  });
  const { files, extract } = await extractFiles(made, organisation);
  writePack(out, files);
  const { readsUs, weRead, counterparties, checks } = extract;
  const failed = checks.reduce((sum, each) => sum + each.failed, 0);
  terminal.out(
    `${organisation}: ${plural(readsUs.length, 'share')} to others, ${weRead.length} from others, with ${plural(counterparties.length, 'organisation')}; nobody else is named.\nThe extract is in ${shown}/. Open ${shown}/index.html\n`,
  );
  if (failed > 0) terminal.err(`${plural(failed, 'judgement')} on its templates failed.\n`);
  return failed === 0 ? EXIT.clean : EXIT.findings;
}

function report(
  made: Evidence,
  faults: readonly string[],
  { folder, check }: { readonly folder: string; readonly check: string },
  json: boolean,
  { out, err }: Terminal,
): void {
  if (json)
    out(
      `${JSON.stringify({ form: 'concordat-evidence-summary/v1', folder, ...tallyOf(made), faults }, null, 2)}\n`,
    );
  else
    out(
      `${inShort(made).join('\n')}\nThe pack is in ${folder}/. Open ${folder}/index.html, or check it: ${check}\n`,
    );
  for (const each of faults.slice(0, MOST_SHOWN)) err(`to fix: ${each}\n`);
  if (faults.length > MOST_SHOWN) err(`and ${faults.length - MOST_SHOWN} more: see ${folder}/index.html\n`);
  if (faults.length > 0) err(`${plural(faults.length, 'thing')} to fix.\n`);
}
