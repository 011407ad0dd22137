/** That the register holds nothing that cannot be. */
import { dateOf } from '../../../lib/register/calendar';
import { loadRegister } from '../../../lib/register/load';
import { AS_OF, edited, loadMinimal, MINIMAL, pointedAt, replace, set } from '../samples';

const AGREEMENT = 'agreements/benefit-awards.yaml';
const LEEDS = 'organisations/leeds.yaml';

describe('an impact assessment', () => {
  test('is signed off by the day on which its agreement starts', () => {
    expect(pointedAt(set(AGREEMENT, { 'dpia.date': '2026-04-01' }))).toEqual([]);
    expect(pointedAt(set(AGREEMENT, { 'dpia.date': '2026-04-02' }))).toEqual([
      `date-order at ${AGREEMENT}, date: 2026-04-02`,
    ]);
  });

  test('is not signed off on a day that has not come', () => {
    const later = { starts: '2027-04-01', review: '2027-06-01' };
    expect(pointedAt(set(AGREEMENT, { ...later, 'dpia.date': AS_OF }))).toEqual([]);
    expect(pointedAt(set(AGREEMENT, { ...later, 'dpia.date': '2026-10-02' }))).toEqual([
      `future-date at ${AGREEMENT}, date: 2026-10-02`,
    ]);
  });

  test('of today is no fault of a register that is judged as of an earlier day', () => {
    const register = edited(MINIMAL, set(AGREEMENT, { 'dpia.date': '2026-03-31' }));
    expect(loadRegister(register, dateOf('2026-01-01'), AS_OF).ok).toBe(true);
  });
});

describe('an assurance', () => {
  test('was given by a scheme that is named, by another, or not yet, with the day by which it will be', () => {
    const assured = (assurance: object) => pointedAt(set(LEEDS, { assurance }));
    expect(assured({ scheme: 'other', name: 'PSN code of connection', date: '2026-01-05' })).toEqual([]);
    expect(assured({ scheme: 'none', by: '2027-03-31' })).toEqual([]);
    expect(assured({ scheme: 'none' })).toEqual([`missing-key at ${LEEDS}, assurance:`]);
    expect(assured({ scheme: 'none', date: '2026-01-05' })).toHaveLength(2);
    expect(assured({ scheme: 'other', date: '2026-01-05' })).toHaveLength(1);
  });

  test('was not given on a day that has not come', () => {
    expect(pointedAt(set(LEEDS, { 'assurance.date': '2026-10-02' }))).toEqual([
      `future-date at ${LEEDS}, date: 2026-10-02`,
    ]);
  });
});

test('an object that is too large to be scanned is found, and leaves the register readable', () => {
  const found = (size: string) => {
    // Its contract has a key, by which the size is limited further.
    const loaded = loadMinimal(
      replace(AGREEMENT, 'contract: benefit-awards', 'withoutContract: A pilot.'),
      set(AGREEMENT, { 'delivery.largestObject': size }),
    );
    return loaded.ok ? loaded.findings.map(({ code, found }) => [code, found]) : 'faulty';
  };
  expect(['100 GB', '9999 MB'].map(found)).toEqual([[], []]);
  expect(['101 GB', '1 TB'].map(found)).toEqual([[['too-large', '101 GB']], [['too-large', '1 TB']]]);
});

test('a copy is kept for some time, however short', () => {
  const kept = (period: string) => pointedAt(set(AGREEMENT, { 'retention.period': period })).length;
  expect(['P1D', 'P0Y1D', 'P10Y', 'P1Y6M'].map(kept)).toEqual([0, 0, 0, 0]);
  expect(['P0D', 'P0Y0M0D', 'P00W', 'P', 'PY'].map(kept)).toEqual([1, 1, 1, 1, 1]);
});

describe('the register takes codes as their registers give them out', () => {
  const coded = (scheme: string, value: string) =>
    pointedAt(set(LEEDS, { identifiers: [{ scheme, value, from: '2020-01-01' }] })).length;

  test.each([
    // Those of public reports on validators that were too narrow: registered societies, old Northern Ireland companies.
    ...['R0000521', 'IP12345R', 'SP2513RS', 'SL00911A', 'IP000CUS', '01234567', 'SC123456', 'OC301234'],
    ...['NI012345', 'FC012345', 'CE012345', 'RS007000', 'OE000123'],
  ])('Companies House %s', (value) => expect(coded('companies-house', value)).toBe(0));

  test.each(['1234567', '123456789', 'XX123456', 'SC12345', 'sc123456', 'SCABC123', '0123456A', 'IP12345r'])(
    'but not %s',
    (value) => expect(coded('companies-house', value)).toBe(1),
  );

  test.each(['SC012345', 'NIC101234', '101234', '1234567', '1234567-1', '209603-12'])('charity %s', (value) =>
    expect(coded('charity', value)).toBe(0),
  );

  test.each(['1234567-0', '1234567-', '12345', 'SC012345-1'])('but no charity %s', (value) =>
    expect(coded('charity', value)).toBe(1),
  );
});
