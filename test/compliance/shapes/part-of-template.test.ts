/** That a template of which resources are left out still has the parts for which it is judged, and none that was not there. */
import fc from 'fast-check';
import { NameMask, partOfTemplate, type ShapedTemplate, shapeOf } from '../../../lib/compliance/shapes';

const mask = new NameMask(new Map());

/** A few resources of a few types that refer to and wait for one another in any way. */
const templates = fc
  .array(
    fc.record({
      type: fc.constantFrom('A', 'B', 'C'),
      says: fc.constantFrom('one', 'other'),
      refers: fc.array(fc.nat(9), { maxLength: 2 }),
      substitutes: fc.option(fc.nat(9), { nil: undefined }),
      waits: fc.array(fc.nat(9), { maxLength: 2 }),
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

const typesOf = ({ Resources = {} }: ShapedTemplate) =>
  Object.values(Resources).map(({ Type }) => String(Type));

test('each type that is asked for has the same part in less as in the whole, and nothing there is another', () => {
  fc.assert(
    fc.property(templates, fc.subarray(['A', 'B', 'C'], { minLength: 1 }), (template, chosen) => {
      const shape = shapeOf(template, mask);
      const types = new Set(chosen.filter((each) => shape.parts.has(each)));
      const less = partOfTemplate(template, shape, types);
      fc.pre(less !== undefined);
      const { parts } = shapeOf(less, mask);
      for (const type of types) expect(parts.get(type)).toBe(shape.parts.get(type));
      expect(typesOf(less).length).toBeLessThan(typesOf(template).length);
      expect(template.Resources).toMatchObject(less.Resources ?? {});
    }),
  );
});

test('what nothing asked for refers to, waits for, or is named by, is left out', () => {
  const template = {
    Resources: {
      Asked: { Type: 'A', Properties: { of: { Ref: 'Named' } } },
      Named: { Type: 'B', DependsOn: ['Awaited'] },
      Awaited: { Type: 'B' },
      Naming: { Type: 'B', Properties: { of: { 'Fn::Sub': '$' + '{Asked.Arn}' } } },
      Apart: { Type: 'B' },
    },
  };
  const less = partOfTemplate(template, shapeOf(template, mask), new Set(['A']));
  expect(Object.keys(less?.Resources ?? {})).toEqual(['Asked', 'Named', 'Awaited', 'Naming']);
});

test('nothing is left out where all is asked for, or where a section could speak of a resource', () => {
  const Resources = { One: { Type: 'A' }, Other: { Type: 'B' } };
  const part = (template: ShapedTemplate, ...types: readonly string[]) =>
    partOfTemplate(template, shapeOf(template, mask), new Set(types));
  expect(part({ Resources }, 'A', 'B')).toBeUndefined();
  expect(part({ Resources, Outputs: {} }, 'A')).toBeUndefined();
  expect(part({ Resources }, 'A')).toEqual({ Resources: { One: { Type: 'A' } } });
});
