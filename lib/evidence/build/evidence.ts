/** Puts the result model together from an assembly. Nothing here writes, and nothing reads a clock. */
import { custodyStatement } from '../../assembly/custody/statement';
import { headroomOf, objectSizes } from '../../assembly/headroom';
import { SUB_PRINCIPLES } from '../../compliance/principles';
import { LIMITS } from '../../policy/limits';
import type { CheckResult, Evidence, HeadroomRow, ProofResult } from '../model';
import { digestOfFiles } from '../read/files';
import type { EvidenceSource } from '../read/source';
import { cafOutcomes } from './caf';
import { custodyRows } from './custody';
import { principlesWith } from './goals';
import { LIMITS_OF_EVIDENCE } from './limits';
import { sharesIn } from './shares';

/** The evidence of an assembly, with what the checks and the proof came to. */
export function evidenceOf(
  source: EvidenceSource,
  checks: readonly CheckResult[],
  proof: ProofResult,
): Evidence {
  const { register, files, found, exceptions } = source;
  const statement = custodyStatement(source.custody);
  const principles = principlesWith(SUB_PRINCIPLES, checks);
  return {
    form: 'concordat-evidence/v1',
    asOf: source.asOf,
    registerDigest: source.registerDigest,
    assemblyDigest: digestOfFiles(files),
    operator: register.zone.operator,
    region: register.zone.region,
    files: [...files],
    organisations: register.organisations.map(({ id, name, sector, membership, account }) => ({
      id,
      name,
      sector,
      membership,
      account,
    })),
    agreements: register.agreements.length,
    ...sharesIn(source, statement),
    custody: custodyRows(statement.keys, source),
    custodyAttention: [...statement.attention],
    checks: [...checks],
    principles,
    caf: { v32: cafOutcomes(principles, checks, 'caf32'), v40: cafOutcomes(principles, checks, 'caf40') },
    packs: packsOf(source),
    findings: found.open.map(({ rule, description, fix, severity, constructPath }) => ({
      rule,
      description,
      ...(fix !== undefined && { fix }),
      severity,
      place: constructPath,
    })),
    exceptions: [...exceptions],
    headroom: headroomRows(source),
    proof,
    limits: [...LIMITS_OF_EVIDENCE],
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
