/** What the questions of `who` and `what` have in common: an assembly, and the words that name something in it. */
import { resolve } from 'node:path';
import {
  type AgreementFacts,
  type Assembly,
  AssemblyError,
  type OrganisationFacts,
  openAssembly,
  type World,
} from '../../assembly';
import { why as reasonsOf } from '../../iam';
import type { WayToRead } from '../../proof';
import { inWords, today } from '../../register/calendar';
import { nearest } from '../../words';
import { UsageError } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';

/** Answers from an assembly; where that cannot be read, says why. */
export function answered(
  folder: string,
  terminal: Terminal,
  answer: (assembly: Assembly) => ExitCode,
): ExitCode {
  try {
    return answer(openAssembly(resolve(terminal.cwd, folder)));
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
}

/** The agreement of this id. @throws UsageError with the nearest id if there is none */
export function demandAgreement({ register }: World, id: string): AgreementFacts {
  return demand(register.agreements, id, 'agreement');
}

/** The organisation of this id. @throws UsageError as above */
export function demandOrganisation({ register }: World, id: string): OrganisationFacts {
  return demand(register.organisations, id, 'organisation');
}

function demand<T extends { readonly id: string }>(list: readonly T[], id: string, noun: string): T {
  const found = list.find((each) => each.id === id);
  if (found !== undefined) return found;
  const near = nearest(
    id,
    list.map((each) => each.id),
  );
  throw new UsageError(`this assembly has no ${noun} '${id}'${near ? `: did you mean ${near.word}?` : ''}`);
}

/** From the first to the last day, as agreements have them. @param span until the first moment after it, in UTC */
export function daysWords({ from, until }: { readonly from: string; readonly until: string }): string {
  const first = today(new Date(from));
  const last = today(new Date(Date.parse(until) - 1));
  return `from ${inWords(first)} to ${inWords(last)}, both included`;
}

/** A way to read, as lines: by which access point, and which statements decide. */
export function wayLines({ accessPoint, share, read, decrypt }: WayToRead): string[] {
  return [
    accessPoint === undefined ? 'straight to the bucket' : `through the access point ${accessPoint}`,
    ...(share ? [`${daysWords(share)}, by agreement ${share.agreement}`] : []),
    `S3: ${read.verdict}`,
    ...reasonsOf(read).map((each) => `  ${each}`),
    `KMS: ${decrypt?.verdict ?? 'no key is known'}`,
    ...(decrypt ? reasonsOf(decrypt).map((each) => `  ${each}`) : []),
  ];
}

/** The same for programs. */
export function wayData({ accessPoint, share, object, time, read, decrypt }: WayToRead) {
  const told = (decision: typeof decrypt) =>
    decision === undefined ? null : { verdict: decision.verdict, because: reasonsOf(decision) };
  return {
    accessPoint: accessPoint ?? null,
    agreement: share?.agreement ?? null,
    days: share ? { from: share.from, until: share.until } : null,
    object,
    time,
    read: told(read),
    decrypt: told(decrypt),
  };
}
