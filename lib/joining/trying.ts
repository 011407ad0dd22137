/** The parts of a pack by which a first transfer is tried: an officer’s steps, and what an engineer must see refused. */
import { signInOf } from '../register';
import { andList, codeBlock, marked, paragraph, plural, say } from '../words';
import { profileLines, refusedRequests } from './refused-requests';
import type { Section } from './section';
import type { PackSource } from './source';
import { testRuns } from './test-steps';

/** Both parts; where there is nothing to try yet, that. */
export function tryingSections(source: PackSource): Section[] {
  return [...officerSections(source), ...engineerSections(source)];
}

function officerSections(source: PackSource): Section[] {
  const runs = testRuns(source);
  const heading = 'A test transfer';
  if (runs.length === 0)
    return [
      {
        heading,
        blocks: [
          paragraph(
            'There is nothing to send or to collect yet: an agreement with you comes first. Make this pack again then.',
          ),
        ],
      },
    ];
  return runs.flatMap(({ directions, steps }, which) => [
    {
      heading: runs.length === 1 ? heading : `${heading}, for whoever may ${andList(directions)}`,
      blocks: [
        paragraph(
          which === 0
            ? say`For an officer: ${plural(steps.length, 'step')}, from unpacking to the receipt, with what lies beside this page and no tool but Node. If a command says something else than is said here, it says what to do too.`
            : `For an officer: ${plural(steps.length, 'step')}.`,
        ),
      ],
    },
    ...steps.map(
      ({ title, who, howLong, says, lines, seen }, index): Section => ({
        heading: say`${String(index + 1)}. ${title}`,
        level: 2,
        blocks: [
          ...(says === undefined ? [] : [paragraph(says)]),
          ...(lines.length === 0 ? [] : [codeBlock(lines)]),
          paragraph(say`You see: ${seen} Who: ${who}. How long: ${howLong}.`),
        ],
      }),
    ),
  ]);
}

function engineerSections(source: PackSource): Section[] {
  const all = refusedRequests(source);
  if (all.length === 0) return [];
  const purposes = [...new Set(all.flatMap(({ commands }) => commands.map(({ by }) => by)))];
  const profiles = purposes.flatMap((each) => [...profileLines(source, each, 'YOURS'), '']).slice(0, -1);
  return [
    {
      heading: 'What must be refused',
      blocks: [
        paragraph(
          marked(
            `For an engineer with the AWS command line, before the test file is taken back. Each command must end with AccessDenied. Put this into \`~/.aws/config\`, with the profile of a role that may take on these in place of YOURS${signInOf(source.organisation) ? '; signing in as a person does not do for it' : ''}:`,
          ),
        ),
        codeBlock(profiles),
      ],
    },
    ...all.map(
      ({ title, commands }): Section => ({
        heading: `${title}.`,
        level: 2,
        blocks: [codeBlock(commands.flatMap(({ says, command }) => [`# ${says}`, command]))],
      }),
    ),
  ];
}
