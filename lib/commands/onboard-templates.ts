/** What an organisation’s joining means in templates: what changes, what it costs, and the pack. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack } from '../assembly/assembly';
import { readWorld } from '../assembly/world-reader';
import { type Effect, effectOf } from '../joining/effect';
import { keyPolicyFile } from '../joining/guidance';
import { packFiles } from '../joining/pack';
import { type BodyCost, costsOf } from '../plan/cost/cost';
import type { IsoDate } from '../register/calendar';
import type { Change } from '../register/changes/change';
import type { RegisterFile } from '../register/folder';
import type { Register } from '../register/register';
import type { OrganisationId } from '../register/schema/organisation';
import { withAssembly } from './assemble';

/** A pack with its cost. */
export interface Pack {
  readonly files: readonly RegisterFile[];
  readonly cost: BodyCost;
}

/** Synthesises with and without the organisation, and compares. */
export function effectOfJoining(
  { before, after }: Change,
  id: string,
  asOf: IsoDate,
): { effect: Effect; pack: readonly RegisterFile[]; cost: BodyCost } {
  const old = withAssembly(before, asOf, (stacks) => stacks);
  return withAssembly(after, asOf, (stacks, folder) => {
    const organisation = after.organisation(id as OrganisationId);
    const effect = effectOf(old, stacks, readWorld(folder), organisation);
    const { files: pack, cost } = packFrom(after, id, asOf, stacks, folder);
    return { effect, pack, cost };
  });
}

/** The pack of an organisation that is in the register. */
export function packOf(register: Register, id: string, asOf: IsoDate): Pack {
  return withAssembly(register, asOf, (stacks, folder) => packFrom(register, id, asOf, stacks, folder));
}

/** The pack from an assembly on disk. */
export function packFrom(
  register: Register,
  id: string,
  asOf: IsoDate,
  stacks: readonly AssemblyStack[],
  folder: string,
): Pack {
  const organisation = register.organisation(id as OrganisationId);
  const own = stacks.filter(({ account }) => account === organisation.account);
  const cost = costsOf(stacks).organisations.find((each) => each.id === id) ?? { id, lines: [], usd: 0 };
  const asked = keyPolicyFile(id);
  const names = [...own.map(({ file }) => file), ...(existsSync(join(folder, asked)) ? [asked] : [])];
  const templates = names.map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }));
  const files = packFiles({ register, organisation, asOf, stacks: own, cost }, templates);
  return { files: files.map(({ name, text }) => ({ path: name, bytes: Buffer.from(text) })), cost };
}
