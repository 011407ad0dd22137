/** What `npm run bench` takes, and what its help says. */
import { parseArgs } from 'node:util';
import { type Case, ChoiceError, chosen } from './choose';
import { MEASURE_NAMES, MEASURES } from './measures';
import { PART_NAMES } from './parts';
import { SIZE_NAMES, SIZES } from './sizes';

/** What was asked for. */
export interface Asked {
  readonly cases: readonly Case[];
  readonly smoke: boolean;
  readonly json: boolean;
  readonly assert: boolean;
  /** The commit whose build is measured in turn with this one. */
  readonly against: string | undefined;
  /** The parts whose benches are run as well: all, unless something was chosen. */
  readonly parts: readonly string[];
}

/** The help. */
export const HELP = `npm run bench -- [--only MEASURE] [--at SIZE] [--against COMMIT] [--runs N] [--smoke] [--json] [--assert]

  --only MEASURE    take this measure alone, or several with commas between them; its baseline too if it is named; or a part
  --at SIZE         at this size alone, or several with commas between them
  --against COMMIT  build that commit beside this build, run both in turn and give the ratios
  --runs N          measure N times and give the medians; 3 if not given; sizes marked * are measured once
  --smoke           one run, with 1 and 10 organisations only, and the parts at small sizes
  --json            write the results as JSON
  --assert          exit 1 if a target is missed

Measures:
${MEASURE_NAMES.map((each) => `  ${each.padEnd(16)}  ${described(each)}`).join('\n')}

Parts, each with a bench of its own: ${PART_NAMES.join(', ')}

Sizes, and what the bench as a whole measures there:
${SIZE_NAMES.map((each) => `  ${`${each}${SIZES[each].once ? '*' : ''}`.padEnd(16)}  ${SIZES[each].label}: ${SIZES[each].whole.join(', ') || 'nothing'}`).join('\n')}
`;

/**
 * What a command line asks for, or undefined for the help.
 * @throws ChoiceError if it cannot be understood
 */
export function asked(args: readonly string[]): Asked | undefined {
  const { values } = parsed(args);
  const { only, at, against, runs, smoke, json, assert, help } = values;
  if (help) return undefined;
  if (!/^[1-9]\d?$/.test(runs)) throw new ChoiceError(`--runs takes a number from 1 to 99, not '${runs}'`);
  if (smoke && (only ?? at ?? against) !== undefined)
    throw new ChoiceError('--smoke has its own measures and sizes: leave out --only, --at and --against');
  if (assert && against !== undefined)
    throw new ChoiceError('--assert holds the targets, and a comparison has none: leave out --against');
  const compared = against !== undefined;
  const named = (only?.split(',') ?? []).map((each) => each.trim());
  const isPart = (each: string) => PART_NAMES.includes(each);
  const parts = named.filter(isPart);
  if (parts.length > 0 && (compared || at !== undefined))
    throw new ChoiceError(`${parts[0]} is a part, with sizes of its own: leave out --at and --against`);
  const measures = only === undefined ? undefined : named.filter((each) => !isPart(each)).join(',');
  return {
    cases: measures === '' ? [] : chosen({ only: measures, at, smoke, compared, runs: Number(runs) }),
    ...{ smoke, json, assert, against },
    parts: parts.length > 0 || only !== undefined || at !== undefined || compared ? parts : PART_NAMES,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        at: { type: 'string' },
        against: { type: 'string' },
        runs: { type: 'string', default: '3' },
        smoke: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        assert: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new ChoiceError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function described(name: (typeof MEASURE_NAMES)[number]): string {
  const { label, against } = MEASURES[name];
  return against === undefined ? label : `${label}, beside: ${MEASURES[against].label}`;
}
