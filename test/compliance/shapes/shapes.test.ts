/** That templates of one shape differ in names alone, and that the templates that stand for them have names of every length. */
import { type NameKind, Shapes, Stretch } from '../../../lib/compliance/shapes';

const names = new Map<string, NameKind>([
  ['leeds', 'organisation'],
  ['dwp', 'organisation'],
  ['111122223333', 'account'],
]);
const shapes = new Shapes([names]);
const mask = shapes.mask(names);

/** The shape of a template of one resource in which a text stands. */
const shapeWith = (text: string) =>
  shapes.of(
    {
      Resources: {
        A: { Type: 'T', Properties: { Name: text, Other: 'On' }, Metadata: { source: 'a.yaml:1' } },
      },
    },
    mask,
  );
const key = (text: string) => shapeWith(text).resources.get('A')?.label;

test('templates that differ in names, days and lines alone have one shape, and a change of anything else another', () => {
  expect(key('to-leeds on 2027-01-02')).not.toBe(key('to-york on 2027-01-02'));
  expect(key('to/leeds on 2027-01-02')).toBe(key('to/dwp on 2028-03-04'));
  expect(key('to/leeds/leeds')).not.toBe(key('to/leeds/dwp'));
  expect(key('to/leeds.')).not.toBe(key('to/leeds'));
  expect(key('to/leedsx')).not.toBe(key('to/dwpx'));
});

describe('in the name of an organisation’s stack', () => {
  const stack = (name: string) => `arn:aws:cloudformation:eu-west-2:111122223333:stack/${name}/*`;

  test('its id is a name', () => {
    expect(key(stack('Organisation-leeds'))).toBe(key(stack('Organisation-dwp')));
    expect([...shapeWith(stack('Organisation-leeds')).names]).toEqual([
      ['111122223333', 'account'],
      ['leeds', 'organisation'],
    ]);
    expect(mask.replace(stack('Organisation-leeds'), (name, kind) => `<${kind} ${name}>`)).toBe(
      'arn:aws:cloudformation:eu-west-2:<account 111122223333>:stack/Organisation-<organisation leeds>/*',
    );
  });

  test('what is no id of its own account’s register, or has more to it, stays part of the shape', () => {
    const kept = [
      'Organisation-york',
      'Organisation-111122223333',
      'organisation-leeds',
      'AnOrganisation-leeds',
    ];
    for (const name of kept) expect(key(stack(name))).not.toBe(key(stack('Organisation-leeds')));
  });

  // No template names such a stack: where one did, each would be judged by itself.
  test('a further stack’s name stays whole, and is not that of the main stack', () => {
    const further = stack('Organisation-leeds-shares-1');
    expect(mask.split(further)).toContain(':stack/Organisation-leeds-shares-1/*');
    for (const other of ['Organisation-leeds', 'Organisation-dwp-shares-1', 'Organisation-leeds-shares-2'])
      expect(key(further)).not.toBe(key(stack(other)));
  });

  test('an id that ends as the name of a further stack is one', () => {
    const more = new Map<string, NameKind>([...names, ['leeds-shares-1', 'organisation']]);
    const own = new Shapes([more]).mask(more);
    expect(own.replace(stack('Organisation-leeds-shares-1'), (_name, kind) => `<${kind}>`)).toContain(
      'stack/Organisation-<organisation>/*',
    );
  });
});

test('of the templates that stand for all, one has each name at its longest and one at its shortest', () => {
  const all = new Map<string, NameKind>([
    ...names,
    ['north-yorkshire', 'organisation'],
    ['by-dwp-under-a', 'agreement'],
    ['999988887777', 'account'],
  ]);
  const stretch = new Stretch(all);
  const [longest, shortest] = (['longest', 'shortest'] as const).map((which) =>
    stretch.to(which, 'Organisation-leeds dwp leeds 111122223333 other', mask),
  );
  const idsOf = (text = '') => text.replace('Organisation-', '').split(' ');
  const [first, second, again, ...rest] = idsOf(longest);
  expect([first, second].map((each) => each?.length)).toEqual([15, 15]);
  expect(first).toMatch(/^leeds-1/);
  expect(again).toBe(first);
  expect(second).not.toBe(first);
  expect(rest).toEqual(['111122223333', 'other']);
  const [short, itself, twice] = idsOf(shortest);
  expect([short, itself, twice].map((each) => each?.length)).toEqual([3, 3, 3]);
  expect(itself).toBe('dwp');
  expect(twice).toBe(short);
  expect(short).not.toBe('dwp');
});

test('the two differ where a name of a kind stands in a text whose names differ in length', () => {
  const roles: [string, NameKind][] = [
    ['arn:aws:iam::111122223333:role/data/officer', 'role'],
    ['arn:aws:iam::111122223333:role/data/manager', 'role'],
  ];
  const all = new Map<string, NameKind>([...names, ...roles]);
  const [stretch, own] = [new Stretch(all), new Shapes([all]).mask(all)];
  const texts = ['leeds', 'a dwp b', '111122223333', 'none', '', ...roles.map(([role]) => role)];
  const differs = (text: string) => stretch.to('longest', text, own) !== stretch.to('shortest', text, own);
  expect(texts.map((text) => stretch.differsIn(text, own))).toEqual(texts.map(differs));
  expect(texts.filter(differs)).toEqual(['leeds', 'a dwp b']);
});

test('a text in which a name stands is told from others by masks of many templates, as by a mask of its own', () => {
  const all = new Map<string, NameKind>([
    ...names,
    ['Ysbyty Gwynedd', 'words'],
    ['data@leeds.gov.uk', 'words'],
    ['arn:aws:iam::111122223333:role/data/officer', 'role'],
  ]);
  const other = new Map<string, NameKind>([['york', 'organisation']]);
  const many = new Shapes([other, all]);
  const texts = [
    'of Ysbyty Gwynedd.',
    'to data@leeds.gov.uk',
    'by arn:aws:iam::111122223333:role/data/officer',
    'a-111122223333-b',
    'Organisation-leeds',
    `${'0123456789abcdef'.repeat(4)} 0123456789ab--x 2027-01-02 2027-01-02T03:04:05Z`,
    'kms:Decrypt',
    'leedsyork',
    'york',
  ];
  for (const text of [...texts, ...texts])
    for (const each of [all, other])
      expect(many.mask(each).split(text)).toEqual(new Shapes([each]).mask(each).split(text));
  expect(many.mask(other).split('york')).toEqual([{ name: 'york', kind: 'organisation' }]);
});

test('where a name has no letter or digit that could be looked for, each text is looked at whole', () => {
  const greek = new Map<string, NameKind>([['Υγεία', 'words']]);
  expect(new Shapes([greek]).mask(greek).split('of Υγεία')).toContainEqual({ name: 'Υγεία', kind: 'words' });
});
