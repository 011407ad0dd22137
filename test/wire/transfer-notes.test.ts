/** That what the audit keeps of a transfer is what it kept, or is refused: a mark is never made of nothing. */
import fc from 'fast-check';
import { MOST_ENTRY_BYTES as MOST_IN_TILES } from '../../lib/ledger';
import {
  type IndexVersion,
  indexVersionsText,
  type Mark,
  MOST_ENTRY_BYTES,
  markText,
  parseIndexVersions,
  parseMark,
} from '../../lib/wire';
import { TransferNoteError } from '../../lib/wire/transfer-notes';

const ITEM = 'bucket/benefit-awards/a.csv at 2026-12-01T09:00:00Z#deposited#d1';
const DEPOSITED: Mark = {
  kind: 'deposited',
  id: 'd1',
  time: '2026-12-01T09:00:00Z',
  agreement: 'benefit-awards',
  owner: 'dwp',
  recipients: ['leeds'],
  collectBy: '2026-12-04T09:00:00Z',
};
const COLLECTED: Mark = { kind: 'collected', id: 'c1', time: '2026-12-02T09:00:00Z', recipient: 'leeds' };

function refusalOf(text: string | undefined): string {
  try {
    parseMark(text, ITEM);
  } catch (error) {
    if (error instanceof TransferNoteError) return error.message;
    throw error;
  }
  return '';
}

describe('the mark of an object', () => {
  it.each<[string, Mark]>([
    ['a deposit', DEPOSITED],
    ['a collection', COLLECTED],
    ['a scan without its verdict', { kind: 'scanned', id: 's1', time: COLLECTED.time, scan: undefined }],
  ])('is read as it was written: %s', (_, mark) => {
    expect(parseMark(markText(mark), ITEM)).toEqual(mark);
  });

  it('is not made of an item without one', () => {
    expect(refusalOf(undefined)).toBe(
      `the mark of ${ITEM} is null, it must be an object. Restore the table concordat-transfers to a moment at which it was in order`,
    );
  });

  it('is refused whatever part of it is missing or of another form', () => {
    const required = ['kind', 'id', 'time', 'agreement', 'owner', 'recipients', 'collectBy'] as const;
    for (const part of required)
      expect(refusalOf(JSON.stringify({ ...DEPOSITED, [part]: undefined }))).toContain(part);
    const another = fc.jsonValue().filter((each) => typeof each !== 'string' && !Array.isArray(each));
    fc.assert(
      fc.property(fc.constantFrom(...required), another, (part, value) => {
        expect(refusalOf(JSON.stringify({ ...DEPOSITED, [part]: value }))).toContain(part);
      }),
    );
  });
});

it('the history of the register is read as it was written, and refused where a version is not whole', () => {
  const versions: IndexVersion[] = [
    { register: 'a'.repeat(64), index: 'b'.repeat(64), since: '2026-12-01T09:00:00Z' },
  ];
  expect(parseIndexVersions(indexVersionsText(versions))).toEqual(versions);
  expect(() => parseIndexVersions(JSON.stringify([{ ...versions[0], since: 'then' }]))).toThrow(
    /since.* is "then", it must be an instant/,
  );
});

it('an entry that may be staged fits into a tile of the ledger', () => {
  expect(MOST_ENTRY_BYTES).toBe(MOST_IN_TILES);
});
