/** That what the gate is told, and what it decides, is taken whole or refused: a decision never says other than its reasons. */
import {
  type GateList,
  type GateReport,
  gateListText,
  gateReportText,
  parseGateList,
  parseGateReport,
} from '../../lib/wire';
import { GateListError } from '../../lib/wire/gate-list';
import { GateReportError } from '../../lib/wire/gate-report';

const DIGEST = 'a'.repeat(64);

const LIST: GateList = {
  form: 'concordat-gate/v1',
  owner: 'dwp',
  bucket: 'concordat-exchange-111122223333-eu-west-2-an',
  agreements: [
    {
      id: 'benefit-awards',
      largestObject: 5_000_000_000,
      mediaTypes: ['text/csv'],
      until: '2027-04-01T00:00:00Z',
      collectWithinDays: 3,
      contract: { kind: 'contract', id: 'benefit-awards-extract', plan: DIGEST },
    },
  ],
};

const REPORT: GateReport = {
  form: 'concordat-gate-report/v1',
  outcome: 'released',
  decided: '2026-12-01T09:00:00Z',
  list: DIGEST,
  owner: 'dwp',
  agreement: 'benefit-awards',
  object: {
    bucket: LIST.bucket,
    key: 'agreements/benefit-awards/a.csv',
    version: 'v1',
    bytes: 12,
    mediaType: 'text/csv',
    deposited: '2026-12-01T08:59:00Z',
  },
  checked: ['agreement', 'name', 'size', 'media-type', 'encryption', 'checksum', 'not-locked'],
  reasons: [],
  withoutContract: 'Free text, which no contract can describe',
};

/** What is refused, in words. */
function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof GateListError || error instanceof GateReportError) return error.message;
    throw error;
  }
  return '';
}

describe('the list of the gate', () => {
  it('is read as it was written', () => {
    expect(parseGateList(gateListText(LIST))).toEqual(LIST);
  });

  it('is refused where an agreement is there twice, or has neither a contract nor a reason for none', () => {
    const [agreement] = LIST.agreements;
    expect(
      refusalOf(() => parseGateList(JSON.stringify({ ...LIST, agreements: [agreement, agreement] }))),
    ).toContain("agreements[1].id of the list of the gate is 'benefit-awards', which is there twice");
    for (const contract of [undefined, { kind: 'none' }, { kind: 'contract', id: 'a' }])
      expect(
        refusalOf(() => parseGateList(JSON.stringify({ ...LIST, agreements: [{ ...agreement, contract }] }))),
      ).toContain('agreements[0].contract');
  });
});

describe('the report of the gate', () => {
  it('is read as it was written', () => {
    expect(parseGateReport(gateReportText(REPORT))).toEqual(REPORT);
  });

  it('is refused where its outcome is not what its reasons and its contract say', () => {
    const locked = { why: 'locked', as: 'zip' } as const;
    expect(
      parseGateReport(gateReportText({ ...REPORT, outcome: 'rejected', reasons: [locked] })).outcome,
    ).toBe('rejected');
    expect(refusalOf(() => parseGateReport(gateReportText({ ...REPORT, reasons: [locked] })))).toContain(
      'outcome',
    );
    expect(refusalOf(() => parseGateReport(gateReportText({ ...REPORT, outcome: 'rejected' })))).toContain(
      'outcome',
    );
  });

  it('is refused where it holds what nobody expects, such as a value of the file', () => {
    expect(refusalOf(() => parseGateReport(JSON.stringify({ ...REPORT, sample: 'QQ123456C' })))).toContain(
      'sample',
    );
  });
});
