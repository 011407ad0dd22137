/** The result of a rehearsal as text. */
import { styleText } from 'node:util';
import { dayWords } from '../register/calendar';
import { columns, plural } from '../words';
import { passed, type RehearsalResult, type StepResult, type TypeCoverage } from './result';

/** Of a column; what is longer moves the rest of its line. */
const WIDEST = 80;
/** How many properties that differ are shown; --json has all. */
const MOST_SHOWN = 20;
const LISTS: readonly TypeCoverage['list'][] = [
  'deployed and read back',
  'decided by simulation',
  'not rehearsed here',
];

/** Steps, resource types, and what was played. */
export function rehearsalText(result: RehearsalResult, colour: boolean): string {
  const { asOf, endpoint, agreement, owner, recipient, third } = result;
  const differing = result.properties.filter(({ outcome }) => outcome === 'differs');
  return [
    `Agreement ${agreement}: ${owner} shares with ${recipient}; ${third} is no party. As of ${dayWords(asOf)}, at ${endpoint}.`,
    '',
    ...stepTable(result.steps, colour),
    ...LISTS.flatMap((list) =>
      section(`${list.slice(0, 1).toUpperCase()}${list.slice(1)}:`, typeLines(result.types, list)),
    ),
    ...(differing.length === 0 ? [] : ['', 'Not as the template says:']),
    ...differing
      .slice(0, MOST_SHOWN)
      .map(
        ({ stack, resource, property, expected, seen }) =>
          `  ${stack}/${resource}: ${property}: expected ${expected}, seen ${seen}`,
      ),
    ...(differing.length > MOST_SHOWN
      ? [`  and ${differing.length - MOST_SHOWN} more: --json has them all`]
      : []),
    ...section('Changed for the rehearsal:', result.settings.map(item)),
    ...section('Played by the rehearsal:', [
      ...result.played.map(item),
      ...result.unjudged.map((service) =>
        item(`What functions ask of ${service} goes to the endpoint without being judged.`),
      ),
    ]),
    ...section('Left out:', result.leftOut.map(item)),
    '',
  ].join('\n');
}

/** A title and its lines, or nothing where there are none. */
function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function item(text: string): string {
  return `  - ${text}`;
}

/** The last line, for those who look on. */
export function verdictText(result: RehearsalResult): string {
  const failed = result.steps.filter((each) => !each.passed);
  const differing = result.properties.filter(({ outcome }) => outcome === 'differs').length;
  if (passed(result)) return `Rehearsed: ${plural(result.steps.length, 'step')}, each as expected.`;
  const [first] = failed;
  return [
    ...(first
      ? [
          `${failed.length} of ${plural(result.steps.length, 'step')} did not come out as expected, the first: ${first.step}.`,
        ]
      : []),
    ...(differing > 0 ? [`${differing} properties are not as their template says.`] : []),
  ].join(' ');
}

function stepTable(steps: readonly StepResult[], colour: boolean): string[] {
  const rows = steps.map((each) => [
    each.step,
    each.expected,
    each.passed && each.seen === each.expected ? 'the same' : each.seen,
    each.decidedBy,
  ]);
  const head = ['step', 'expected', 'seen', 'who decided'];
  const [first = '', ...lines] = columns([head, ...rows], { widest: WIDEST });
  return [
    `      ${first}`,
    ...steps.flatMap((each, index) => {
      const text = `${each.passed ? 'ok  ' : 'NOT '}  ${lines[index] ?? ''}`.trimEnd();
      const shown = colour
        ? styleText(each.passed ? 'green' : 'red', text.slice(0, 4)) + text.slice(4)
        : text;
      return each.passed ? [shown] : [shown, ...each.why.map((why) => `        ${why}`)];
    }),
  ];
}

function typeLines(types: readonly TypeCoverage[], list: TypeCoverage['list']): string[] {
  return types
    .filter((each) => each.list === list)
    .map(
      ({ type, read, why }) =>
        `  ${type}${read > 0 ? `, ${read} ${read === 1 ? 'property' : 'properties'}` : ''}${why ? `. ${why}` : ''}`,
    );
}
