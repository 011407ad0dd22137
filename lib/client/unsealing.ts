/** Opening what was collected under sealed agreements, with the recipient’s own identities, and looking at it. */
import { bareMediaType, sealFault } from '../contracts';
import {
  type CollectRefusal,
  type Collects,
  DeliveryRefused,
  type HandedOn,
  mediaTypeFor,
  type SealedBytes,
  type Unsealing,
} from '../delivery';
import type { Profile } from '../wire';
import type { ContractPlan } from '../wire/contracts';
import { NotOpened, openerBy, type Through } from './age';
import { readIdentities } from './identity-file';
import { fileAt } from './local-files';
import { survey } from './surveyor';

/** How sealed agreements are to be dealt with. */
export interface UnsealRequest {
  /** The absolute path of the recipient’s identity file. Without one, sealed agreements are refused, unless they are left sealed. */
  readonly identity?: string | undefined;
  /** Collect what is sealed as it is. */
  readonly leaveSealed?: boolean | undefined;
  /** Run on each file that was opened, before it gets its name: it gets its name if that ends with code 0. */
  readonly scan?: ((path: string) => Promise<HandedOn>) | undefined;
}

/**
 * Gives what opens the objects of an agreement; nothing where it is not sealed, or is to stay so.
 * @throws DeliveryRefused `faulty-identity` at once; what comes back throws `no-identity`
 */
export async function unsealingBy(
  { contracts }: Pick<Profile, 'contracts'>,
  { identity, leaveSealed, scan }: UnsealRequest,
  signal: AbortSignal | undefined,
): Promise<(terms: Collects) => Unsealing | undefined> {
  const open = identity === undefined ? undefined : await openerBy(await readIdentities(identity));
  return (terms) => {
    const { agreement, prefix, sealed, contract } = terms;
    if (sealed === undefined || leaveSealed === true) return undefined;
    if (open === undefined)
      throw refused({ refused: 'no-identity', agreement, keptBy: sealed.keys.map(({ keptBy }) => keptBy) });
    const plan = 'id' in contract ? contracts.find((each) => each.contract.id === contract.id) : undefined;
    return {
      open: (bytes, key) => opened(bytes, key, sealed.kind, open),
      look: async (path, name, key) => {
        if (plan !== undefined) await hold(path, name, { key, agreement, prefix, sealed, plan, signal });
        const how = await scan?.(path);
        if (how !== undefined && !('code' in how && how.code === 0))
          throw refused({ refused: 'scan-found', key, how });
      },
    };
  };
}

async function* opened(
  sealed: SealedBytes,
  key: string,
  kind: NonNullable<Collects['sealed']>['kind'],
  open: Through,
): AsyncIterable<Uint8Array> {
  // The gate has held it to its form; a header of any size may still come from elsewhere, and is read by a parser that has bounds.
  const fault = await sealFault(
    { bytes: sealed.bytes, slice: (from, to) => slice(sealed, from, to) },
    { kind, keys: 'any' },
  );
  if (fault?.why === 'not-sealed') throw refused({ refused: 'not-sealed', key });
  if (fault?.why === 'seal-damaged') throw refused({ refused: 'seal-damaged', key });
  try {
    yield* open(sealed.read(0, sealed.bytes));
  } catch (error) {
    if (!(error instanceof NotOpened)) throw error;
    throw refused({ refused: error.why === 'to-others' ? 'sealed-to-others' : 'seal-damaged', key }, error);
  }
}

interface Held {
  readonly prefix: string;
  readonly key: string;
  readonly agreement: string;
  readonly sealed: NonNullable<Collects['sealed']>;
  readonly plan: ContractPlan;
  readonly signal: AbortSignal | undefined;
}

/** Holds what was opened against its contract, as the sender’s client did before it was sealed. */
async function hold(
  path: string,
  name: string,
  { key, agreement, prefix, sealed, plan, signal }: Held,
): Promise<void> {
  const { mediaTypes, largestObject } = sealed;
  const chosen = mediaTypeFor(name, mediaTypes);
  const [only, ...others] = mediaTypes;
  // What the sender said in so many words when it deposited is not to be seen; where there is one type it was that.
  const mediaType = 'mediaType' in chosen ? chosen.mediaType : others.length === 0 ? only : undefined;
  const file = fileAt(path);
  const surveyed =
    mediaType === undefined
      ? { fault: { why: 'media-type', found: undefined, allowed: mediaTypes, said: false } as const }
      : await survey(
          { agreement, bucket: '', key: `${prefix}${name}`, mediaType: bareMediaType(mediaType) ?? '', file },
          { plan, largest: largestObject, signal },
        );
  if ('fault' in surveyed) throw refused({ refused: 'opened-faulty', key, agreement, fault: surveyed.fault });
}

async function slice({ read }: SealedBytes, from: number, to: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of read(from, to)) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces);
}

function refused(refusal: CollectRefusal, cause?: unknown): DeliveryRefused<CollectRefusal> {
  return new DeliveryRefused(refusal, cause === undefined ? undefined : { cause });
}
