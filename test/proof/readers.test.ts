/** That the templates let exactly those read an object to whom the register gives it, on each day, asked one reader at a time. */
import { worldOf } from '../../lib/assembly';
import { impliedShares } from '../../lib/proof';
import { readBy, readersOf } from '../../lib/proof/readers';
import { synthesised } from '../stacks/sample-assembly';

const world = worldOf(synthesised().assembly);
const shares = impliedShares(world.register, world.asOf);
const isOpenAt = ({ from, until }: { from: string; until: string }, time: string) =>
  from <= time && time < until;
const DAYS = ['2026-12-01', '2027-04-01', '2035-01-01'];

const directed = world.register.agreements.flatMap((agreement) =>
  agreement.directions.map((direction) => ({ agreement, direction, owner: direction.owner })),
);

test.each(directed)('$agreement.id of $owner', ({ agreement, direction }) => {
  for (const day of DAYS) {
    const noon = `${day}T12:00:00Z`;
    const found = readersOf(world, agreement, direction, `agreements/${agreement.id}/file.csv`, noon);
    const reading = found.filter(({ ways }) => ways.length > 0).map(({ organisation }) => organisation.id);
    const expected = shares
      .filter(
        (each) =>
          each.agreement === agreement.id && each.owner.id === direction.owner && isOpenAt(each, noon),
      )
      .map(({ recipient }) => recipient.id);
    expect([day, reading.sort()]).toEqual([day, expected.sort()]);
    const silent = direction.recipients.filter(
      (id) => !found.some(({ organisation }) => organisation.id === id),
    );
    expect(silent).toEqual([]);
  }
});

test('an object of one agreement is read by nobody through the access point of another', () => {
  for (const { agreement, direction } of directed) {
    const object = `agreements/${agreement.id}/file.csv`;
    const found = readersOf(world, agreement, direction, object, '2026-12-01T12:00:00Z');
    const by = found.flatMap(({ ways }) => ways.map(({ share }) => share?.agreement));
    expect(by.filter((each) => each !== agreement.id)).toEqual([]);
  }
});

test('what an organisation reads is what it is read as, from the other side', () => {
  const there = world.register.organisations.flatMap((reader) =>
    readBy(world, reader).map(({ owner, way }) => [owner.id, way.share?.agreement, reader.id].join(' ')),
  );
  const implied = shares.map(({ owner, agreement, recipient }) =>
    [owner.id, agreement, recipient.id].join(' '),
  );
  expect(there.sort()).toEqual(implied.sort());
});
