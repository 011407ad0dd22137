/** Who has signed an agreement as its terms are, and who has not. */
import { approvalsAreAsked, standingOf } from '../register';
import { inWords } from '../register/calendar';
import { type Block, code, lines, paragraph, say, table, type Words } from '../words';
import type { DocumentSource } from './document-source';
import { organisationInWords } from './term-values';

/** One row for each party. */
export function approvalBlocks({ register, agreement }: DocumentSource): Block[] {
  const rows = standingOf(register, agreement).map(
    ({ organisation, by, replaced, ofOtherTerms }): Words[] => [
      organisationInWords(organisation, register),
      by.length > 0
        ? lines([
            ...by.map(({ decision, role, on, sha256 }) =>
              decision.kind === 'approves'
                ? say`approved on ${inWords(on)}${decision.until === undefined ? '' : ` until ${inWords(decision.until)}`} by the ${role} (${code(sha256.slice(0, 12))})`
                : say`withdrawn on ${inWords(on)} from ${inWords(decision.from)} by the ${role} (${code(sha256.slice(0, 12))})`,
            ),
            ...(replaced ? ['approved other terms since, which ends that'] : []),
          ])
        : ofOtherTerms
          ? 'approved other terms, which have changed since'
          : 'not approved yet',
    ],
  );
  return [
    paragraph(
      approvalsAreAsked(register, agreement)
        ? 'Nothing is shared before each party has approved these terms.'
        : 'Neither this zone nor this agreement asks for approvals: what is shared follows from the review of the register.',
    ),
    table(['Organisation', 'Approval'], rows),
  ];
}
