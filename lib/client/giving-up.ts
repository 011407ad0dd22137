/** Gives up deposits that are under way, so that no part of them stays in S3 or on this computer. */
import { agreementIn, giveUp, rememberedOf, type Store } from '../delivery';
import type { Client } from './client';
import { hasDepositMemory, openDepositMemory, whoseDeposits } from './deposit-memory';
import type { DepositRequest } from './deposit-request';
import { forgetSealed } from './sealing';

/** A deposit that was given up. */
interface GivenUp {
  readonly agreement: string;
  readonly key: string;
}

/**
 * Gives up what is under way under an agreement: the parts that S3 has are taken away. What is deposited stays.
 * @returns what was given up
 */
export async function abandonDeposits(
  client: Client,
  { agreement, state }: Pick<DepositRequest, 'agreement' | 'state'>,
): Promise<readonly GivenUp[]> {
  const { prefix } = agreementIn(client.profile, 'sends', agreement);
  const mine = whoseDeposits(client, agreement, state);
  if (!hasDepositMemory(mine)) return [];
  const memory = await openDepositMemory(mine);
  try {
    forgetSealed(client, state, agreement, prefix);
    const all = memory.all().filter((each) => each.bucket === client.profile.bucket);
    if (all.length === 0) return [];
    const store = await client.store('deposit', client.profile.bucket ?? '');
    for (const each of all) await giveUp(each, store, memory);
    return all.flatMap(({ key, stage }) => (stage.at === 'deposited' ? [] : { agreement, key }));
  } finally {
    await memory.close();
  }
}

/**
 * Gives up what is under way of one object: the parts that S3 has are taken away.
 * @returns whether there was anything, on this computer; of uploads from elsewhere the bucket’s own rule takes the parts away
 */
export async function abandonDeposit(
  client: Client,
  { key, state, store }: { readonly key: string; readonly state: string; readonly store: Store },
): Promise<boolean> {
  const mine = whoseDeposits(client, agreementOfKey(key), state);
  if (!hasDepositMemory(mine)) return false;
  const memory = await openDepositMemory(mine);
  try {
    const earlier = rememberedOf({ key, bucket: client.profile.bucket ?? '' }, memory);
    if (earlier === undefined) return false;
    await giveUp(earlier, store, memory);
    forgetSealed(client, state, agreementOfKey(key), key);
    return earlier.stage.at !== 'deposited';
  } finally {
    await memory.close();
  }
}

/** The agreement of a key, `agreements/<agreement>/<name>`. */
function agreementOfKey(key: string): string {
  return key.split('/')[1] ?? '';
}
