/** What an evidence pack is made from: a cloud assembly, read from its folder and from nowhere else. */
import type { AssemblyStack } from '../../assembly/assembly';
import { AssemblyError, readJson } from '../../assembly/assembly';
import { type Findings, findingsOf } from '../../assembly/findings';
import { type CustodySource, readCustodySource } from '../../assembly/source';
import type { RegisterContent } from '../../register/register';
import type { Exception, FileHash } from '../model';
import { exceptionsOf } from './exceptions';
import { hashedFiles } from './files';

/** An assembly with all that the pack tells of it. */
export interface EvidenceSource {
  readonly folder: string;
  readonly asOf: string;
  readonly registerDigest: string;
  readonly register: RegisterContent;
  readonly stacks: readonly AssemblyStack[];
  readonly custody: CustodySource;
  readonly files: readonly FileHash[];
  readonly exceptions: readonly Exception[];
  readonly found: Findings;
}

/** @throws AssemblyError if the folder is no assembly, is not one of Concordat’s, or a part of it cannot be read */
export function readEvidenceSource(folder: string): EvidenceSource {
  const custody = readCustodySource(folder);
  const { origin, stacks } = custody;
  if (origin === undefined)
    throw new AssemblyError(
      `there is no concordat.json in ${folder}: make the assembly with npm start or npx cdk synth in this project`,
    );
  return {
    folder,
    asOf: origin.asOf,
    registerDigest: origin.registerDigest,
    register: readJson<RegisterContent>(folder, 'register.json').value,
    stacks,
    custody,
    files: hashedFiles(folder),
    exceptions: exceptionsOf(folder, stacks, origin.asOf),
    found: findingsOf(folder),
  };
}
