/** The grants that a key is to have, from the list that is deployed with its grant broker. */

import { type Assembly, type AssemblyStack, grantListIn, resolved } from '../assembly';
import { type CustodyClaim, GATE_LIST_FILE, GRANT_LIST_FILE, GRANT_LIST_FORM, GrantListError } from '../wire';
import type { KeyAttention } from './attention';
import { type MadeRole, trustOf } from './identities';
import type { Permission } from './permissions';
import { callerOf, type Who } from './who';

/** One grant that the broker is told to keep. */
export interface HeldGrant {
  readonly share: string;
  readonly agreement: string;
  /** The ARN of the role that holds it. */
  readonly grantee: string;
  readonly holder: Who;
  readonly from: string;
  /** The first moment at which it is no longer to be there. */
  readonly until: string;
  /** Who may take on the grantee role; absent where no template of the assembly makes it. */
  readonly takenOnBy?: readonly Permission[];
}

/** The whole list of a key, and what the register claims of the key. */
export interface GrantsOfKey {
  readonly held: readonly HeldGrant[];
  /** Whether these are all: one list for the key, and no other beside it. */
  readonly whole: boolean;
  readonly claim: CustodyClaim | undefined;
  readonly attention: readonly KeyAttention[];
}

/** A list of grants as a layer of a stack carries it, before it is checked. */
interface CarriedList {
  readonly logicalId: string;
  readonly text: string;
  readonly bucket: unknown;
}

/** The grants for one bucket’s key. Every list in the stack counts, so that none can hide behind another. */
export function grantsOf(
  source: Assembly,
  stack: AssemblyStack,
  bucketArn: string,
  keyArn: string,
  roles: ReadonlyMap<string, MadeRole>,
): GrantsOfKey {
  const attention: KeyAttention[] = [];
  const lists = listsIn(source, stack, attention);
  const ours = lists.filter(({ bucket }) => bucket === bucketArn);
  for (const { logicalId, bucket } of lists)
    if (bucket !== bucketArn)
      attention.push({
        kind: 'listForOtherBucket',
        layer: logicalId,
        bucket: String(JSON.stringify(bucket)),
      });
  if (ours.length !== 1) attention.push({ kind: 'numberOfLists', lists: ours.length });
  const found = ours.map((list) => parsed(source, list, keyArn, attention));
  return {
    held: found.flatMap(({ shares }) =>
      shares.map(({ share, agreement, grantee, from, until }): HeldGrant => {
        const role = roles.get(grantee);
        return {
          share,
          agreement,
          grantee,
          holder: callerOf(grantee),
          from,
          until,
          ...(role && { takenOnBy: trustOf(role.resource, role.stack) }),
        };
      }),
    ),
    whole: ours.length === 1 && lists.length === 1,
    claim: found[0]?.claim,
    attention,
  };
}

function listsIn(source: Assembly, stack: AssemblyStack, attention: KeyAttention[]): CarriedList[] {
  return Object.entries(stack.resources).flatMap(([logicalId, { Type, Properties }]) => {
    if (Type !== 'AWS::Lambda::LayerVersion') return [];
    const { S3Key } = (resolved(Properties?.Content, stack) ?? {}) as { S3Key?: unknown };
    const file = (name: string) =>
      typeof S3Key === 'string' ? source.assetFile(stack, S3Key, name) : undefined;
    const text = file(GRANT_LIST_FILE);
    // What the release gate holds deposits against gives nobody a key.
    if (text === undefined && file(GATE_LIST_FILE) !== undefined) return [];
    if (text === undefined) {
      attention.push({ kind: 'noListIn', layer: logicalId });
      return [];
    }
    const { key } = looseJson(text) as { key?: { bucketArn?: unknown } };
    return [{ logicalId, text, bucket: key?.bucketArn }];
  });
}

/** The shares of a list. One that the broker would refuse is shown all the same, with the reason. */
function parsed(
  source: Assembly,
  { logicalId, text }: CarriedList,
  keyArn: string,
  attention: KeyAttention[],
) {
  try {
    const { shares, custody } = grantListIn(source, text, keyArn);
    return { shares, claim: custody };
  } catch (error) {
    if (!(error instanceof GrantListError)) throw error;
    attention.push(
      ...error.problems.map((problem) => ({ kind: 'listRefused', layer: logicalId, problem }) as const),
    );
    const { form, shares } = looseJson(text) as { form?: unknown; shares?: unknown };
    const listed =
      form === GRANT_LIST_FORM && Array.isArray(shares) ? (shares as Record<string, unknown>[]) : [];
    const plain = (each: Record<string, unknown>, field: string) => String(each?.[field] ?? 'not given');
    return {
      claim: undefined,
      shares: listed.map((each) => ({
        share: plain(each, 'share'),
        agreement: plain(each, 'agreement'),
        grantee: plain(each, 'grantee'),
        from: plain(each, 'from'),
        until: plain(each, 'until'),
      })),
    };
  }
}

function looseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}
