/**
 * The one complete list of the grants that one key is to have. It is written at synthesis, deployed as a file beside the
 * grant broker, and read by the broker at every run.
 */
import * as z from 'zod/mini';
import { custodyClaimSchema } from './custody-claim';
import { accountId, instant, region, text, words } from './forms';
import { fitsTogether, type Kind, pathOf, type Read, readText, valueAt, WireError } from './read';
import { accessPointArnOf, accountOfCollectRole, collectRole, keyArnParts, shareId } from './share';

/** The form of the list; a broker refuses any other. */
export const GRANT_LIST_FORM = 'concordat-grants/v1';
/** The name of the file. */
export const GRANT_LIST_FILE = 'grants.json';
/** More than this in one file is no list of ours. */
const MOST_BYTES = 8_000_000;
/** KMS holds no more grants on one key. @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const MOST_SHARES = 50_000;

const REDEPLOY = 'Synthesise and deploy again; the file is not to be edited by hand';
const TOGETHER = 'Deploy list and broker together';
const MOVE = 'Move agreements to another owner';

/** What the broker knows of a share. */
const listedShareSchema = z
  .strictObject({
    /** The share’s id: the name of the grant and of the access point. */
    share: shareId,
    agreement: words,
    /** The ARN of the recipient’s collect role. */
    grantee: collectRole,
    from: instant,
    /** The first moment at which the share is no longer in force. */
    until: instant,
    /** The ARN of the access point. */
    accessPoint: words,
  })
  .check(
    fitsTogether(({ from, until }, tell) => {
      if (Date.parse(until) <= Date.parse(from))
        tell([], `ends at ${until}, not after it begins at ${from}`, 'Correct the agreement’s dates');
    }),
  );

/** Too many are not looked at one by one. */
const sharesSchema = z.pipe(
  z.array(z.unknown(), 'a list, empty where the owner shares nothing').check(
    z.superRefine(({ length }, { addIssue }) => {
      const message = `are ${length}, a key holds at most ${MOST_SHARES} grants`;
      if (length > MOST_SHARES)
        addIssue({ code: 'custom', fatal: true, message, params: { fix: MOVE }, input: undefined });
    }),
  ),
  z.array(listedShareSchema),
);

const grantListSchema = z.strictObject({
  form: z.literal(GRANT_LIST_FORM),
  /** Where the key is, and the one bucket whose objects it encrypts. */
  key: z.strictObject({
    account: accountId,
    region,
    bucketArn: text(/^arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the ARN of a bucket'),
  }),
  /** What the key must be; no grant is made on a key that is not. */
  custody: custodyClaimSchema,
  /** The accounts of the register’s organisations: no grant goes to any other. */
  accounts: z.array(accountId),
  shares: sharesSchema,
});

/** The grants that one key is to have. */
export type GrantList = Read<typeof grantListSchema>;
/** What the broker knows of a share. */
export type ListedShare = GrantList['shares'][number];

/** The list is refused; nothing was granted or revoked. Every fault is in `problems`. */
export class GrantListError extends WireError {
  override readonly name = 'GrantListError';
}

/**
 * Reads a list and checks all of it: also that it is for this key, that each share’s account is declared, and that no share
 * is there twice.
 * @throws GrantListError with every problem, each naming the share and the fix
 */
export function parseGrantList(text: string, keyArn: string): GrantList {
  return readText({ ...KIND, schema: grantListSchema.check(coherent(keyArn)) }, text);
}

/** The list as the text of its file. */
export function grantListText(list: GrantList): string {
  return `${JSON.stringify(list, null, 1)}\n`;
}

/** Whether the share is in force at the moment, in milliseconds since 1970. */
export function inForceAt(share: ListedShare, moment: number): boolean {
  return Date.parse(share.from) <= moment && moment < Date.parse(share.until);
}

const KIND: Omit<Kind<z.ZodMiniType>, 'schema'> = {
  name: 'the list of grants',
  error: GrantListError,
  most: { bytes: MOST_BYTES, fix: MOVE },
  fix: ([part, index, field], code) => {
    if (code === 'unrecognized_keys' || part === 'form' || part === 'custody') return TOGETHER;
    if (part === 'accounts' && index !== undefined) return 'Correct it in the register';
    return field === 'grantee' ? 'Correct the recipient’s account in the register' : REDEPLOY;
  },
  place: (path, value) => {
    const [part, index, ...rest] = path;
    if (part === 'accounts' && index !== undefined) return 'the declared account';
    if (part !== 'shares' || typeof index !== 'number') return `${pathOf(path)} of the list of grants`;
    const id = valueAt(value, ['shares', index, 'share']);
    const share = typeof id === 'string' ? `share ${id}` : `share number ${index + 1}`;
    if (rest.length === 0) return share;
    return rest[0] === 'share' ? `the id of ${share}` : `${pathOf(rest)} of ${share}`;
  },
};

function coherent(keyArn: string) {
  return fitsTogether<z.output<typeof grantListSchema>>(({ key, accounts, shares }, tell) => {
    const expected = keyArnParts(keyArn);
    if (!expected)
      tell([], `is for no key: '${keyArn}' is not the ARN of one`, 'Set KEY_ARN to the key’s ARN');
    for (const part of ['account', 'region'] as const)
      if (expected && key[part] !== expected[part])
        tell(
          ['key', part],
          `is '${key[part]}', but the broker’s key ${keyArn} is in '${expected[part]}'`,
          'Deploy the owner’s own list',
        );
    const declared = new Set(accounts);
    const seen = new Set<string>();
    for (const [index, { share, agreement, grantee, accessPoint }] of shares.entries()) {
      const place = ['shares', index];
      const account = accountOfCollectRole(grantee);
      if (account !== undefined && !declared.has(account))
        tell(
          place,
          `grants to account ${account}, which the list does not declare`,
          'Add the organisation to the register',
        );
      const point = accessPointArnOf(key, share);
      if (accessPoint !== point) tell(place, `has the access point ${accessPoint}, it must be ${point}`);
      if (seen.has(share)) tell(place, 'is listed twice', `Keep one recipient of that id in ${agreement}`);
      seen.add(share);
    }
  });
}
