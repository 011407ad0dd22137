/**
 * An in-toto statement whose subjects are the templates, for those who sign what was checked. It is not signed here.
 * @see https://github.com/in-toto/attestation/blob/main/spec/predicates/svr.md
 */
import { tallyOf } from './compose/tally';
import type { Evidence } from './model';
import { momentOf } from './uuid';

/** A Simple Verification Result: only what holds is a property. */
export function inTotoStatement(evidence: Evidence): string {
  const { files, stacks, asOf, findings, exceptions, proof, shares } = evidence;
  const templates = new Set(stacks.map(({ file }) => file));
  const tally = tallyOf(evidence);
  const { failed, accepted } = tally.judgements;
  const ran = evidence.checks.length > 0;
  const holds: [string, boolean][] = [
    ['CONCORDAT_EVERY_CHECK_PASSED', ran && failed + accepted === 0],
    ['CONCORDAT_EVERY_CHECK_PASSED_OR_EXCEPTED', ran && failed === 0],
    [
      'CONCORDAT_SHARES_AS_AGREED',
      tally.sharesAsAgreed === shares.length && evidence.undeclared.length === 0,
    ],
    ['CONCORDAT_ACCESS_PROVEN', proof.run && proof.holds],
    ['CONCORDAT_NO_OPEN_FINDING', evidence.packs.length > 0 && findings.length === 0],
    ['CONCORDAT_NO_EXCEPTION_PAST_REVIEW', exceptions.every(({ past }) => !past)],
  ];
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files
      .filter(({ file }) => templates.has(file))
      .map(({ file, sha256 }) => ({ name: file, digest: { sha256 } })),
    predicateType: 'https://in-toto.io/attestation/svr/v0.1',
    predicate: {
      verifier: { id: 'https://concordat.example/evidence/v1' },
      timeCreated: momentOf(asOf),
      properties: holds.filter(([, held]) => held).map(([property]) => property),
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}
