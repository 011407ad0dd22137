/** Finds the profile on this computer, and reads it. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DeliveryRefused } from '../delivery';
import { PROFILE_FILE, type Profile, parseProfile, WireError } from '../wire';
import { systemCode, systemWords } from '../words';

/** The variable that names the profile. */
export const PROFILE_VARIABLE = 'CONCORDAT_PROFILE';

/** A profile, and where it lay. */
export interface FoundProfile {
  readonly profile: Profile;
  readonly file: string;
}

/** Where a profile is looked for. */
export interface ProfileSearch {
  /** As it was named; then nothing else is looked at. */
  readonly profile: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The places in their order. The first that there is counts: a faulty one is not passed over. */
function profilePlaces({ profile, cwd, env }: ProfileSearch): string[] {
  if (profile !== undefined) return [resolve(cwd, profile)];
  const named = env[PROFILE_VARIABLE];
  if (named !== undefined && named !== '') return [resolve(cwd, named)];
  const settings = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config');
  return [join(cwd, PROFILE_FILE), join(settings, 'concordat', PROFILE_FILE)];
}

/** Reads the profile. @throws DeliveryRefused `no-profile` or `faulty-profile` */
export function findProfile(search: ProfileSearch): FoundProfile {
  const places = profilePlaces(search);
  for (const file of places) {
    const text = textOf(file);
    if (text === undefined) continue;
    try {
      return { profile: parseProfile(text, file), file };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw new DeliveryRefused(
        { refused: 'faulty-profile', file, problems: error.problems },
        { cause: error },
      );
    }
  }
  throw new DeliveryRefused({ refused: 'no-profile', looked: places });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const problem =
      code === 'EISDIR'
        ? `It is a folder: name the ${PROFILE_FILE} in it.`
        : `It cannot be read: ${systemWords(code, 'read')}.`;
    throw new DeliveryRefused({ refused: 'faulty-profile', file, problems: [problem] }, { cause: error });
  }
}
