/** That a parsed value says the same once its equal texts are one. */
import fc from 'fast-check';
import { SharedTexts } from '../../lib/assembly/shared-texts';

test('a value is what it was, whatever others came before', () => {
  const shared = new SharedTexts();
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(shared.in(JSON.parse(text))).toEqual(JSON.parse(text));
    }),
  );
  const odd = '{"__proto__": "a", "constructor": ["a", {"toString": "a"}], "": null}';
  expect(JSON.stringify(shared.in(JSON.parse(odd)))).toBe(JSON.stringify(JSON.parse(odd)));
});
