/** That what a rule may see in a template, and in no other, is a sight of its own. */
import {
  type NameKind,
  type ShapedTemplate,
  Shapes,
  type Sight,
  sightsIn,
} from '../../../lib/compliance/shapes';

const names = new Map<string, NameKind>([
  ['leeds', 'organisation'],
  ['dwp', 'organisation'],
  ['york', 'organisation'],
]);
const shapes = new Shapes([names]);
const mask = shapes.mask(names);
type Resources = ShapedTemplate['Resources'];

const sights = (Resources: Resources) => sightsIn(shapes.of({ Resources }, mask));
/** What is to be seen in one template and not in another. */
const moreIn = (one: Resources, other: Resources): Sight[] => {
  const seen = new Set(sights(other).map(({ key }) => key));
  return sights(one).filter(({ key }) => !seen.has(key));
};
const kindsOfMore = (one: Resources, other: Resources) => moreIn(one, other).map(({ kind }) => kind);

const to = (id: string, type: string) => ({ Type: type, Properties: { of: { Ref: id } } });
const named = (Name: string, says = '') => ({ Type: 'N', Properties: { Name, says } });

test('templates that differ in names alone, and resources that recur, show the same', () => {
  const once = { A: named('to/leeds'), B: named('to/dwp') };
  expect(moreIn({ A: named('to/york'), B: named('to/leeds') }, once)).toEqual([]);
  expect(moreIn({ ...once, C: named('to/york') }, once)).toEqual([]);
});

test('a resource to which two refer is another sight than two to which one each refers', () => {
  const topics = { One: { Type: 'T' }, Two: { Type: 'T' } };
  const each = { ...topics, X: to('One', 'X'), Y: to('Two', 'Y') };
  const both = { ...topics, X: to('One', 'X'), Y: to('One', 'Y') };
  expect(kindsOfMore(both, each)).toEqual(['with referrers', 'with referrers']);
});

test('a resource is another sight where what it refers to is another', () => {
  const first = { T: { Type: 'T', Properties: { says: 'one' } }, X: to('T', 'X') };
  const second = { T: { Type: 'T', Properties: { says: 'other' } }, X: to('T', 'X') };
  expect(moreIn(second, first).map(({ kind, ids }) => `${kind} ${ids}`)).toEqual([
    'own T',
    'with referrers T',
    'own X',
    'with referrers X',
  ]);
});

test('what a resource waits for makes it another sight by all but its properties', () => {
  const waiting = (of: Record<string, unknown>) => ({
    T: { Type: 'T', Properties: { says: 'one' } },
    X: { Type: 'X', DependsOn: ['T', 'U'] },
    U: { Type: 'T', ...of },
  });
  const own = (of: Record<string, unknown>) =>
    moreIn(waiting(of), waiting({}))
      .filter(({ kind }) => kind === 'own')
      .map(({ ids }) => ids.join());
  expect(own({ Properties: { says: 'other' } })).toEqual(['U']);
  for (const of of [{ Type: 'V' }, { Condition: 'Sometimes' }, { DeletionPolicy: 'Retain' }])
    expect(own(of)).toEqual(['X', 'U']);
});

test('two of one type are a sight where each alone is none, and so is whether names in them are the same', () => {
  const apart = { A: named('to/leeds', 'a'), B: named('to/dwp', 'b') };
  const alike = { A: named('to/leeds', 'a'), B: named('to/leeds', 'b') };
  expect(kindsOfMore(alike, apart)).toEqual(['two']);
  expect(kindsOfMore(apart, alike)).toEqual(['two']);
  expect(kindsOfMore(apart, { A: apart.A })).toContain('two');
  const same = { A: named('to/leeds'), B: named('to/leeds') };
  expect(kindsOfMore(same, { A: named('to/leeds'), B: named('to/dwp') })).toEqual(['two']);
});

test('templates show the same wherever their shapes are the same', () => {
  const one = { A: named('to/leeds', 'a'), B: named('to/leeds', 'b'), C: named('to/dwp', 'b') };
  const other = { A: named('to/york', 'a'), B: named('to/york', 'b'), C: named('to/leeds', 'b') };
  const whole = (Resources: Resources) => shapes.of({ Resources }, mask).whole;
  expect(whole(other)).toBe(whole(one));
  expect(sights(other).map(({ key }) => key)).toEqual(sights(one).map(({ key }) => key));
  expect(whole({ ...one, C: named('to/leeds', 'b') })).not.toBe(whole(one));
});

test('resources in a circle are a sight of the template', () => {
  const line = { A: to('B', 'X'), B: to('C', 'X'), C: to('D', 'X'), D: { Type: 'X' } };
  expect(kindsOfMore({ ...line, D: to('A', 'X') }, line)).toContain('sections');
});

test('two of one type with the same two names are a sight, where others share one name or the other', () => {
  const filter = (group: string, name: string) => ({ Type: 'F', Properties: { group, name } });
  const some = { A: filter('leeds', 'dwp'), B: filter('leeds', 'york'), C: filter('york', 'dwp') };
  expect(kindsOfMore({ ...some, D: filter('leeds', 'dwp') }, some)).toEqual(['two']);
});

test('more resources than a template may have are a sight of the template', () => {
  const topics = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`T${n}`, { Type: 'T' }]));
  expect(kindsOfMore(topics(500), topics(2))).toEqual([]);
  expect(kindsOfMore(topics(501), topics(500))).toEqual(['sections']);
});
