/** `concordat prove`: whether the templates let everyone do what the agreements imply, and nothing else. */
import { resolve } from 'node:path';
import { AssemblyError, openAssembly, worldOf } from '../../assembly';
import { NOT_SEEN } from '../../iam';
import {
  findingsOf,
  NOT_IN_AN_ASSEMBLY,
  type Proof,
  plainFinding,
  prove as proveWorld,
  standLines,
  WHY_THESE_COVER_ALL,
} from '../../proof';
import { dayWords } from '../../register/calendar';
import { bundleDigests } from '../../start/bundles';
import { plural } from '../../words';
import { command } from '../command';
import { placesOf } from '../places';
import { EXIT, type Terminal } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { type Explained, toldTogether } from './told-together';
import { whyCommand } from './why-request';

/** How many findings are printed, those that say the same of several things as one; --json has them all. */
const MOST_SHOWN = 40;

/** Needs neither network nor AWS. Exits 0 where it holds, 1 where not, 3 where the assembly is faulty. */
export const prove = command({
  name: 'prove',
  words: {},
  options: { ...ASSEMBLY_OPTION, ...JSON_OPTION },
  example: 'npx concordat prove --assembly cdk.out',
  run: ({ assembly, json }, terminal) => {
    try {
      const world = worldOf(openAssembly(resolve(terminal.cwd, assembly), 'let go'));
      const proof = proveWorld(world, undefined, { bundles: bundleDigests() });
      const findings = findingsOf(proof);
      const named = () => (assembly === placesOf(terminal).assembly ? undefined : assembly);
      const explained = findings.map((finding) => ({
        finding,
        command: whyCommand(finding, named(), world.register.zone.awsOrganizationId),
      }));
      if (json) printJson(proof, explained, world.asOf, terminal);
      else printText(proof, explained, world.asOf, terminal);
      return findings.length === 0 ? EXIT.clean : EXIT.findings;
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
});

function printJson(proof: Proof, findings: readonly Explained[], asOf: string, { out }: Terminal): void {
  const { organisations, pairs, shares, asked, compared, covered } = proof;
  const result = {
    schema: 'concordat-proof/v1',
    asOf,
    holds: findings.length === 0,
    organisations,
    pairs,
    shares,
    requests: { asked, compared, covered },
    ...(proof.guardrails.stand && { guardrails: proof.guardrails.stand }),
    findings: findings.map(({ finding, command }) => ({
      ...plainFinding(finding),
      explain: command,
    })),
    why: WHY_THESE_COVER_ALL,
    notJudged: [...NOT_IN_AN_ASSEMBLY, ...NOT_SEEN],
  };
  out(`${JSON.stringify(result, null, 2)}\n`);
}

function printText(proof: Proof, findings: readonly Explained[], asOf: string, { out, err }: Terminal): void {
  const { organisations, pairs, shares, asked, covered } = proof;
  const count = (number: number) => number.toLocaleString('en-GB');
  out(
    `${plural(organisations, 'organisation')}, ${count(pairs)} ordered pairs, ${plural(shares, 'share')} in force or to come, as of ${dayWords(asOf)}.\n` +
      `${count(asked)} requests asked, which stand for ${count(covered)}. ${WHY_THESE_COVER_ALL}\n`,
  );
  if (proof.guardrails.stand) for (const each of standLines(proof.guardrails.stand)) out(`${each}\n`);
  const all = toldTogether(findings);
  for (const { lines } of all.slice(0, MOST_SHOWN)) out(`\n${lines.join('\n')}\n`);
  const more = all.slice(MOST_SHOWN).reduce((sum, each) => sum + each.count, 0);
  if (more > 0) out(`\nand ${count(more)} more: --json has them all\n`);
  out(`\nNot judged:\n${[...NOT_IN_AN_ASSEMBLY, ...NOT_SEEN].map((each) => `- ${each}\n`).join('')}`);
  err(
    findings.length === 0
      ? '\nProven: what the templates allow is what the agreements imply, and nothing else.\n'
      : `\nNot proven: ${plural(findings.length, 'finding')}.\n`,
  );
}
