/** Puts the result model together from an assembly. Nothing here writes, and nothing reads a clock. */

import { PUBLIC_SECTOR, SUB_PRINCIPLES } from '../../compliance';
import { attentionWords } from '../../custody';
import { headroomOf, objectSizes } from '../../plan';
import { LIMITS } from '../../policy';
import { type Agreement, directionsOf, isReciprocal, partiesOf } from '../../register';
import { markedText } from '../../words';
import { digestOfFiles } from '../hashes';
import type { CheckResult, Evidence, EvidenceAgreement, HeadroomRow, ProofResult, Reading } from '../model';
import type { EvidenceSource } from '../source';
import { assumptionsIn } from './assumptions';
import { cafOutcomes } from './caf';
import { custodyRows } from './custody';
import { principlesWith } from './goals';
import { LIMITS_OF_EVIDENCE } from './limits';
import { sharesIn } from './shares';
import { sharingPrinciplesWith } from './sharing-principles';

/**
 * The evidence of an assembly, with what the checks and the proof came to.
 * @param readings who reads what; undefined where the proof was not run
 */
export function evidenceOf(
  source: EvidenceSource,
  checks: readonly CheckResult[],
  proof: ProofResult,
  readings?: readonly Reading[],
): Evidence {
  const { register, stacks, files, found, exceptions, custody: statement } = source;
  const principles = principlesWith(SUB_PRINCIPLES, checks);
  return {
    form: 'concordat-evidence/v1',
    asOf: source.asOf,
    registerDigest: source.registerDigest,
    ...(source.program && { program: { ...source.program } }),
    assemblyDigest: digestOfFiles(files),
    operator: register.zone.operator,
    ...(register.zone.sample !== undefined && { sample: register.zone.sample }),
    region: register.zone.region,
    files: [...files],
    stacks: stacks.map(({ name, account, file, resources }) => ({
      name,
      account,
      file,
      resources: Object.keys(resources).length,
    })),
    organisations: register.organisations.map(({ id, name, sector, membership, account }) => ({
      id,
      name,
      sector,
      membership,
      account,
    })),
    agreements: register.agreements.map(agreementFacts),
    ...sharesIn(source, statement),
    ...(readings && { readings: [...readings] }),
    custody: custodyRows(statement, source),
    custodyAttention: statement.attention.map((each) => markedText(attentionWords(each, statement.accounts))),
    checks: [...checks],
    principles,
    sharingPrinciples: sharingPrinciplesWith(checks),
    caf: { v32: cafOutcomes(principles, checks, 'caf32'), v40: cafOutcomes(principles, checks, 'caf40') },
    packs: packsOf(source),
    findings: found.open
      // These are the checks, which have just been run again.
      .filter(({ rule }) => !rule.startsWith(`${PUBLIC_SECTOR}::`))
      .map(({ rule, description, fix, severity, constructPath }) => ({
        rule,
        description,
        ...(fix !== undefined && { fix }),
        severity,
        place: constructPath,
      })),
    exceptions: [...exceptions],
    headroom: headroomRows(source),
    proof,
    assumptions: assumptionsIn(source),
    limits: [...LIMITS_OF_EVIDENCE],
  };
}

function partiesIn(agreement: Agreement): Pick<EvidenceAgreement, 'owner' | 'recipients' | 'reciprocal'> {
  if (isReciprocal(agreement)) return { reciprocal: [...partiesOf(agreement)] };
  const [only] = directionsOf(agreement);
  return { owner: only?.owner, recipients: [...(only?.recipients ?? [])] };
}

function agreementFacts(agreement: Agreement): EvidenceAgreement {
  const { id, title, starts, ends, review, purpose, lawfulBasis, dpia } = agreement;
  const { classification, markings, delivery, retention, contacts } = agreement;
  return {
    id,
    title,
    ...partiesIn(agreement),
    starts,
    ends,
    review,
    aim: purpose.aim,
    lawfulBasis: lawfulBasis.regime,
    classification,
    markings: [...markings],
    dpia: `${dpia.reference}, ${dpia.date}, ${dpia.outcome}`,
    collectWithin: delivery.collectWithin,
    presignedUrls: delivery.presignedUrls ?? 'denied',
    ...(agreement.sealed && { sealed: agreement.sealed }),
    ...(agreement.correspondence && {
      inboxes: agreement.correspondence.inboxes.map(({ id: inbox, of, team }) => ({ id: inbox, of, team })),
    }),
    keepFor: retention.period,
    disposal: retention.disposal,
    breach: contacts.breach,
  };
}

function headroomRows({ stacks, register }: EvidenceSource): HeadroomRow[] {
  return headroomOf(stacks, objectSizes(register)).fullest.map(({ limit, used, stack, logicalId }) => {
    const { what, most, unit, adjustable, source } = LIMITS[limit];
    return {
      what,
      used,
      most,
      unit,
      adjustable,
      stack,
      ...(logicalId !== undefined && { resource: logicalId }),
      source,
    };
  });
}

/** What each pack found, by its name. */
function packsOf({ found, exceptions }: EvidenceSource): Evidence['packs'] {
  return found.packs.map((name) => ({
    name,
    open: found.open.filter(({ rule }) => rule.startsWith(`${name}::`)).length,
    acknowledged: exceptions
      .filter(({ rule }) => rule.startsWith(`${name}::`))
      .reduce((sum, { resources }) => sum + resources.length, 0),
  }));
}
