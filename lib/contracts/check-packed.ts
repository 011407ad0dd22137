/** Checks one file that may be packed: what the gate and a desk ask of a file as it lies there. */
import type { ContractPlan, FileForm } from '../wire/contracts';
import { checkFile } from './check-file';
import { Findings } from './findings';
import type { Checked, CheckOptions, Source } from './port';
import { PackingError } from './unpack/fault';
import { unpacked } from './unpack/unpacked';

/** How a file that may be packed is checked. */
export interface CheckPackedOptions extends CheckOptions {
  /** What the file is called, where it has a name: one that ends in `.gz` or `.zip` has to be that. */
  readonly name?: string;
}

/**
 * Takes a file out of gzip or zip, where it is in either, and checks it. Places and bytes of the outcome are of the file as it is
 * unpacked. One that cannot be unpacked breaks `form:compression` or `form:locked`, and nothing else is told of it.
 * @param source the file’s bytes as they lie there; zip is read by `slice`
 * @throws what `checkFile` throws; CheckError for a zip archive in a source without `slice`
 */
export async function checkPacked(
  plan: ContractPlan,
  form: FileForm,
  source: Source,
  options: CheckPackedOptions,
): Promise<Checked> {
  try {
    const { largest, name } = options;
    return await checkFile(plan, form, await unpacked(source, { form, largest, name }), options);
  } catch (error) {
    if (!(error instanceof PackingError)) throw error;
    const findings = new Findings(plan, form);
    findings.broke(findings.form(error.fault), { row: 0, column: -1, field: -1, line: -1, byte: -1 });
    findings.because(error.fault, error.reason);
    return { kind: 'done', outcome: findings.outcome({ complete: false, rows: 0, bytes: 0 }) };
  }
}
