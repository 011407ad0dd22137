/** That only what is in order counts for the life of a transfer, and that its terms are those of its day. */
import { Exchange } from '../../lib/transfers/exchange';
import { interpret } from '../../lib/transfers/interpret';
import { endsBy, markOf, objectIdOf } from '../../lib/transfers/mark';
import { trailEventOf } from '../../lib/transfers/record';
import {
  assumed,
  BUCKET,
  collect,
  DWP,
  deposit,
  INDEX,
  KEY,
  LEEDS,
  recall,
  type Record as TrailRecord,
  verdict,
} from './trail-records';

const exchange = new Exchange(INDEX, '2026-04-01T00:00:00Z');

function marksOf(value: TrailRecord) {
  const event = trailEventOf(value);
  return interpret(event, exchange).map((meaning) => markOf(event, meaning, exchange));
}

describe('the mark of an event', () => {
  it('has the terms of the agreement on the day of the deposit', () => {
    expect(marksOf(deposit({ id: 'd' }))).toEqual([
      {
        kind: 'deposited',
        id: 'd',
        time: '2026-10-01T12:00:00Z',
        version: '3sL4kqtJlcpXroDTDmJ',
        agreement: 'benefit-awards',
        owner: 'dwp',
        recipients: ['camden', 'leeds'],
        collectBy: '2026-10-04T12:00:00Z',
        gated: true,
      },
    ]);
  });

  it('is none for a read that is a violation, a verdict by a stranger, or a refusal', () => {
    expect(marksOf(collect({ by: assumed(LEEDS, 'analyst') }))).toEqual([undefined]);
    expect(marksOf(collect({ share: undefined }))).toEqual([undefined]);
    expect(marksOf(verdict('NO_THREATS_FOUND', { by: assumed(DWP, 'admin') }))).toEqual([undefined]);
    expect(marksOf(collect({ error: 'AccessDenied' }))).toEqual([undefined]);
    expect(marksOf(deposit({ key: 'agreements/other/x' }))).toEqual([undefined]);
  });

  it('is kept for what was deposited or deleted against the rules: it is there, or gone, all the same', () => {
    const admin = assumed(DWP, 'admin');
    expect(marksOf(deposit({ by: admin }))).toMatchObject([{ kind: 'deposited' }]);
    expect(marksOf(recall({ by: admin }))).toMatchObject([{ kind: 'recalled' }]);
  });

  it('says who collected, and what the scan found', () => {
    expect(marksOf(collect())).toMatchObject([{ kind: 'collected', recipient: 'leeds' }]);
    expect(marksOf(verdict('THREATS_FOUND'))).toMatchObject([{ kind: 'scanned', scan: 'THREATS_FOUND' }]);
  });
});

describe('what a transfer is kept by', () => {
  it('is the name of its object', () =>
    expect(objectIdOf({ bucket: BUCKET, key: KEY })).toBe(`${BUCKET}/${KEY}`));

  it('ends with the share, or with the register that no longer has it', () => {
    const ends = endsBy(exchange);
    expect(ends({ agreement: 'benefit-awards', owner: 'dwp' }, 'leeds')).toBe('2027-03-31T23:00:00Z');
    expect(ends({ agreement: 'benefit-awards', owner: 'dwp' }, 'fife')).toBe('2026-04-01T00:00:00Z');
    expect(ends({ agreement: 'other', owner: 'dwp' }, 'leeds')).toBe('2026-04-01T00:00:00Z');
  });
});
