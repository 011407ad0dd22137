/** `concordat init`: a register of one’s own, by questions: the zone and its first organisation. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  Beginning,
  ChangeRefused,
  commitFiles,
  missingLine,
  QUESTIONS,
  type QuestionName,
  ZONE_QUESTIONS,
  type ZoneQuestionName,
} from '../register/changes';
import { quoted } from '../words';
import { answersTo } from './answers';
import { orExplain } from './change-register';
import { command } from './command';
import { keptAnswers } from './kept-answers';
import { day, type Option, optionalWord, text, UsageError } from './option';
import { registerInput } from './register-input';
import { EXIT, type Terminal } from './terminal';
import { USUAL } from './vocabulary';

const ANSWERS = Object.fromEntries(
  [...ZONE_QUESTIONS, ...QUESTIONS].map(({ name, takes, help }) => [name, text(takes, help)]),
) as Record<ZoneQuestionName | QuestionName, Option<string | undefined>>;

/** What an empty register may hold already: notes, and what is not read. */
const HARMLESS = /^(?:\..*|README\.md|schema)$/;

const GOES_WITH = 'the membership or custody';

/** Needs neither network nor AWS. Exits 0, 1 where something is missing or wrong, 2 where there is a register already. */
export const init = command({
  name: 'init',
  words: { folder: optionalWord('the folder in which register/ is made; the current one if not given') },
  options: {
    ...ANSWERS,
    'as-of': day('judge as of this day, such as 2027-04-01; today if not given'),
  },
  forms: ['[FOLDER] [OPTIONS], which asks for what is not given'],
  example: 'npx concordat init my-zone',
  run: (values, terminal) => {
    const home = values.folder ?? '.';
    const input = registerInput({ ...values, register: join(home, USUAL.register) }, terminal);
    const folder = resolve(terminal.cwd, input.folder);
    demandEmpty(folder, input.folder);
    return orExplain(input, terminal, async () => {
      const beginning = new Beginning(input.asOf);
      const keep = (of: string) => {
        const file = `.concordat-init-${of}.json`;
        return keptAnswers(resolve(terminal.cwd, file), file, of);
      };
      const kept = { zone: keep('zone'), organisation: keep('organisation') };
      if (terminal.ask === undefined || values['no-input']) demandAll(beginning, values);
      const zone = await answersTo(
        {
          drafting: beginning.zone,
          values,
          kept: kept.zone,
          heading: { words: 'The zone', first: true },
          confirm: () => 'Is this the zone?',
          goesWith: GOES_WITH,
        },
        terminal,
      );
      const organisation = await answersTo(
        {
          drafting: beginning.first(zone),
          values,
          kept: kept.organisation,
          heading: { words: 'The first organisation', first: false },
          confirm: ({ id }) => `Write ${input.folder}/ with the zone and ${id}?`,
          goesWith: GOES_WITH,
        },
        terminal,
      );
      const files = beginning.files(zone, organisation);
      commitFiles(folder, files);
      kept.zone.forget();
      kept.organisation.forget();
      say(home, input.folder, organisation.id ?? '', terminal);
      return EXIT.clean;
    });
  },
});

/** @throws UsageError where a register is there already, or something that is none */
function demandEmpty(folder: string, shown: string): void {
  if (existsSync(join(folder, 'zone.yaml')))
    throw new UsageError(
      `${shown} has a zone already: to add to it, npx concordat onboard --register ${quoted(shown)}`,
    );
  const there = existsSync(folder) ? listed(folder, shown).filter((name) => !HARMLESS.test(name)) : [];
  if (there.length > 0)
    throw new UsageError(`${shown} holds ${there[0]} already: name a folder in which nothing is lost`);
}

function listed(folder: string, shown: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new UsageError(`${shown} cannot be read (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
}

/** Names what is missing of both files at once, where nobody can be asked. @throws ChangeRefused */
function demandAll(beginning: Beginning, values: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const missing = beginning.missing(Object.fromEntries(given));
  if (missing.length > 0) throw new ChangeRefused('the zone cannot begin yet', missing.map(missingLine));
}

function say(home: string, register: string, id: string, { out, err }: Terminal): void {
  out(`${register}/zone.yaml\n${register}/organisations/${id}.yaml\n`);
  const given = register === USUAL.register ? '' : ` --register ${quoted(register)}`;
  const made = register === USUAL.register ? '' : ` --output ${quoted(join(home, USUAL.assembly))}`;
  const next = [
    [`npx concordat onboard${given}`, 'have another organisation join'],
    [`npx concordat agreement new${given}`, 'write what one shares with another'],
    [`npx concordat synth${given}${made}`, 'make and check every template, and see what it costs'],
  ];
  err(`\nNext:\n${next.map(([line, what]) => `  ${what}:\n    ${line}\n`).join('')}`);
}
