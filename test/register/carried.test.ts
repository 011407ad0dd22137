/** That a register which an assembly carries is the one that its files held, and is held to the same rules. */

import { canonicalRegister } from '../../lib/register/canonical';
import { loadCarried } from '../../lib/register/carried';
import type { RegisterContent } from '../../lib/register/register';
import { registerOf } from '../policy/sample-register';
import { AS_OF, SAMPLE } from './samples';

const register = registerOf(SAMPLE, AS_OF);
/** As it lies in an assembly. */
const carried = (): RegisterContent => JSON.parse(canonicalRegister(register));

test('the register is the same, and each agreement stands where it stood', () => {
  const loaded = loadCarried(carried(), register.lines(), AS_OF);
  if (!loaded.ok) throw new Error('it is faulty');
  expect(canonicalRegister(loaded.register)).toBe(canonicalRegister(register));
  expect(register.agreements.length).toBeGreaterThan(10);
  for (const { id } of register.agreements) expect(loaded.register.placeOf(id)).toBe(register.placeOf(id));
});

test('what no register may say is refused, by schema and by rule', () => {
  const { zone, agreements, ...rest } = carried();
  const [first, ...more] = agreements;
  const messagesOf = (content: unknown) => {
    const loaded = loadCarried(content as RegisterContent, {}, AS_OF);
    return loaded.ok ? [] : loaded.diagnostics.map(({ code }) => code);
  };
  expect(messagesOf({ ...rest, zone, agreements })).toEqual([]);
  expect(messagesOf({ ...rest, zone: { ...zone, more: 'x' }, agreements })).toContain('unknown-key');
  const unowned = { ...first, owner: 'nobody-known' };
  expect(messagesOf({ ...rest, zone, agreements: [unowned, ...more] })).toContain('unresolved-id');
});
