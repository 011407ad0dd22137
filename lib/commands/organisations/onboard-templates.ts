/** What an organisation’s joining means in templates: what changes, what it costs, and the pack. */
import { type Assembly, askedPolicyFile, worldOf } from '../../assembly';
import { type Effect, effectOf, packFiles } from '../../joining';
import { type Bill, costsOf, type NotPriced } from '../../plan';
import type { OrganisationId, Register, RegisterFile } from '../../register';
import type { IsoDate } from '../../register/calendar';
import type { Change } from '../../register/changes';
import { clientProgram, clientTypes } from '../../start/client';
import { withAssembly } from '../assembly/assemble';

/** A pack with its cost. */
export interface Pack {
  readonly files: readonly RegisterFile[];
  readonly cost: Bill | NotPriced;
}

/** Synthesises with and without the organisation, and compares. */
export function effectOfJoining(
  { before, after }: Change,
  id: string,
  asOf: IsoDate,
): { effect: Effect; pack: readonly RegisterFile[]; cost: Bill | NotPriced } {
  const old = withAssembly(before, asOf, ({ stacks }) => stacks);
  return withAssembly(after, asOf, (assembly) => {
    const organisation = after.organisation(id as OrganisationId);
    const effect = effectOf(old, assembly.stacks, worldOf(assembly), organisation);
    const { files: pack, cost } = packFrom(after, id, asOf, assembly);
    return { effect, pack, cost };
  });
}

/** The pack of an organisation that is in the register. */
export function packOf(register: Register, id: string, asOf: IsoDate): Pack {
  return withAssembly(register, asOf, (assembly) => packFrom(register, id, asOf, assembly));
}

/** The pack from the assembly of a register. */
export function packFrom(register: Register, id: string, asOf: IsoDate, { stacks, file }: Assembly): Pack {
  const organisation = register.organisation(id as OrganisationId);
  const own = stacks.filter(({ account }) => account === organisation.account);
  const costs = costsOf(stacks);
  const cost = costs.priced
    ? (costs.organisations.find((each) => each.id === id) ?? { id, lines: [], usd: 0 })
    : costs;
  const templates = [...own.map((stack) => stack.file), askedPolicyFile(id)].flatMap((name) => {
    const text = file(name);
    return text === undefined ? [] : [{ name, text }];
  });
  const client = clientProgram();
  const source = { register, organisation, asOf, stacks: own, cost, client };
  const files = packFiles(source, [client, clientTypes(), ...templates]);
  return { files: files.map(({ name, text }) => ({ path: name, bytes: Buffer.from(text) })), cost };
}
