/** Synthesises a register into a folder that goes again, and hands over what came of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../assembly';
import type { Register } from '../register';
import type { IsoDate } from '../register/calendar';
import { synthesise } from '../stacks';
import { synthApp } from './synth-app';

/**
 * Calls back with the assembly of a register, whose folder goes afterwards. The CDK’s own checks of templates are left to
 * `concordat synth`: they take longer than all else.
 */
export function withAssembly<T>(register: Register, asOf: IsoDate, use: (assembly: Assembly) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-'));
  const { CDK_VALIDATION: validation } = process.env;
  try {
    process.env.CDK_VALIDATION = 'false';
    return use(synthesise(synthApp(folder), register, asOf));
  } finally {
    if (validation === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = validation;
    rmSync(folder, { recursive: true, force: true });
  }
}
