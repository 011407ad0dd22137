import { type Case, type Choice, ChoiceError, chosen } from './choose';
import { asked, HELP } from './command-line';
import { MEASURE_NAMES, MEASURES } from './measures';
import { PART_NAMES } from './parts';
import { SIZE_NAMES } from './sizes';

const choose = (choice: Partial<Choice>): Case[] =>
  chosen({ smoke: false, compared: false, runs: 3, ...choice });

const pairs = (cases: readonly Case[]) =>
  cases.flatMap(({ size, measures }) => measures.map((measure) => `${measure} at ${size}`));

test('one measure at one size is all that is taken where it is asked for', () => {
  expect(choose({ only: 'synth', at: '400' })).toEqual([{ size: '400', measures: ['synth'], runs: 3 }]);
});

test('several are taken in the order in which they are run, each once', () => {
  expect(pairs(choose({ only: 'synth, bare,synth', at: '400,14' }))).toEqual([
    'bare at 14',
    'synth at 14',
    'bare at 400',
    'synth at 400',
  ]);
});

test('a measure without a size is taken where the whole bench takes it, and one that it leaves out at 400', () => {
  expect(pairs(choose({ only: 'check' }))).toEqual(['check at 14', 'check at 400']);
  expect(pairs(choose({ only: 'packs' }))).toEqual(['packs at 400']);
});

test('a size without a measure has those of the whole bench, and one that it leaves out those of 400', () => {
  expect(pairs(choose({ at: '1000' }))).toEqual(['start at 1000']);
  expect(choose({ at: '10' })[0]?.measures).toEqual(choose({ at: '400' })[0]?.measures);
});

test('the whole measures npm start at every size, and each baseline beside what is compared with it', () => {
  const cases = choose({});

  expect(pairs(cases).filter((each) => each.startsWith('start'))).toEqual(
    ['14', '100', '400', '1000', 'department'].map((size) => `start at ${size}`),
  );
  for (const { measures } of cases.filter((each) => each.measures.length > 1))
    for (const { against } of measures.map((each) => MEASURES[each]))
      if (against !== undefined) expect(measures).toContain(against);
});

test('what takes a minute is measured once, however many runs are asked for', () => {
  expect(choose({ runs: 5 }).map(({ size, runs }) => [size, runs])).toEqual([
    ['14', 5],
    ['100', 5],
    ['400', 5],
    ['1000', 1],
    ['department', 1],
  ]);
});

test('two builds are compared in all but the baselines, which are the same for both', () => {
  const cases = choose({ compared: true });

  expect(pairs(cases)).toEqual(pairs(choose({})).filter((each) => !/^(?:yaml|bare|read) /.test(each)));
  expect(() => choose({ compared: true, only: 'yaml' })).toThrow(ChoiceError);
});

test('a smoke run is of two small sizes, once, and of every measure of the whole', () => {
  const cases = choose({ smoke: true });

  expect(cases.map(({ size, runs }) => [size, runs])).toEqual([
    ['1', 1],
    ['10', 1],
  ]);
  expect(cases[0]?.measures).toEqual(choose({ at: '400' })[0]?.measures);
});

test.each([
  [{ only: 'snyth' }, "'snyth' is no measure: did you mean synth?"],
  [{ only: 'synth,prov' }, "'prov' is no measure: did you mean prove?"],
  [{ only: 'weather' }, "'weather' is no measure: it is yaml, check,"],
  [{ at: '500' }, "'500' is no size: did you mean 400?"],
  [{ at: '20000' }, "'20000' is no size: did you mean 1000?"],
  [{ at: 'departments' }, "'departments' is no size: did you mean department?"],
  [{ only: '' }, "'' is no measure"],
])('an unknown measure or size is refused with the nearest: %j', (choice, message) => {
  expect(() => choose(choice)).toThrow(ChoiceError);
  expect(() => choose(choice)).toThrow(message);
});

test('the help lists every measure and every size', () => {
  for (const name of [...MEASURE_NAMES, ...SIZE_NAMES])
    expect(HELP).toMatch(new RegExp(`^  ${name}\\*? `, 'm'));
  expect(asked(['--help'])).toBeUndefined();
});

test.each([
  [['--runs', '0']],
  [['--sise', '400']],
  [['--smoke', '--at', '400']],
  [['--against', 'HEAD', '--assert']],
])('a command line that cannot be understood is refused: %j', (args) => {
  expect(() => asked(args)).toThrow(ChoiceError);
});

test('the parts are measured where nothing was chosen', () => {
  const withParts = (...args: string[]) => asked(args)?.parts;

  expect([withParts(), withParts('--smoke')]).toEqual([PART_NAMES, PART_NAMES]);
  expect([withParts('--at', '14'), withParts('--only', 'check'), withParts('--against', 'HEAD')]).toEqual([
    [],
    [],
    [],
  ]);
});

test('a part is chosen by its name, alone or beside measures', () => {
  expect(asked(['--only', 'delivery'])).toMatchObject({ cases: [], parts: ['delivery'] });
  const both = asked(['--only', 'check,delivery', '--runs', '1']);
  expect(both?.parts).toEqual(['delivery']);
  expect(pairs(both?.cases ?? [])).toEqual(['check at 14', 'check at 400']);
  expect(() => asked(['--only', 'delivery', '--at', '14'])).toThrow(ChoiceError);
});
