/**
 * Every mutant of a whole assembly that is no change of a policy: of each resource, of each stack’s template, of the manifest
 * and of the files. By rule over whatever the assembly holds, always in the same order.
 */
import { type Assembly, jsonIn } from '../../../lib/assembly';
import { baselineMutants } from './baseline-mutants';
import { guardrailMutants } from './guardrail-mutants';
import { manifestMutants } from './manifest-mutants';
import { resourceMutants } from './resource-mutants';
import { templateMutants } from './template-mutants';
import type { WholeMutant } from './whole-mutant';

/** Every one, in the order of stacks. */
export function wholeMutantsOf(source: Assembly): WholeMutant[] {
  return [
    ...source.stacks.flatMap((stack) => [
      ...resourceMutants(source, stack),
      ...templateMutants(source, stack),
      ...guardrailMutants(stack, neighbourOf(source, stack.account)),
      ...baselineMutants(source, stack),
    ]),
    ...manifestMutants(source),
  ];
}

/** The account of a member of which a stack does not speak. */
export function neighbourOf(source: Assembly, account: string): string {
  const { organisations } = jsonIn(source, 'register.json') as {
    organisations: readonly { account: string; membership: string }[];
  };
  return (
    organisations.find((each) => each.membership === 'member' && each.account !== account)?.account ?? ''
  );
}
