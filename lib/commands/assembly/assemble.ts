/** Synthesises a register into a folder that goes again, and hands over what came of it. */
import type { Assembly } from '../../assembly';
import { makeFolder, passingFolder } from '../../disk';
import type { Register } from '../../register';
import type { IsoDate } from '../../register/calendar';
import { addChecks, lettingGo, synthesise } from '../../stacks';
import type { Validator } from '../../stacks/validator';
import { type LiveOutcomes, NO_LIVE_OUTCOMES } from '../../wire';
import { synthApp } from './synth-app';

/** What an assembly is made from. */
export interface Sources {
  readonly register: Register;
  readonly asOf: IsoDate;
  readonly outcomes: LiveOutcomes;
}

/**
 * Makes an assembly in its place, whole or not at all, with every check, and gives it with the names of the checks that ran.
 * @param validator judges the templates; undefined where CDK’s validation is not wanted
 */
export function synthesised(
  place: string,
  { register, asOf, outcomes }: Sources,
  validator: Validator | undefined,
): { readonly assembly: Assembly; readonly checks: readonly string[] } {
  return makeFolder(place, (outdir) =>
    lettingGo(() => {
      const app = synthApp(outdir);
      const checks = addChecks(app, register, asOf, validator, outcomes);
      return { assembly: synthesise(app, register, asOf, outcomes, place), checks };
    }),
  );
}

/**
 * Calls back with the assembly of a register, whose folder goes afterwards. The CDK’s own checks of templates are left to
 * `concordat synth`: they take longer than all else.
 */
export function withAssembly<T>(register: Register, asOf: IsoDate, use: (assembly: Assembly) => T): T {
  return inPassing((folder) => use(assembled(folder, { register, asOf, outcomes: NO_LIVE_OUTCOMES })));
}

/** Makes an assembly without any check. */
export function assembled(outdir: string, { register, asOf, outcomes }: Sources): Assembly {
  const { CDK_VALIDATION: validation } = process.env;
  try {
    process.env.CDK_VALIDATION = 'false';
    return lettingGo(() => synthesise(synthApp(outdir), register, asOf, outcomes));
  } finally {
    if (validation === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = validation;
  }
}

/** Calls with a new folder, which goes afterwards. */
export function inPassing<T>(use: (folder: string) => T): T {
  const folder = passingFolder();
  try {
    return use(folder.path);
  } finally {
    folder.remove();
  }
}
