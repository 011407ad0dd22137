/** What people read of a decision, to the letter: each reason with what to do, a page, a table and the e-mail; never a value. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { words } from '../../../lambda/release-gate/words';
import { reportDocument } from '../../../lambda/release-gate/words-page';
import { reasonInWords } from '../../../lib/contracts/words';
import type { GateReason, GateReport } from '../../../lib/wire';
import { MESSAGE_FAULTS } from '../../../lib/wire/message';
import { documentText } from '../../../lib/words';
import { outcomeOf, PLAN } from './plans';

const REASONS: readonly GateReason[] = [
  { why: 'no-agreement' },
  { why: 'agreement-ended', ended: '2026-04-01T00:00:00Z' },
  { why: 'name-too-long', bytes: 1_000, most: 915 },
  { why: 'too-large', bytes: 5_000_000_001, most: 5_000_000_000 },
  { why: 'media-type', allowed: ['text/csv', 'application/pdf'] },
  { why: 'media-type', found: 'application/zip', allowed: ['text/csv'] },
  { why: 'content-encoding', found: 'gzip' },
  { why: 'other-key', found: 'AES256' },
  { why: 'no-bucket-key' },
  { why: 'no-checksum' },
  { why: 'checksum-differs', algorithm: 'CRC64NVME', stored: 'AAAAAAAAAAA=', read: 'BBBBBBBBBBB=' },
  { why: 'locked', as: 'zip' },
  { why: 'unreadable-form', found: 'application/pdf' },
  { why: 'not-sealed', as: 'clear' },
  { why: 'not-sealed', as: 'armored' },
  { why: 'not-sealed', as: 'other-version' },
  { why: 'seal-damaged', at: 'header', byte: 22 },
  { why: 'seal-damaged', at: 'payload', byte: 1_000 },
  { why: 'seal-kind', found: 'scrypt', agreed: 'X25519' },
  { why: 'seal-kind', found: 'mlkem768x25519', agreed: 'X25519' },
  { why: 'seal-kind', found: 'example.com/token', agreed: 'mlkem768x25519' },
  { why: 'seal-keys', found: 3, agreed: 2 },
  { why: 'seal-keys', found: 1, agreed: 2 },
  ...MESSAGE_FAULTS.map((fault): GateReason => ({ why: 'message', fault, line: 12 })),
  { why: 'message', fault: 'field-twice', line: 1_200, field: 'content-type' },
  {
    why: 'attachment-type',
    attachment: 2,
    found: 'application/zip',
    allowed: ['message/rfc822', 'text/csv'],
  },
];

/** All that words are made of: by which list it was decided, they do not say. */
const REPORT = {
  form: 'concordat-gate-report/v1',
  outcome: 'rejected',
  decided: '2026-12-01T09:05:00Z',
  owner: 'dwp',
  agreement: 'benefit-awards',
  object: {
    bucket: 'concordat-exchange-123456789012-eu-west-2-an',
    key: 'agreements/benefit-awards/<b>2026.csv',
    version: 'v1',
    bytes: 1_234_567,
    mediaType: 'text/csv',
    deposited: '2026-12-01T09:00:00Z',
    checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', kind: 'full-object', verified: true },
  },
  checked: ['agreement', 'name', 'size', 'media-type', 'encryption', 'checksum', 'not-locked', 'contract'],
  reasons: [],
  contract: PLAN.contract,
  contractOutcome: outcomeOf('bad', 100),
} as unknown as GateReport;
const byReasons: GateReport = {
  ...REPORT,
  checked: REPORT.checked.slice(0, 6),
  reasons: REASONS.slice(3, 6),
  contract: undefined,
  contractOutcome: undefined,
  withoutContract: 'Letters, which no contract describes',
};

const bySeal: GateReport = {
  ...byReasons,
  outcome: 'released',
  checked: [...REPORT.checked.slice(0, 6), 'sealed'],
  reasons: [],
  withoutContract: undefined,
  sealed: { kind: 'x25519', keys: 2 },
};

/** Held against a file, which `UPDATE_GOLDEN=1` writes. */
function expectGolden(name: string, text: string): void {
  const file = join(__dirname, 'golden', name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'a golden file that is missing');
}

it('says of each reason what is wrong and what to do', () => {
  const lines = REASONS.map((each) => {
    const { problem, mend } = reasonInWords(each);
    return `${each.why}\n  ${problem}\n  ${mend}\n`;
  });
  expectGolden('reasons.txt', lines.join('\n'));
});

it.each([
  ['broken', REPORT],
  ['reasons', byReasons],
  ['sealed', bySeal],
  ['released', { ...REPORT, outcome: 'released', contractOutcome: outcomeOf('warn', 100) }],
] as const)('tells on a page what was decided and why: %s', (name, report) => {
  expectGolden(`page-${name}.txt`, documentText(reportDocument(report, PLAN)));
  expectGolden(`table-${name}.csv`, words.csv(report, PLAN));
});

it('shows a name as text, whatever is in it, and runs nothing', () => {
  const page = words.html(REPORT, PLAN);
  expect(page).not.toContain('<b>');
  expect(page).toContain("default-src 'none'");
});

it('tells by rules alone where the plan that says what they ask is no longer at hand', () => {
  expect(words.html(REPORT, undefined)).toContain('/schema/0/properties/0/required');
  expect(words.csv(REPORT, undefined)).toContain('/schema/0/properties/0/required');
});

it('says in an e-mail only that there is a report, and where', () => {
  const { subject, text } = words.notice(REPORT.object.bucket);
  expectGolden('notice.txt', `${subject}\n\n${text}`);
});
