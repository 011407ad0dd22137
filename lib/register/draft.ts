/** A register whose files are each well-formed, before the rules that span files have been applied. */
import type { Diagnostic } from './diagnostic';
import { type Fault, locate } from './explain/fault';
import type { Agreement } from './schema/agreement';
import type { ApprovalEnvelope } from './schema/approval';
import type { Contract } from './schema/contract';
import type { Organisation } from './schema/organisation';
import type { Zone } from './schema/zone';
import type { YamlSource } from './yaml-source';

/** A value with the file that it was read from. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: YamlSource;
}

/** What could be read; files with faults of their own are missing here, but their ids are known. */
export interface Draft {
  readonly zone: Sourced<Zone> | undefined;
  readonly organisations: ReadonlyMap<string, Sourced<Organisation>>;
  readonly agreements: ReadonlyMap<string, Sourced<Agreement>>;
  readonly contracts: ReadonlyMap<string, Sourced<Contract>>;
  /** By the names of their files. */
  readonly approvals: ReadonlyMap<string, Sourced<ApprovalEnvelope>>;
  /** The ids that files claim by their names, also those of files with faults, so that one fault is told once. */
  readonly claimed: Readonly<Record<'organisations' | 'agreements' | 'contracts', ReadonlySet<string>>>;
}

/** A fault at a value. */
export function at(source: YamlSource, path: Fault['path'], fault: Omit<Fault, 'path' | 'part'>): Diagnostic {
  return locate(source, { ...fault, path, part: 'value' });
}

/** Where a value stands, as a reader finds it: `organisations/dwp.yaml:5`. */
export function whereIs(source: YamlSource, path: Fault['path']): string {
  return `${source.file}:${source.place(path).line}`;
}
