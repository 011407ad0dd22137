/** What an evidence pack is made from: a cloud assembly, and nothing else. */
import { type Assembly, type AssemblyStack, type Findings, findingsOf, provenanceOf } from '../assembly';
import { type CustodyStatement, custodyStatement } from '../custody';
import type { RegisterContent } from '../register';
import type { ProgramIdentity } from '../wire';
import { exceptionsOf } from './compose/exceptions';
import { hashedFiles } from './hashes';
import type { Exception, FileHash } from './model';

/** An assembly with all that the pack tells of it. */
export interface EvidenceSource {
  readonly assembly: Assembly;
  readonly asOf: string;
  readonly registerDigest: string;
  /** The program that made it; absent in an assembly from before it was written down. */
  readonly program: ProgramIdentity | undefined;
  readonly register: RegisterContent;
  readonly stacks: readonly AssemblyStack[];
  readonly files: readonly FileHash[];
  readonly exceptions: readonly Exception[];
  readonly found: Findings;
  readonly custody: CustodyStatement;
}

/** @throws AssemblyError if the assembly is not one of Concordat’s, or a part of it cannot be read */
export function evidenceSourceOf(assembly: Assembly): EvidenceSource {
  const { asOf, registerDigest, register, program } = provenanceOf(assembly);
  return {
    assembly,
    asOf,
    registerDigest,
    program,
    register,
    stacks: assembly.stacks,
    files: hashedFiles(assembly),
    exceptions: exceptionsOf(assembly, asOf),
    found: findingsOf(assembly),
    custody: custodyStatement(assembly),
  };
}
