/** Whether an assembly is fit to be deployed at all, before it is asked what that would change. */
import { type Assembly, constructPathsOf, findingsOf, provenanceOf } from '../../assembly';
import { plural, quoted } from '../../words';
import { reproductionWithoutChecks } from './reproduction';
import { differencePlace } from './reproduction-report';

/** One reason against deploying an assembly, in words. */
export type Unfit = string;

/**
 * Every reason why the later assembly is not to be deployed in place of the earlier one; none where it is fit.
 * @param folder as the caller names the later one
 * @param again the command that makes it again
 * @throws AssemblyError if it carries no register that can be read
 */
export function unfitness(before: Assembly, after: Assembly, folder: string, again: string): Unfit[] {
  return [...lineage(before, after), ...checks(after, again), ...edits(after, folder)];
}

/** Registers of two AWS organisations have nothing to do with each other. */
function lineage(before: Assembly, after: Assembly): Unfit[] {
  const [was, is] = [before, after].map(awsOrganisationOf);
  return was === is
    ? []
    : [
        `it is for the AWS organisation ${is}, and what is deployed is for ${was}: is it of another register?`,
      ];
}

function awsOrganisationOf(assembly: Assembly): string {
  return provenanceOf(assembly).register.zone.awsOrganizationId;
}

function checks(assembly: Assembly, again: string): Unfit[] {
  const { open, packs } = findingsOf(assembly);
  const [first] = open;
  if (packs.length === 0)
    return [
      `it has no report of its checks: they were left out, or the synth was interrupted. Make it again: ${again}`,
    ];
  if (first === undefined) return [];
  return [
    `its checks have ${plural(open.length, 'open finding')}, the first ${first.rule} at ${first.constructPath}: see ${again}`,
  ];
}

function edits(assembly: Assembly, folder: string): Unfit[] {
  // The proof asks for these notes next: a file that is looked through here is known by its digest from then on.
  for (const stack of assembly.stacks) constructPathsOf(assembly, stack);
  const { differences, sameProgram } = reproductionWithoutChecks(assembly);
  const [first] = differences;
  if (first === undefined) return [];
  const program = sameProgram ? '' : ' by this program, and was made by another';
  return [
    `it is not what its register makes${program}: ${plural(differences.length, 'difference')}, the first at ${differencePlace(first)}. See npx concordat reproduce ${quoted(folder)}`,
  ];
}
