/** Which folders a command means where it is told none, and what a line that is printed has to name so that it means the same. */
import { quoted } from '../words';

/** Folders as they are typed in the current one. */
export interface Places {
  readonly register: string;
  readonly assembly: string;
  readonly evidence: string;
  readonly joining: string;
  /** The folder of the zone, in which lies what it has no setting for. */
  readonly home: string;
  /** Whether a zone’s own settings say so. */
  readonly own: boolean;
}

/** Where somebody types: a terminal, as far as folders go. */
interface Somewhere {
  readonly places?: () => Places;
}

/** The folders that are meant where no settings say otherwise. */
export const USUAL: Places = {
  register: 'register',
  assembly: 'cdk.out',
  evidence: 'evidence',
  joining: 'joining',
  home: '.',
  own: false,
};

/** What is meant where this terminal is. @throws FaultyInput where the settings of its zone are faulty */
export function placesOf({ places }: Somewhere): Places {
  return places?.() ?? USUAL;
}

/** ` --register DIR`, or nothing where that register is meant anyway. */
export function registerFlag(register: string, terminal: Somewhere): string {
  return register === placesOf(terminal).register ? '' : ` --register ${quoted(register)}`;
}

/** ` --assembly DIR`, or nothing where that assembly is meant anyway. */
export function assemblyFlag(assembly: string, terminal: Somewhere): string {
  return assembly === placesOf(terminal).assembly ? '' : ` --assembly ${quoted(assembly)}`;
}

/** The synth that makes an assembly again, of which nobody said from which register: that is to be named where none is bound. */
export function synthAgain(assembly: string, terminal: Somewhere): string {
  const output = synthOutputFlag(assembly, terminal);
  const register = output === '' || placesOf(terminal).own ? '' : ' --register REGISTER';
  return `npx concordat synth${register}${output}`;
}

/** ` --output DIR` of a synth, or nothing where it puts its assembly there anyway. */
export function synthOutputFlag(assembly: string, terminal: Somewhere): string {
  return assembly === placesOf(terminal).assembly ? '' : ` --output ${quoted(assembly)}`;
}
