/** A change of the sample’s assembly that a check must find, and how a list of them is written. */
import type { JudgedAssembly } from '../../../lib/compliance/check';
import { type Json, withTemplate } from '../judged-sample';

/** A change, the check that must find it, and those that see it as well. */
export interface Mutant {
  readonly check: string;
  readonly how: string;
  readonly make: (assembly: JudgedAssembly) => JudgedAssembly;
  /** Checks that find it besides, since they ask something that no longer holds either. */
  readonly also: readonly string[];
}

/** A list that is written one after the other. */
interface Writing {
  readonly mutants: readonly Mutant[];
  /** Says of which check, and by changing which stack, the next mutants are. */
  readonly on: (check: string, stack: string) => void;
  /** One that changes that stack. */
  readonly mutant: (how: string, edit: (template: Json) => void, ...also: string[]) => void;
  /** One that changes anything else. */
  readonly other: (check: string, how: string, make: Mutant['make'], ...also: string[]) => void;
}

/** Begins a list. */
export function writing(): Writing {
  const mutants: Mutant[] = [];
  let subject = { check: '', stack: '' };
  return {
    mutants,
    on: (check, stack) => {
      subject = { check, stack };
    },
    mutant: (how, edit, ...also) => {
      const { check, stack } = subject;
      mutants.push({ check, how, make: (assembly) => withTemplate(assembly, stack, edit), also });
    },
    other: (check, how, make, ...also) => {
      mutants.push({ check, how, make, also });
    },
  };
}
