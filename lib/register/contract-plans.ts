/** The plans of a register’s contracts: what synth deploys beside gates, and what a desk checks files by. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Compiled, compileContract } from '../contracts/compile';
import type { ContractPlan } from '../wire/contracts';
import type { RegisterContent } from './register';
import type { Contract } from './schema/contract';

/** A contract that a sound register cannot have was handed in. */
class ContractUnsound extends Error {
  override readonly name = 'ContractUnsound';
}

const COMPILED = new WeakMap<Contract, Compiled>();

/** What a contract of a register comes to. Rules, owners’ gates and commands all ask, and it is worked out once. */
export function compiledOf(contract: Contract): Compiled {
  const compiled = COMPILED.get(contract) ?? compileContract(contract, contractDigest(contract));
  COMPILED.set(contract, compiled);
  return compiled;
}

/** SHA-256 of a contract as canonical JSON (RFC 8785), in hex: it names the contract in plans, reports and the ledger. */
export function contractDigest(contract: Contract): string {
  const text = canonicalize(contract);
  if (text === undefined) throw new TypeError('the contract has no canonical form');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * The plan of each contract that an agreement names, by the contract’s id and in its order. Each has one object: the rules of
 * the register hold that, and that it compiles.
 * @throws ContractUnsound for content that no rule has looked at
 */
export function contractPlansOf({
  agreements,
  contracts,
}: RegisterContent): ReadonlyMap<string, ContractPlan> {
  const named = new Set(agreements.flatMap(({ contract }) => contract ?? []));
  return new Map(
    contracts
      .filter(({ id }) => named.has(id))
      .map((contract) => {
        const [plan, second] = plansOf(contract);
        if (plan === undefined || second !== undefined)
          throw new ContractUnsound(`the contract ${contract.id} has not one object`);
        return [contract.id, plan];
      }),
  );
}

/** The plan of each object of one contract. @throws ContractUnsound if it does not compile */
export function plansOf(contract: Contract): readonly ContractPlan[] {
  const compiled = compiledOf(contract);
  if (compiled.ok) return compiled.plans;
  const [first] = compiled.faults;
  throw new ContractUnsound(`the contract ${contract.id} cannot be carried out: ${first?.message}`);
}
