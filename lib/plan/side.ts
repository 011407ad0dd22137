/** One of the two assemblies that a plan compares, proven by itself. */

import { type Assembly, type World, worldOf } from '../assembly';
import { custodyStatement, type KeyCustody } from '../custody';
import { findingsOf, type ProofFinding, prove } from '../proof';

/** An assembly with all that was found out about it. */
export interface Side {
  readonly source: Assembly;
  readonly world: World;
  /** How its templates differ from its agreements, and what could not be judged. */
  readonly findings: readonly ProofFinding[];
  readonly custody: readonly KeyCustody[];
}

/** An organisation, as sentences name it. */
export interface NamedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly account: string;
}

/**
 * Proves one side.
 * @param only the accounts whose resources the proof asks for; all if not given
 * @throws AssemblyError if any part of it cannot be read or resolved
 */
export function sideOf(source: Assembly, only?: ReadonlySet<string>): Side {
  const world = worldOf(source);
  return {
    source,
    world,
    findings: findingsOf(prove(world, only)),
    custody: custodyStatement(source).keys,
  };
}

/** The plain facts of an organisation. */
export function named({ id, name, account }: NamedOrganisation): NamedOrganisation {
  return { id, name, account };
}
