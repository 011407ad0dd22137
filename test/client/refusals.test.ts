/** What is said where sending or collecting is refused: what happened, what to do, and nobody else’s name. */
import { endingOf, sharedText } from '../../lib/client';
import type { FailureKind, SharedRefusal } from '../../lib/delivery';
import { golden } from './golden';

const FAILURES: readonly (readonly [FailureKind, string])[] = [
  ['no-credentials', 'CredentialsProviderError'],
  ['credentials-expired', 'ExpiredToken'],
  ['denied', 'AccessDenied'],
  ['no-key', 'KMS.DisabledException'],
  ['no-bucket', 'NoSuchBucket'],
  ['clock', 'RequestTimeTooSkewed'],
  ['unreachable', 'ENOTFOUND'],
  ['unreachable', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['unreachable', 'ERR_PROXY_TUNNEL'],
  ['in-between', '403'],
  ['busy', 'SlowDown'],
  ['damaged', 'BadDigest'],
  ['changed', 'PreconditionFailed'],
  ['unexpected', 'NotImplemented'],
];

const AGREEMENTS = ['benefit-rates', 'housing-benefit-extract'];
const noAgreement = (rest: object) =>
  ({
    refused: 'no-agreement',
    agreement: 'housing-benefit-extrct',
    near: undefined,
    agreements: AGREEMENTS,
    direction: 'sends',
    otherWay: false,
    ...rest,
  }) as const;

function notLetIn(methods: readonly string[]): SharedRefusal {
  const role = 'arn:aws:iam::555566667777:role/concordat/concordat-deposit';
  return { refused: 'not-let-in', role, issuer: 'https://login.example.gov.uk', subject: 'jo', methods };
}

const REFUSALS: readonly SharedRefusal[] = [
  {
    refused: 'no-profile',
    looked: ['/home/jo/concordat-profile.json', '/home/jo/.config/concordat/concordat-profile.json'],
  },
  {
    refused: 'faulty-profile',
    file: '/home/jo/concordat-profile.json',
    problems: ['concordat-profile.json is not JSON: …'],
  },
  { refused: 'no-role', role: 'deposit' },
  noAgreement({ near: 'housing-benefit-extract' }),
  noAgreement({ agreements: [] }),
  noAgreement({ agreement: 'housing-benefit-awards', otherWay: true }),
  noAgreement({ agreement: 'x', otherWay: true, direction: 'collects', agreements: [] }),
  { refused: 'to-come', agreement: 'benefit-rates', from: '2027-02-01' },
  { refused: 'over', agreement: 'benefit-rates', since: '2026-11-30' },
  { refused: 'over', agreement: 'benefit-rates', since: undefined },
  { refused: 'other-account', wanted: '555566667777', found: '111122223333' },
  { refused: 'other-account', wanted: '555566667777', found: '111122223333', signsIn: true },
  { refused: 'not-signed-in', issuer: 'https://login.example.gov.uk' },
  { refused: 'session-over', issuer: 'https://login.example.gov.uk', subject: 'jo', ends: 1_796_133_600_000 },
  notLetIn(['pwd', 'mfa']),
  notLetIn(['pwd']),
  notLetIn([]),
  {
    refused: 'token-refused',
    issuer: 'https://login.example.gov.uk',
    audience: 'people',
    account: '555566667777',
    code: 'InvalidIdentityToken',
  },
  { refused: 'provider-unseen', issuer: 'https://login.example.gov.uk' },
  {
    refused: 'role-denied',
    role: 'arn:aws:iam::555566667777:role/concordat/concordat-deposit',
    caller: 'arn:aws:sts::555566667777:assumed-role/Clerk/jo',
  },
  { refused: 'clock-off', seconds: 3600 },
  { refused: 'clock-off', seconds: -420 },
  { refused: 'clock-off', seconds: -3600, of: 'provider' },
  { refused: 'disk', path: '/data/in', code: 'ENOSPC', act: 'write' },
  { refused: 'disk', path: '/data/in', code: 'EROFS', act: 'write' },
  { refused: 'disk', path: '/data/out.csv', code: 'EACCES', act: 'read' },
  { refused: 'disk', path: '/data/out.csv', code: 'EIO', act: 'read' },
  { refused: 'deposit-busy', agreement: 'benefit-rates', by: 'process 4711' },
  { refused: 'stopped' },
  ...FAILURES.map(([kind, code]) => ({ refused: 'failed', kind, code, what: 's3' }) as const),
  {
    refused: 'failed',
    kind: 'unreachable',
    code: 'ECONNREFUSED',
    what: 's3',
    endpoint: 'http://127.0.0.1:7070',
  },
  { refused: 'failed', kind: 'busy', code: 'ServiceUnavailable', what: 'sts' },
];

test('each says what happened and what to do', () => {
  const told = REFUSALS.map((refusal) => {
    const { happened, mend } = sharedText(refusal);
    return `[${refusal.refused}, ${endingOf(refusal)}]\n${happened}\n${mend}\n`;
  });
  golden('refusals.txt', told.join('\n'));
});
