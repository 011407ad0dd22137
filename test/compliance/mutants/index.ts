/** For each check, changes of the sample’s assembly that it must find. */
import { ALERTS } from './alerts';
import { DURABILITY } from './durability';
import { FUNCTIONS } from './functions';
import { GATE } from './gate';
import { KEYS } from './keys';
import type { Mutant } from './mutant';
import { OPEN_ACCESS } from './open-access';
import { RECORDING } from './recording';
import { ROLES } from './roles';
import { SHARES } from './shares';
import { TRANSIT_AND_REST } from './transit-and-rest';
import { WHOLE } from './whole';

export type { Mutant };

export const MUTANTS: readonly Mutant[] = [
  ...SHARES,
  ...KEYS,
  ...GATE,
  ...OPEN_ACCESS,
  ...TRANSIT_AND_REST,
  ...ROLES,
  ...FUNCTIONS,
  ...RECORDING,
  ...DURABILITY,
  ...ALERTS,
  ...WHOLE,
];
