/** That canonical JSON is taken in the one form of RFC 8785, and refused in every other. */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { parseCanonical } from '../../../lib/ledger/core/canonical-json';

describe('canonical JSON', () => {
  it('is any value in the form of RFC 8785', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalize(value) ?? '';
        expect(canonicalize(parseCanonical(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
    expect(parseCanonical('{"10":1,"9":2}')).toEqual({ '10': 1, '9': 2 });
  });

  it.each([
    '{"b":1,"a":2}',
    '{"9":1,"10":2}',
    '{"a":1,"a":1}',
    '{"a": 1}',
    '{"a":1.0}',
    '{"a":1e2}',
    '{"a":-0}',
    '{"a":"\\u0061"}',
    '{"a":"\\/"}',
    '{"a":"\\ud800"}',
    '[1,]',
    ' 1',
    '',
    '{"a":[{"c":1,"b":2}]}',
  ])('is not %s', (text) => {
    expect(() => parseCanonical(text)).toThrow(/JSON|surrogate/);
  });

  it('may speak of half a surrogate pair', () => {
    expect(parseCanonical('"\\\\ud800"')).toBe('\\ud800');
  });
});
