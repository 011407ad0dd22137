/**
 * That shapes of templates tell apart in how many resources of one type the same names stand, in one property or in two together:
 * as they do where all is written down, of which a shape leaves out what follows from the rest.
 */
import fc from 'fast-check';
import { type NameKind, type ShapedTemplate, Shapes } from '../../../lib/compliance/shapes';

const IDS = ['leeds', 'dwp', 'york', 'surrey'];
const names = new Map<string, NameKind>(IDS.map((id) => [id, 'organisation']));
const shapes = new Shapes([names]);
const mask = shapes.mask(names);

const resource = fc.record({
  Type: fc.constantFrom('A', 'B'),
  Properties: fc.record({
    says: fc.constantFrom('one', 'other'),
    first: fc.constantFrom(...IDS),
    second: fc.constantFrom(...IDS),
    third: fc.constantFrom('none', ...IDS.slice(0, 2)),
  }),
});
type Resource = typeof resource extends fc.Arbitrary<infer T> ? T : never;
/** Two lists of resources, of which the second has other names in place of the first’s, and perhaps another resource. */
const pairs = fc
  .tuple(
    fc.array(resource, { minLength: 1, maxLength: 5 }),
    fc.shuffledSubarray(IDS, { minLength: IDS.length }),
    fc.option(fc.tuple(fc.nat(4), resource), { nil: undefined }),
  )
  .map(([one, ids, change]): [Resource[], Resource[]] => {
    const renamed = (name: string) => ids[IDS.indexOf(name)] ?? name;
    const other = one.map(({ Type, Properties: { says, first, second, third } }) => ({
      Type,
      Properties: { says, first: renamed(first), second: renamed(second), third: renamed(third) },
    }));
    return [one, change === undefined ? other : other.with(change[0] % other.length, change[1])];
  });

const templateOf = (list: readonly Resource[]): ShapedTemplate => ({
  Resources: Object.fromEntries(list.map((each, index) => [`R${index}`, each])),
});

const twice = (list: readonly string[]) =>
  list.toSorted().filter((each, index, all) => each !== all[index - 2]);

/** Of each type, how many have each label, up to two, and by properties those that have one value there. */
function writtenDown(list: readonly Resource[]): string {
  const { resources } = shapes.of(templateOf(list), mask);
  const lines = ['A', 'B'].map((type) => {
    const members = list.flatMap((each, index) =>
      each.Type === type ? [{ ...each.Properties, label: String(resources.get(`R${index}`)?.label) }] : [],
    );
    const named = (member: Resource['Properties']) =>
      (['first', 'second', 'third'] as const).filter((property) => names.has(member[property]));
    const groups = new Map<string, Map<string, string[]>>();
    for (const member of members)
      for (const one of named(member))
        for (const two of named(member)) {
          const place = groups.get(`${one} ${two}`) ?? new Map<string, string[]>();
          groups.set(`${one} ${two}`, place);
          const value = `${member[one]} ${member[two]}`;
          place.set(value, [...(place.get(value) ?? []), member.label]);
        }
    const sharing = [...groups].map(
      ([place, values]) => `${place} ${twice([...values.values()].map((labels) => twice(labels).join('=')))}`,
    );
    return `${type} ${twice(members.map(({ label }) => label))} ${sharing.sort().join('\n')}`;
  });
  return lines.join('\n');
}

test('two templates have one shape exactly where they have the same labels, and share values alike', () => {
  let same = 0;
  let apart = 0;
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      const [whole, its] = [one, other].map((list) => shapes.of(templateOf(list), mask).whole);
      if (whole === its) same += 1;
      else apart += 1;
      expect(whole === its).toBe(writtenDown(one) === writtenDown(other));
    }),
    { numRuns: 300 },
  );
  expect(Math.min(same, apart)).toBeGreaterThan(30);
});

test('where each of two properties is shared alike, they tell templates apart that share both together', () => {
  const all = (list: readonly (readonly [string, string])[]) =>
    list.map(
      ([first, second]): Resource => ({
        Type: 'A',
        Properties: { says: 'one', first, second, third: 'none' },
      }),
    );
  const crossed = all([
    ['leeds', 'dwp'],
    ['leeds', 'york'],
    ['surrey', 'dwp'],
    ['surrey', 'york'],
  ]);
  const paired = all([
    ['leeds', 'dwp'],
    ['leeds', 'dwp'],
    ['surrey', 'york'],
    ['surrey', 'york'],
  ]);
  const [one, other] = [crossed, paired].map((list) => shapes.of(templateOf(list), mask).whole);
  expect(one).not.toBe(other);
  expect(writtenDown(crossed)).not.toBe(writtenDown(paired));
});
