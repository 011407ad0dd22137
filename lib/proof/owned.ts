/** Under which agreements an organisation shares data of its own, by the register alone. */
import type { AgreementFacts, RegisterFacts } from '../assembly';
import { grouped } from './grouped';

const byOwner = new WeakMap<RegisterFacts['agreements'], ReadonlyMap<string, readonly AgreementFacts[]>>();

/** The agreements by which an organisation is the owner of what goes in one direction or more, in the order of the register. */
export function agreementsOf(owner: string, { agreements }: RegisterFacts): readonly AgreementFacts[] {
  let known = byOwner.get(agreements);
  if (known === undefined) {
    const owned = agreements.flatMap((agreement) =>
      [...new Set(agreement.directions.map((each) => each.owner))].map((id) => ({ id, agreement })),
    );
    known = new Map(
      [...grouped(owned, ({ id }) => id)].map(([id, all]) => [id, all.map(({ agreement }) => agreement)]),
    );
    byOwner.set(agreements, known);
  }
  return known.get(owner) ?? [];
}
