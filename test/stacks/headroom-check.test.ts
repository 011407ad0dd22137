/** That a synth fails where AWS would refuse, and warns before it comes to that. */
import { findingsOf } from '../../lib/assembly';
import { objectSizes } from '../../lib/plan/headroom';
import { registerOf } from '../policy/sample-register';
import { type Edit, edited, MINIMAL, replace, set } from '../register/samples';
import { synthesised } from './sample-assembly';

const AGREEMENT = 'agreements/benefit-awards.yaml';

const findingsAfter = (...edits: Edit[]) =>
  findingsOf(synthesised({ files: edited(MINIMAL, ...edits), checks: true }).assembly).open.map(
    ({ rule, severity, constructPath }) => [rule, severity, constructPath],
  );

/** Without its contract, which has a key and so limits the size further. */
const largest =
  (size: string): Edit =>
  (files) => {
    replace(AGREEMENT, 'contract: benefit-awards', 'withoutContract: A pilot.')(files);
    set(AGREEMENT, { 'delivery.largestObject': size })(files);
  };
/** DWP’s deposit role, and the one that reads its receipts, trusted by so many roles with long names. */
const trusting = (count: number) =>
  set('organisations/dwp.yaml', {
    mayDeposit: Array.from(
      { length: count },
      (_, index) =>
        `arn:aws:iam::012345678901:role/environment/${'air-quality-'.repeat(4)}publisher-${index}`,
    ),
  });

it('fails where an object may be too large to be scanned, or a trust policy is over its limit', () => {
  expect(findingsAfter(largest('101 GB'), trusting(20))).toEqual([
    ['Concordat-Headroom::Headroom-trustPolicyBytes', 'error', 'Organisation-dwp'],
    ['Concordat-Headroom::Headroom-trustPolicyBytes', 'error', 'Organisation-dwp'],
    ['Concordat-Headroom::Headroom-scannedObjectBytes', 'error', 'Organisation-dwp'],
  ]);
});

it('fails where a limit is just met, and warns where nine tenths of it are used', () => {
  expect(findingsAfter(largest('100 GB'), trusting(16))).toEqual([
    ['Concordat-Headroom::Headroom-scannedObjectBytes', 'error', 'Organisation-dwp'],
    ['Concordat-Headroom::Headroom-trustPolicyBytes', 'warning', 'Organisation-dwp'],
    ['Concordat-Headroom::Headroom-trustPolicyBytes', 'warning', 'Organisation-dwp'],
  ]);
});

it.each([
  ['200 MB', 200_000_000],
  ['100 GB', 100_000_000_000],
  ['2 TB', 2_000_000_000_000],
])('measures objects in decimal units: %s', (size, bytes) => {
  const uses = objectSizes(registerOf(edited(MINIMAL, largest(size))));
  expect(uses).toContainEqual({ limit: 'scannedObjectBytes', used: bytes, stack: 'Organisation-dwp' });
});
