/** Checks one file that may be packed: what the gate and a desk ask of a file as it lies there. */
import type { ContractPlan, FileForm } from '../wire/contracts';
import { checkFile } from './check-file';
import { Findings } from './findings';
import { lockedFile } from './locked-file';
import type { Checked, CheckOptions, Source } from './port';
import { locked, PackingError } from './unpack/fault';
import { unpacked } from './unpack/unpacked';

/** How a file that may be packed is checked. */
export interface CheckPackedOptions extends CheckOptions {
  /** What the file is called, where it has a name: one that ends in `.gz` or `.zip` has to be that. */
  readonly name?: string;
}

/** What a file that is locked in some way says of itself; all others are encrypted as a whole. */
const LOCK_REASONS: Readonly<Record<string, Parameters<typeof locked>[0]>> = {
  zip: 'password',
  '7-zip': 'password',
  rar: 'password',
  office: 'document-password',
  opendocument: 'document-password',
  pdf: 'document-password',
  parquet: 'parquet-encryption',
};

/**
 * As `checkPacked`, of a file that nobody has looked at before: whatever shows that it is locked breaks `form:locked`. The gate asks
 * that of each deposit first, be there a contract or not.
 */
export function checkUnlocked(
  plan: ContractPlan,
  form: FileForm,
  source: Source,
  options: CheckPackedOptions,
): Promise<Checked> {
  return check(plan, form, source, { ...options, unlocked: true });
}

/**
 * Takes a file out of gzip or zip, where it is in either, and checks it. Places and bytes of the outcome are of the file as it is
 * unpacked. One that cannot be unpacked breaks `form:compression` or `form:locked`, and nothing else is told of it.
 * @param source the file’s bytes as they lie there; zip is read by `slice`
 * @throws what `checkFile` throws; CheckError for a zip archive in a source without `slice`
 */
export function checkPacked(
  plan: ContractPlan,
  form: FileForm,
  source: Source,
  options: CheckPackedOptions,
): Promise<Checked> {
  return check(plan, form, source, options);
}

async function check(
  plan: ContractPlan,
  form: FileForm,
  source: Source,
  { unlocked = false, ...options }: CheckPackedOptions & { readonly unlocked?: boolean },
): Promise<Checked> {
  try {
    const { largest, name } = options;
    if (unlocked) await refuseLocked(source);
    return await checkFile(plan, form, await unpacked(source, { form, largest, name }), options);
  } catch (error) {
    if (!(error instanceof PackingError)) throw error;
    const findings = new Findings(plan, form);
    findings.broke(findings.form(error.fault), { row: 0, column: -1, field: -1, line: -1, byte: -1 });
    findings.because(error.fault, error.reason);
    return { kind: 'done', outcome: findings.outcome({ complete: false, rows: 0, bytes: 0 }) };
  }
}

async function refuseLocked(source: Source): Promise<void> {
  if (source.bytes === undefined || !source.slice) return;
  const as = await lockedFile({ bytes: source.bytes, slice: source.slice.bind(source) });
  if (as !== undefined) locked(LOCK_REASONS[as] ?? 'encrypted', `it is locked: ${as}`);
}
