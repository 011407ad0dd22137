/** That a template of which resources are left out still shows what it is judged for, and nothing that was not to be seen. */
import fc from 'fast-check';
import {
  partOfTemplate,
  type ShapedTemplate,
  Shapes,
  type Sight,
  sightsIn,
} from '../../../lib/compliance/shapes';

const shapes = new Shapes([]);
const mask = shapes.mask(new Map());
const shapeOf = (template: ShapedTemplate) => shapes.of(template, mask);

/** A few resources of a few types that refer to and wait for one another in any way. */
const templates = fc
  .array(
    fc.record({
      type: fc.constantFrom('A', 'B', 'C'),
      says: fc.constantFrom('one', 'other'),
      refers: fc.array(fc.nat(9), { maxLength: 2 }),
      substitutes: fc.option(fc.nat(9), { nil: undefined }),
      waits: fc.array(fc.nat(9), { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((list): ShapedTemplate => {
    const id = (n: number) => `R${n % list.length}`;
    return {
      Description: 'of a test',
      Resources: Object.fromEntries(
        list.map(({ type, says, refers, substitutes, waits }, n) => [
          `R${n}`,
          {
            Type: type,
            Properties: {
              says,
              refers: refers.map((each, at) =>
                at === 0 ? { Ref: id(each) } : { 'Fn::GetAtt': [id(each), 'Arn'] },
              ),
              ...(substitutes !== undefined && { text: { 'Fn::Sub': `to \${${id(substitutes)}.Arn}` } }),
            },
            DependsOn: waits.map(id),
          },
        ]),
      ),
    };
  });

const keysIn = (template: ShapedTemplate, ...kinds: readonly Sight['kind'][]) =>
  sightsIn(shapeOf(template))
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ key }) => key);

test('what is asked for of one resource, or of two, is to be seen in less as in the whole, and no other resource is', () => {
  fc.assert(
    fc.property(templates, fc.infiniteStream(fc.nat(3)), (template, choice) => {
      const shape = shapeOf(template);
      const sights = sightsIn(shape).filter(() => choice.next().value === 0);
      const less = partOfTemplate(template, shape, sights);
      fc.pre(less !== undefined);
      const asked = sights.filter(({ kind }) => kind === 'own' || kind === 'two').map(({ key }) => key);
      expect(keysIn(less, 'own', 'two')).toEqual(expect.arrayContaining(asked));
      expect(keysIn(template, 'own')).toEqual(expect.arrayContaining(keysIn(less, 'own')));
      for (const [id, { DependsOn: left, ...rest }] of Object.entries(less.Resources ?? {})) {
        const { DependsOn: waits, ...all } = template.Resources?.[id] ?? {};
        expect(rest).toEqual(all);
        expect(left).toEqual([waits].flat().filter((each) => less.Resources?.[String(each)] !== undefined));
      }
    }),
  );
});

/** A resource that another names, which waits for a third; one that names it by its text; and one apart. */
const TEMPLATE = {
  Resources: {
    Asked: { Type: 'A', Properties: { of: { Ref: 'Named' } } },
    Named: { Type: 'B', DependsOn: ['Awaited'] },
    Awaited: { Type: 'B' },
    Naming: { Type: 'B', Properties: { of: { 'Fn::Sub': '$' + '{Asked.Arn}' } } },
    Apart: { Type: 'B' },
  },
};

const keptFor = (kind: Sight['kind'], id: string, template: ShapedTemplate = TEMPLATE) => {
  const shape = shapeOf(template);
  const sights = sightsIn(shape).filter((sight) => sight.kind === kind && sight.ids[0] === id);
  return Object.keys(partOfTemplate(template, shape, sights)?.Resources ?? {});
};

test('what a resource refers to or waits for is kept with it, and what refers to it only where that is to be seen', () => {
  expect(keptFor('own', 'Asked')).toEqual(['Asked', 'Named', 'Awaited']);
  expect(keptFor('with referrers', 'Asked')).toEqual(['Asked', 'Named', 'Awaited', 'Naming']);
});

test('of what a resource waits for, two are kept that differ in properties alone, and those that are there in any case', () => {
  const one = (n: number) => [`One${n}`, { Type: 'A', Properties: { n } }];
  const Last = { Type: 'C', DependsOn: ['One0', 'One1', 'One2', 'One3', 'Other', 'Nothing'] };
  const Resources = {
    ...Object.fromEntries([0, 1, 2, 3].map(one)),
    Other: { Type: 'A', DeletionPolicy: 'Retain' },
    Last,
  };
  const shape = shapeOf({ Resources });
  const partFor = (...asked: readonly string[]) =>
    partOfTemplate(
      { Resources },
      shape,
      sightsIn(shape).filter(({ kind, ids: [id = ''] }) => kind === 'own' && asked.includes(id)),
    )?.Resources?.Last?.DependsOn;
  expect(partFor('Last')).toEqual(['One0', 'One1', 'Other', 'Nothing']);
  expect(partFor('Last', 'One3')).toEqual(['One0', 'One3', 'Other', 'Nothing']);
});

test('of referrers that are the same, two are kept', () => {
  const referring = (n: number) => [`Referring${n}`, { Type: 'B', Properties: { of: { Ref: 'Asked' } } }];
  const many = { Resources: { Asked: { Type: 'A' }, ...Object.fromEntries([0, 1, 2, 3].map(referring)) } };
  expect(keptFor('with referrers', 'Asked', many)).toEqual(['Asked', 'Referring0', 'Referring1']);
});

test('nothing is left out where all is asked for, or where a section could speak of a resource', () => {
  const Resources = { One: { Type: 'A' }, Other: { Type: 'B' } };
  const part = (template: ShapedTemplate, ...types: readonly string[]) => {
    const shape = shapeOf(template);
    const isAsked = ({ ids: [id = ''] }: Sight) => types.includes(shape.resources.get(id)?.type ?? '');
    return partOfTemplate(template, shape, sightsIn(shape).filter(isAsked));
  };
  expect(part({ Resources }, 'A', 'B')).toBeUndefined();
  expect(part({ Resources, Outputs: {} }, 'A')).toBeUndefined();
  expect(part({ Resources }, 'A')).toEqual({ Resources: { One: { Type: 'A' } } });
});
