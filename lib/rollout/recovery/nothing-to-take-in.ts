/** How a stack is made again of which nothing is left that CloudFormation could take in. */
import { type AssemblyStack, type Baseline, baselinesIn, isGroup, physicalNames } from '../../assembly';
import { THIS_ACCOUNT } from '../../names';
import { andList, quoted } from '../../words';

/**
 * The command that deploys it, with each parameter that CloudFormation then has no value of, and what stands in the way before: a
 * StackSet takes away what it made in each account, but for what is kept there, whose names are taken.
 * @param assembly where the assembly lies, as the command line takes it
 */
export function makingAgain(stack: AssemblyStack, assembly: string): string[] {
  const parameters = Object.entries(stack.parameters ?? {}).flatMap(([name, parameter]) => {
    if (!isGroup(parameter) || parameter.Default !== undefined) return [];
    const [only = name.toUpperCase()] = Array.isArray(parameter.AllowedValues) ? parameter.AllowedValues : [];
    return ['--parameters', quoted(`${name}=${String(only)}`)];
  });
  const command = ['npx cdk deploy', '--app', assembly, '--exclusively', stack.name, ...parameters].join(' ');
  const inTheWay = baselinesIn([stack]).flatMap(keptIn);
  if (inTheWay.length === 0) return [`Nothing outlives ${stack.name}: ${command}`];
  return [
    `In each account of its units ${andList(inTheWay)} outlive ${stack.name}, and their names stand in its way.`,
    'Deploy the three stacks of guardrails with `stage: nowhere`. As an administrator of each account, copy what is needed of these, empty and delete them. Then:',
    command,
    'After it, deploy the guardrails as they were.',
  ];
}

/** The names of what a StackSet leaves in an account. */
function keptIn({ resources }: Baseline): string[] {
  const kept = Object.entries(resources).filter(([, { DeletionPolicy }]) =>
    String(DeletionPolicy).startsWith('Retain'),
  );
  return physicalNames(Object.fromEntries(kept)).map((each) =>
    each.slice(each.indexOf(' ') + 1).replaceAll(THIS_ACCOUNT, 'ACCOUNT'),
  );
}
