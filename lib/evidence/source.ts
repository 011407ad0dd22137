/** What an evidence pack is made from: a cloud assembly, and nothing else. */
import { type Assembly, type AssemblyStack, type Findings, findingsOf, provenanceOf } from '../assembly';
import type { RegisterContent } from '../register';
import { exceptionsOf } from './compose/exceptions';
import { hashedFiles } from './hashes';
import type { Exception, FileHash } from './model';

/** An assembly with all that the pack tells of it. */
export interface EvidenceSource {
  readonly assembly: Assembly;
  readonly asOf: string;
  readonly registerDigest: string;
  readonly register: RegisterContent;
  readonly stacks: readonly AssemblyStack[];
  readonly files: readonly FileHash[];
  readonly exceptions: readonly Exception[];
  readonly found: Findings;
}

/** @throws AssemblyError if the assembly is not one of Concordat’s, or a part of it cannot be read */
export function evidenceSourceOf(assembly: Assembly): EvidenceSource {
  const { asOf, registerDigest, register } = provenanceOf(assembly);
  return {
    assembly,
    asOf,
    registerDigest,
    register,
    stacks: assembly.stacks,
    files: hashedFiles(assembly),
    exceptions: exceptionsOf(assembly, asOf),
    found: findingsOf(assembly),
  };
}
