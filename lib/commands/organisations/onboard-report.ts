/** What `onboard` says: what would change, who reads whom, what it costs, and where the files are. */

import type { Effect } from '../../joining';
import { type Bill, dollars, type NotPriced, noPrices, PRICES_AS_OF } from '../../plan';
import { andList, plural, quoted } from '../../words';
import { placesOf, registerFlag } from '../places';
import { resultLines } from '../results';
import type { Terminal } from '../terminal';

/** How many stacks are named; --json has them all. */
const MOST_NAMED = 16;

/** What came of it. */
export interface Onboarding {
  readonly id: string;
  readonly membership?: string;
  /** Of the register; absent where only the pack was made. */
  readonly files?: readonly string[];
  readonly says?: readonly string[];
  readonly effect?: Effect;
  readonly pack: readonly string[];
  readonly cost: Bill | NotPriced;
  readonly written: boolean;
}

/** For programs. */
export function onboardingJson(onboarding: Onboarding): string {
  return `${JSON.stringify({ form: 'concordat-onboarding/v1', ...onboarding }, null, 2)}\n`;
}

/** For people: results, and talk. @param register the folder of the register, as the reader knows it */
export function onboardingText(
  onboarding: Onboarding,
  register: string,
  terminal: Terminal,
): { result: string; talk: string } {
  const { id, says = [], effect, cost, files = [], pack, written } = onboarding;
  const result = [...says, ...(effect ? effectLines(id, effect) : []), costOf(id, cost)];
  const paths = [...files, ...pack].map((path) => `  ${path}\n`).join('');
  const next =
    effect && !effect.proven
      ? 'Nothing was written: the templates would allow more or less than the agreements say.\n'
      : !written
        ? 'Nothing was written, since --dry-run was given.\n'
        : effect
          ? `Have the file reviewed, and send the pack to ${id}. Then deploy:\n${deployment(id, onboarding.membership, register, terminal)}\n`
          : `Next: send the pack to ${id}.\n`;
  return {
    result: resultLines(result, terminal),
    talk: `\n${written ? 'Written' : 'Would be written'}:\n${paths}\n${next}`,
  };
}

function costOf(id: string, cost: Bill | NotPriced): string {
  if (!('usd' in cost)) return `What it costs ${id} is ${noPrices(cost)}.`;
  return `It costs ${id} about ${dollars(cost.usd)} a month (US dollars, prices of ${PRICES_AS_OF}); the pack shows how that comes about.`;
}

/**
 * An external organisation deploys its own template, and is let through the perimeter first. In a zone’s own folder, what is
 * deployed is what `synth` has made and checked.
 */
function deployment(
  id: string,
  membership: Onboarding['membership'],
  register: string,
  terminal: Terminal,
): string {
  const { own, assembly } = placesOf(terminal);
  const meant = registerFlag(register, terminal);
  const app = own
    ? ` --app ${quoted(assembly)}`
    : meant === ''
      ? ''
      : ` -c ${quoted(`register=${register}`)}`;
  const deploy = `  npx cdk deploy${app}`;
  return [
    ...(own ? [`  npx concordat synth${meant}`] : []),
    ...(membership === 'external'
      ? [
          '  in the management account:',
          `${deploy} Guardrails`,
          '  in the operator’s account:',
          `${deploy} Zone`,
        ]
      : [`${deploy} Zone Organisation-${id}`]),
  ].join('\n');
}

function effectLines(
  id: string,
  { newStacks, changedStacks, informedStacks, goneStacks, reads, proven, asked }: Effect,
): string[] {
  return [
    ...newStacks.map(
      ({ name, account, resources }) =>
        `New: the stack ${name} in account ${account}, with ${plural(resources, 'resource')}.`,
    ),
    ...(changedStacks.length === 0 ? [] : [`Changed: ${shortList(changedStacks)}.`]),
    ...(informedStacks.length === 0
      ? ['No other stack changes.']
      : [
          `Told that ${id} takes part, and else unchanged: ${shortList(informedStacks)}. Deploy Zone together with the new stack, so that the audit knows ${id}; the others can wait for their next deployment.`,
        ]),
    ...goneStacks.map((name) => `Gone: the stack ${name}.`),
    reads.length === 0
      ? `${id} can read nobody, and nobody can read ${id}, until an agreement says so.`
      : `Who reads whom: ${reads.join('; ')}.`,
    proven
      ? `Proven from the templates: ${plural(asked, 'request')} for what is ${id}’s were judged, and none is allowed beyond that.`
      : 'NOT proven: the templates allow something else.',
  ];
}

/** A few names, and how many more; --json has them all. Zone, which has to be deployed too, is always named. */
function shortList(names: readonly string[]): string {
  const first = [...names].sort((a, b) => Number(b === 'Zone') - Number(a === 'Zone')).slice(0, MOST_NAMED);
  const rest = names.length - first.length;
  return andList(rest === 0 ? first : [...first, `${rest} more`]);
}
