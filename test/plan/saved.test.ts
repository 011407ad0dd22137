/** A saved plan is of two assemblies and of no others: whatever changes in either, it is refused. */
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { AssemblyError, identityOf, openAssembly } from '../../lib/assembly';
import { planOf } from '../../lib/plan/plan';
import { departuresFrom, savedPlanOf } from '../../lib/plan/saved';
import { tellDeparture } from '../../lib/plan/words/departures';
import { thisProgram } from '../../lib/start/program';
import { parseSavedPlan, savedPlanText } from '../../lib/wire';
import { plainText } from '../../lib/words';
import { temporaryFolder } from '../stacks/sample-assembly';
import { afterFolder, beforeFolder, unproven } from './pair';

const folders = { before: temporaryFolder(), after: temporaryFolder() };
cpSync(beforeFolder(), folders.before, { recursive: true });
cpSync(afterFolder(), folders.after, { recursive: true });
const opened = () => ({ before: openAssembly(folders.before), after: openAssembly(folders.after) });
const SETTLED = { widenings: ['somebody gains'], approved: true, unfit: [], although: undefined };
const saved = { before: identityOf(opened().before), after: identityOf(opened().after) };

/** A change of files, and what takes it back. */
type Spoil = (folder: string, file: string, other: string) => () => void;
const kept = (path: string) => {
  const bytes = readFileSync(path);
  return () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  };
};
const SPOILS: Readonly<Record<string, Spoil>> = {
  'a byte more': (folder, file) => {
    const back = kept(join(folder, file));
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'latin1')} `, 'latin1');
    return back;
  },
  'a bit turned': (folder, file) => {
    const back = kept(join(folder, file));
    const bytes = readFileSync(join(folder, file));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(join(folder, file), bytes);
    return back;
  },
  'a file less': (folder, file) => {
    const back = kept(join(folder, file));
    rmSync(join(folder, file));
    return back;
  },
  'a file more': (folder, file) => {
    writeFileSync(join(folder, `${file}.more`), '');
    return () => rmSync(join(folder, `${file}.more`));
  },
  'a file by another name': (folder, file) => {
    renameSync(join(folder, file), join(folder, `${file}-`));
    return () => renameSync(join(folder, `${file}-`), join(folder, file));
  },
  'two files in each other’s place': (folder, file, other) => {
    const backs = [kept(join(folder, file)), kept(join(folder, other))];
    const [one, two] = [readFileSync(join(folder, file)), readFileSync(join(folder, other))];
    writeFileSync(join(folder, file), two);
    writeFileSync(join(folder, other), one.equals(two) ? Buffer.concat([one, one]) : one);
    return () => {
      for (const back of backs) back();
    };
  },
};

test('any change of any file of either assembly has the plan refused, naming the side', () => {
  const files = { before: opened().before.filesBelow(''), after: opened().after.filesBelow('') };
  fc.assert(
    fc.property(
      fc.constantFrom('before' as const, 'after' as const),
      fc.constantFrom(...Object.keys(SPOILS)),
      fc.nat(),
      fc.nat(),
      (side, kind, one, two) => {
        const all = files[side];
        const file = all[one % all.length] ?? '';
        const other = all.filter((each) => each !== file)[two % (all.length - 1)] ?? '';
        const back = SPOILS[kind]?.(folders[side], file, other);
        try {
          expect(new Set(departuresFrom(saved, opened()).map((each) => each.side))).toEqual(new Set([side]));
        } catch (error) {
          // One that cannot even be opened is refused before any plan is read.
          if (!(error instanceof AssemblyError)) throw error;
        } finally {
          back?.();
        }
      },
    ),
    { numRuns: 30 },
  );
  expect(departuresFrom(saved, opened())).toEqual([]);
});

test('a plan of the same two folders the other way round is refused for both', () => {
  const { before, after } = opened();
  expect(
    departuresFrom(saved, { before: after, after: before }).map(({ side, of }) => `${side} ${of}`),
  ).toEqual([
    ...['before day', 'before register', 'before files'],
    ...['after day', 'after register', 'after files'],
  ]);
});

test('what differs is told in words: the day, the register, the program, the files', () => {
  const { program } = saved.before;
  expect(program).toEqual(thisProgram());
  const other = {
    ...saved,
    before: {
      ...saved.before,
      asOf: '2026-11-30',
      registerDigest: '0'.repeat(64),
      program: undefined,
      files: 1,
      filesDigest: '1'.repeat(64),
    },
  };
  const { asOf: _, ...digests } = saved.before;
  expect(departuresFrom(other as never, opened()).map((each) => plainText(tellDeparture(each)))).toEqual([
    'BEFORE: it is made for 1 December 2026, and the plan is of 30 November 2026',
    `BEFORE: its register has the SHA-256 ${digests.registerDigest}, and the plan is of ${'0'.repeat(64)}`,
    expect.stringMatching(
      /^BEFORE: it was made by concordat .*, and the plan is of a program that it does not name$/,
    ),
    `BEFORE: it has ${digests.files} files of the SHA-256 ${digests.filesDigest}, and the plan is of 1 file of the SHA-256 ${'1'.repeat(64)}`,
  ]);
});

test('it holds each stack in order with its template and all that is to become of its resources, and is read back', () => {
  const { before, after } = opened();
  const none = new Set<string>();
  const { sideOf } = jest.requireActual<typeof import('../../lib/plan/side')>('../../lib/plan/side');
  const plan = planOf(sideOf(before, none), sideOf(after, none));
  const made = savedPlanOf(plan, { before, after }, SETTLED);
  expect(parseSavedPlan(savedPlanText(made), 'plan.json')).toEqual(JSON.parse(JSON.stringify(made)));
  expect(made.stacks.map(({ stack, change }) => [stack, change])).toEqual(
    plan.stacks.map(({ stack, change }) => [stack, change]),
  );
  for (const { stack, template, templateDigest, resources } of made.stacks) {
    expect(templateDigest).toBe(after.digest(template).sha256);
    const [was, is] = [before, after].map(
      ({ stacks }) => stacks.find(({ name }) => name === stack)?.resources ?? {},
    );
    const ids = (action: string) => resources.filter((each) => each.action === action).map(({ id }) => id);
    expect(ids('add')).toEqual(Object.keys(is ?? {}).filter((id) => !(id in (was ?? {}))));
    expect(ids('remove')).toEqual(Object.keys(was ?? {}).filter((id) => !(id in (is ?? {}))));
  }
});

test('what nobody approved, and what could not be judged, is not saved', () => {
  const from = unproven();
  const plan = planOf(from, from);
  const pair = { before: from.source, after: from.source };
  expect(() => savedPlanOf(plan, pair, { ...SETTLED, approved: false })).toThrow(/not approved/);
  const notJudged = [{ side: 'after', finding: { kind: 'not understood' } }] as never;
  expect(() => savedPlanOf({ ...plan, notJudged }, pair, SETTLED)).toThrow(/not approved/);
});
