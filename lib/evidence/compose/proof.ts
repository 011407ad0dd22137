/** The result of the access proof, as the pack keeps it. */

import { NOT_SEEN } from '../../iam';
import {
  findingsOf,
  linesOf,
  NOT_IN_AN_ASSEMBLY,
  type Proof,
  standLines,
  tellParty,
  WHY_THESE_COVER_ALL,
} from '../../proof';
import type { ProofResult } from '../model';

/** A proof that was run on this assembly. */
export function proofResult(proof: Proof): ProofResult {
  const findings = findingsOf(proof);
  const { organisations, pairs, shares, asked, covered, guardrails } = proof;
  return {
    run: true,
    holds: findings.length === 0,
    organisations,
    pairs,
    shares,
    asked,
    covered,
    why: [WHY_THESE_COVER_ALL, ...(guardrails.stand === undefined ? [] : standLines(guardrails.stand))].join(
      ' ',
    ),
    findings: findings.map((finding) => ({
      ...('owner' in finding && { owner: tellParty(finding.owner) }),
      lines: linesOf(finding),
    })),
    notJudged: [...NOT_IN_AN_ASSEMBLY, ...NOT_SEEN],
  };
}
