/**
 * Takes a deposit back: by a delete marker, which hides every version under its name from all who collect. The versions stay,
 * for as long as the bucket keeps old ones, so that a recall can be undone by those who administer the bucket. Who has collected
 * it has its copy.
 */
import type { Profile } from '../wire';
import { type DepositVerdict, verdictOn } from './deposit/verdict';
import { DeliveryRefused } from './refusals';
import type { Store } from './store';

/** Why nothing was taken back. */
export type RecallRefusal =
  /** There is no such object now: none was deposited, or it was taken back before. */
  | { readonly refused: 'not-there'; readonly named: string }
  /** Another version has the name by now. To take back the name would take back that one. */
  | {
      readonly refused: 'other-version';
      readonly key: string;
      readonly wanted: string;
      readonly current: string;
    }
  /** It was not confirmed. */
  | { readonly refused: 'not-confirmed'; readonly key: string };

/** What is about to be taken back. */
export interface ToRecall {
  readonly key: string;
  readonly version: string;
  readonly verdict: DepositVerdict;
}

type RecallStore = Pick<Store, 'tags' | 'open' | 'remove'>;

/**
 * What a recall would take back.
 * @param version the one that is meant; the current one where nothing is given
 * @throws DeliveryRefused `not-there`, `other-version`; StoreFailure
 */
export async function toRecall(store: RecallStore, key: string, version?: string): Promise<ToRecall> {
  const current = await store.tags(key);
  if (current === undefined) return refuse({ refused: 'not-there', named: key });
  if (version !== undefined && version !== current.version)
    return refuse({ refused: 'other-version', key, wanted: version, current: current.version });
  const verdict = await verdictOn({ key, version: current.version }, store);
  return { key, version: current.version, verdict };
}

/**
 * Takes it back, unless another version has taken its place since it was looked at.
 * @returns the version of the delete marker
 * @throws DeliveryRefused as above; StoreFailure
 */
export async function recall(store: RecallStore, { key, version }: ToRecall): Promise<string | undefined> {
  const current = await store.tags(key);
  // Somebody else has taken it back meanwhile, or an earlier try whose answer was lost.
  if (current === undefined) return undefined;
  if (current.version !== version)
    return refuse({ refused: 'other-version', key, wanted: version, current: current.version });
  return (await store.remove(key)).marker;
}

/** The key of a current version, of all that the organisation sends. @throws DeliveryRefused `not-there`; StoreFailure */
export async function keyOfVersion(
  store: Pick<Store, 'list' | 'tags'>,
  { sends }: Pick<Profile, 'sends'>,
  version: string,
): Promise<string> {
  for (const { prefix } of sends)
    for await (const { key } of store.list(prefix))
      if ((await store.tags(key))?.version === version) return key;
  return refuse({ refused: 'not-there', named: version });
}

function refuse(refusal: RecallRefusal): never {
  throw new DeliveryRefused<RecallRefusal>(refusal);
}
