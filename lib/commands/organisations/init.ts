/**
 * `concordat init`: a zone’s own folder, by questions: the register with the zone and its first organisation, the settings by
 * which every later command means this zone, and what its pipeline does.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import {
  Beginning,
  ChangeRefused,
  commitFiles,
  missingLine,
  QUESTIONS,
  type QuestionName,
  ZONE_QUESTIONS,
  type ZoneQuestionName,
} from '../../register/changes';
import { programFolder } from '../../start/program';
import { quoted } from '../../words';
import { command } from '../command';
import { answersTo } from '../interview/answers';
import { orExplain } from '../interview/change-register';
import { keptAnswers } from '../interview/kept-answers';
import { nextLines } from '../next';
import { day, type Option, optionalWord, text, UsageError } from '../option';
import { ownFiles, packageFiles, tarballPath } from '../own-zone/files';
import { USUAL } from '../places';
import { registerInput } from '../register-input';
import { EXIT, type Terminal } from '../terminal';
import { unread } from '../unread';

const ANSWERS = Object.fromEntries(
  [...ZONE_QUESTIONS, ...QUESTIONS].map(({ name, takes, help }) => [name, text(takes, help)]),
) as Record<ZoneQuestionName | QuestionName, Option<string | undefined>>;

/** What an empty register may hold already: notes, and what is not read. */
const HARMLESS = /^(?:\..*|README\.md|schema)$/;

const GOES_WITH = 'the membership or custody';

/** Needs neither network nor AWS. Exits 0, 1 where something is missing or wrong, 2 where there is a register already. */
export const init = command({
  name: 'init',
  words: { folder: optionalWord('the zone’s own folder, made if need be; the current one if not given') },
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
    const place = resolve(terminal.cwd, home);
    demandFolder(place, home);
    demandEmpty(folder, input.folder);
    return orExplain(input, terminal, async () => {
      const beginning = new Beginning(input.asOf);
      const keep = (of: string) => keptAnswers(terminal.cwd, `.concordat-init-${of}.json`, of);
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
          confirm: ({ id }) =>
            `Write ${join(home, '.') === '.' ? 'here' : `to ${home}/`} the zone with ${id}?`,
          goesWith: GOES_WITH,
        },
        terminal,
      );
      const files = beginning.files(zone, organisation);
      // The register comes last: until it is there, nothing of the zone is, and the same command goes on from the answers.
      const own = [...ownFiles(zone['zone-account'] ?? ''), ...packageIn(place, zone.prefix ?? '')];
      const missing = own.filter(({ path }) => !existsSync(join(place, path)));
      commitFiles(place, missing);
      commitFiles(folder, files);
      kept.zone.forget();
      kept.organisation.forget();
      say(home, [...missing, ...files.map(({ path }) => ({ path: `${USUAL.register}/${path}` }))], terminal);
      return EXIT.clean;
    });
  },
});

/** Says before anything is asked for that a zone has no place there. @throws UsageError */
function demandFolder(place: string, shown: string): void {
  const instead = 'name a folder that is new or empty';
  try {
    if (statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? !isLink(place)) return;
  } catch (error) {
    throw unread(shown, instead, error);
  }
  throw new UsageError(
    `${shown} is ${isLink(place) ? 'a link that leads to no folder' : 'no folder'}: ${instead}`,
  );
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

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
    throw unread(shown, 'name another folder', error);
  }
}

/** Names what is missing of both files at once, where nobody can be asked. @throws ChangeRefused */
function demandAll(beginning: Beginning, values: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const missing = beginning.demanded(Object.fromEntries(given));
  if (missing.length > 0) throw new ChangeRefused('the zone cannot begin yet', missing.map(missingLine));
}

/** What has npm install Concordat here; nothing where the folder is a package already, as `npm install TARBALL` leaves it. */
function packageIn(place: string, prefix: string): ReturnType<typeof packageFiles> {
  if (existsSync(join(place, 'package.json')) || existsSync(join(place, 'package-lock.json'))) return [];
  const tarball = join(place, tarballPath());
  return packageFiles(prefix, existsSync(tarball) ? readFileSync(tarball) : undefined);
}

function say(
  home: string,
  files: readonly { readonly path: string }[],
  { cwd, out, err, width }: Terminal,
): void {
  const schema = `${USUAL.register}/schema/`;
  // What editors read is one folder to whoever looks through the list.
  const told = new Set(files.map(({ path }) => (path.startsWith(schema) ? schema : path)));
  out([...told].map((path) => `${join(home, path).split(sep).join('/')}\n`).join(''));
  const place = resolve(cwd, home);
  const vendor = tarballPath().replace(/\/[^/]*$/, '');
  const isInstalled = existsSync(join(place, 'node_modules/concordat/package.json'));
  const needsTarball = !isInstalled && !existsSync(join(place, tarballPath()));
  const next = [
    ...(place === cwd ? [] : [[`cd ${quoted(home)}`, 'go into the zone’s own folder'] as const]),
    ...(needsTarball
      ? [
          [
            `mkdir -p ${vendor} && npm pack ${quoted(programFolder())} --pack-destination ${vendor}`,
            'put this Concordat beside the register, as one file',
          ] as const,
        ]
      : []),
    ...(isInstalled
      ? []
      : [['npm install', 'install it, and pin every digest in package-lock.json'] as const]),
    ['npx concordat onboard', 'have another organisation join'] as const,
    ['npx concordat agreement new', 'write what one shares with another'] as const,
    ['npx concordat synth', 'make and check every template, and see what it costs'] as const,
  ];
  err(`\nNext:\n${nextLines(next, width)}\n`);
}
