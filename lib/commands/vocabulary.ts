/** The options that mean the same in every command that has them. README.md lists them. */
import { choice, day, type Option, placeOr, renamed, text, textOr, toggle, UsageError } from './option';
import { USUAL } from './places';

/** The register that a command reads or changes. */
export const REGISTER_OPTION = { register: placeOr('register', 'the register folder', USUAL.register) };

/** A register and a day. */
export const REGISTER_OPTIONS = {
  ...REGISTER_OPTION,
  'as-of': day('judge as of this day, such as 2027-04-01; today if not given'),
};

/** The assembly that a command reads. */
export const ASSEMBLY_OPTION = { assembly: placeOr('assembly', 'the cloud assembly', USUAL.assembly) };

/** The option that names the folder of the evidence pack, where a pack is made besides. */
export const PACK = 'evidence-pack';

/** The evidence pack, beside an assembly. */
export const PACK_OPTION = {
  [PACK]: renamed(text('DIR', 'make the evidence pack as well, in this folder'), 'evidence'),
};

/** The folder of `collect`, and of what asks what is there. */
export const TO_OPTION = { to: textOr('DIR', 'the folder that files are collected into', 'collected') };

/** Results for programs. */
export const JSON_OPTION = { json: toggle('write the result as JSON') };

/** Where a command puts the folder that it makes. @param what it is, for help */
export function output(what: string, fallback: string): Option<string> {
  return textOr('DIR', what, fallback);
}

/** The folder for what people read and sign. @param what goes there, for help */
export function documents(what: string): Option<string | undefined> {
  return text('DIR', `the folder for the ${what}; documents in the folder of the zone if not given`);
}

/** The options by which results are written in one of several forms. */
export function formats<const F extends string>(forms: readonly F[]) {
  return {
    format: choice(forms, 'the form of the result; text if not given'),
    json: toggle('the same as --format json'),
  };
}

/** The form that was asked for. @throws UsageError if two were */
export function formatOf<F extends string>(values: {
  readonly format: F | undefined;
  readonly json: boolean;
}): F | 'text' | 'json' {
  const { format, json } = values;
  if (json && format !== undefined && format !== 'json')
    throw new UsageError(`--json and --format ${format} ask for two forms: give one of them`);
  return json ? 'json' : (format ?? 'text');
}
