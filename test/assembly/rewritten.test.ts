/** That values are rewritten as if all of them were copied, and that nothing is copied which stays as it is. */
import fc from 'fast-check';
import { groupRewritten, listRewritten } from '../../lib/assembly/rewritten';

const shout = (member: unknown, loud = 'A') => (member === 'a' ? loud : member);
const member = fc.constantFrom<unknown>('a', 'b', 1, null);

test('a list is rewritten member by member, and is the same list where none changes', () => {
  fc.assert(
    fc.property(fc.array(member), (list) => {
      const before = [...list];
      const made = listRewritten(list, shout, 'A');
      expect(made).toEqual(list.map((each) => shout(each)));
      expect(list).toEqual(before);
      expect(made === list).toBe(!list.includes('a'));
    }),
  );
});

test('a group keeps its order and every name, also one that objects have of their own', () => {
  const name = fc.constantFrom('one', '2', '1', '__proto__', 'constructor', 'Ref');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, member)), (entries) => {
      const group = Object.fromEntries(entries);
      const made = groupRewritten(group, shout, 'A');
      const wanted = Object.entries(group).map(([key, each]) => [key, shout(each)]);
      expect(Object.entries(made)).toEqual(wanted);
      expect(made === group).toBe(!Object.values(group).includes('a'));
    }),
  );
});
