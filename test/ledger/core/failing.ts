/** Tests that must fail, each in its own way: by them it is seen that the harness of the browser can say no. */
import { nodeHash, sha256 } from '../../../lib/ledger/core/hash';

describe('each of these fails', () => {
  it('toBe', () => expect(1).toBe(2));
  it('toEqual', () => expect([sha256('a')]).toEqual([sha256('b')]));
  it('toMatchObject', () => expect({ a: { b: [1] } }).toMatchObject({ a: { b: [2] } }));
  it('toThrow, nothing thrown', () => expect(() => nodeHash(sha256('a'), sha256('b'))).toThrow());
  it('toThrow, another message', () =>
    expect(() => {
      throw new Error('one');
    }).toThrow('two'));
  it('of what the harness does not know', () => expect([1]).toContain(1));
  it('of a promise', async () => {
    await Promise.resolve();
    expect(undefined).toBe(null);
  });
});
