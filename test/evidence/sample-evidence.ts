/** The evidence of the sample, for tests: of the assembly that all tests share, without the access proof. */
import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAssembly, worldOf } from '../../lib/assembly';
import { LEFT_OUT } from '../../lib/commands/assembly/evidence-pack';
import { type CustodyStatement, custodyStatement } from '../../lib/custody';
import { checkResults } from '../../lib/evidence/compose/checks';
import { evidenceOf } from '../../lib/evidence/compose/evidence';
import { readingsOf } from '../../lib/evidence/compose/readings';
import type { Evidence } from '../../lib/evidence/model';
import { evidenceSourceOf } from '../../lib/evidence/source';
import type { RegisterFile } from '../../lib/register/folder';
import { MINIMAL, SAMPLE } from '../register/samples';
import { keptFolder } from '../stacks/kept-assemblies';
import { synthesised } from '../stacks/sample-assembly';

/** An assembly with its evidence. */
export interface SampleEvidence {
  readonly folder: string;
  readonly evidence: Evidence;
}

/** What CDK leaves where the rule packs ran and found nothing. The shared sample is made without them, since they take long. */
export const CLEAN_REPORT = {
  version: '1.0',
  pluginReports: ['AwsSolutions', 'NIST.800.53.R5'].map((pluginName) => ({
    pluginName,
    conclusion: 'success',
    violations: [],
  })),
};

/** The sample’s own, in a folder that all test files share. */
export function sampleEvidence(): SampleEvidence {
  return evidenceOnce('sample', SAMPLE);
}

/** That of the minimal register, for what is the same with few organisations. */
export function minimalEvidence(): SampleEvidence {
  return evidenceOnce('minimal', MINIMAL);
}

function evidenceOnce(name: string, files: readonly RegisterFile[]): SampleEvidence {
  const folder = keptFolder(`${name}-with-report`, (own) => {
    cpSync(synthesised({ files }).folder, own, { recursive: true });
    writeFileSync(join(own, 'validation-report.json'), JSON.stringify(CLEAN_REPORT));
  });
  return { folder, evidence: sharedEvidence(name, folder) };
}

/** Worked out once in a run of the tests. */
function sharedEvidence(name: string, folder: string): Evidence {
  const shared = join(process.env.CONCORDAT_TEST_RUN ?? folder, `${name}-evidence.json`);
  if (existsSync(shared)) return JSON.parse(readFileSync(shared, 'utf8')) as Evidence;
  const evidence = evidenceIn(folder);
  // Under its name it is there as a whole or not at all, for tests that run beside this one.
  writeFileSync(`${shared}.${process.pid}`, JSON.stringify(evidence));
  renameSync(`${shared}.${process.pid}`, shared);
  return evidence;
}

/** The custody statement of an assembly, which the pack has beside its model. */
export function custodyIn(folder: string): CustodyStatement {
  return custodyStatement(openAssembly(folder));
}

/** The evidence of any assembly. */
function evidenceIn(folder: string): Evidence {
  const source = evidenceSourceOf(openAssembly(folder));
  return evidenceOf(source, checkResults(source), LEFT_OUT, readingsOf(worldOf(source.assembly)));
}
