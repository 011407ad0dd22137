/** That of a text in which a member is there twice nothing is read, since programs differ in which of the two counts. */
import { AssemblyError, openAssembly, stackSetTemplate, worldOf } from '../../lib/assembly';
import { reopenedWith } from '../../lib/assembly/assembly';
import { jsonOf } from '../../lib/assembly/json-text';
import { sampleFolder } from '../stacks/sample-assembly';

test.each<[string, string]>([
  ['{"Effect":"Deny","Effect":"Allow"}', 'Effect'],
  ['{"a":{"b":[{"c":1},{"d":1,"d":1}]}}', 'a.b.d'],
  // The same name, written with an escape.
  ['{"Effect":"Deny","\\u0045ffect":"Allow"}', 'Effect'],
  ['{\n "a" : 1,\n "b{\\"" : "}",\n "a" : 2\n}\n', 'a'],
  ['{"":1,"":2}', '""'],
  ['[{"":{"a":1,"a":2}}]', '"".a'],
])('%s is not read', (text, member) => {
  expect(() => jsonOf(text)).toThrow(new SyntaxError(`${member} is there twice`));
});

test.each([
  '{"a":{"b":1},"b":{"a":1}}',
  '[{"a":1},{"a":1}]',
  '{"a":"\\"a\\":1, \\"a\\":2"}',
  '{ "2": 1,\n"1": "}{" }',
  '"a"',
  'null',
])('%s is read as it stands', (text) => {
  expect(jsonOf(text)).toEqual(JSON.parse(text));
});

test('a template that says twice what a statement does is refused, with the place', () => {
  const source = openAssembly(sampleFolder());
  const file = 'Organisation-dwp.template.json';
  const sid = '"Sid": "DenyRequestsWithoutTls"';
  const text = source.file(file)?.replace(sid, `${sid}, "Effect": "Allow"`) ?? '';
  expect(() => reopenedWith(source, new Map([[file, text]]))).toThrow(AssemblyError);
  expect(() => reopenedWith(source, new Map([[file, text]]))).toThrow(
    /Organisation-dwp\.template\.json in .*: Resources\.\w+\.Properties\.PolicyDocument\.Statement\.Effect is there twice/,
  );
});

test('the template in a StackSet is read as strictly', () => {
  expect(() => stackSetTemplate('{"Resources":{},"Resources":{}}')).toThrow(/Resources is there twice/);
  expect(() => stackSetTemplate("'Resources':\n 'Role': {Type: X1, Type: X2}\n")).toThrow(SyntaxError);
});

test('a key policy that somebody is asked to set, and that says twice what a statement does, is refused', () => {
  const source = openAssembly(sampleFolder());
  const asked = source.names().find((each) => each.startsWith('key-policy-')) ?? '';
  const text = source.file(asked)?.replace(/"Effect":/, '"Effect": "Allow", "Effect":') ?? '';
  expect(() => worldOf(reopenedWith(source, new Map([[asked, text]])))).toThrow(
    /Effect is there twice, and readers differ/,
  );
});
