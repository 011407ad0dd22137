/**
 * What the transfer audit needs of a register to judge an event: accounts, buckets, roles, and who shares what with whom
 * from when until when. It is made at synthesis, deployed as a file beside the audit, and kept: an old transfer is judged
 * by the index of its day. It depends on the register alone, not on the day on which it is made. It holds no names of
 * organisations or people.
 */
import * as z from 'zod/mini';
import { accountId, day, handle, instant, region, sha256, text } from './forms';
import { fitsTogether, type Kind, type Read, readText, WireError } from './read';

/** The form of the index; an audit refuses any other. */
export const AUDIT_INDEX_FORM = 'concordat-index/v1';
/** The name of the file. */
export const AUDIT_INDEX_FILE = 'index.json';
/** More than this in one file is no index of ours. */
export const MOST_INDEX_BYTES = 32_000_000;

const rolePath = text(/^\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/, 'the path and name of a role');

/** A time in force: from its first moment to just before its last. */
export const spanSchema = z.strictObject({ from: instant, until: instant }).check(
  fitsTogether(({ from, until }, tell) => {
    if (until <= from) tell([], `ends at ${until}, not after ${from}`);
  }),
);

/** When one recipient may collect. */
const shareSchema = z
  .strictObject({
    recipient: handle,
    /** The share’s id: the name of its access point and of its grant. */
    share: text(/^[0-9a-f]{12}--/, '<12 hex digits>--<recipient>'),
    spans: z.array(spanSchema),
  })
  .check(
    fitsTogether(({ share, recipient }, tell) => {
      if (share.slice(14) !== recipient)
        tell(['share'], `is '${share}', which does not end with the recipient "${recipient}"`);
    }),
  );

/** What one owner shares under an agreement. */
const agreementSchema = z.strictObject({
  id: handle,
  owner: handle,
  /** How long a recipient has to collect. */
  collectWithinDays: z
    .int('whole days from 1 to 6993')
    .check(z.minimum(1, 'whole days from 1 to 6993'), z.maximum(6_993, 'whole days from 1 to 6993')),
  shares: z.array(shareSchema),
});

const bucketOfName = text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket');

const organisationSchema = z.strictObject({
  id: handle,
  account: accountId,
  /** Absent where it is external: it has no bucket and owns nothing. */
  bucket: z.optional(bucketOfName),
});

/** What an approver of a party signed. Nobody is named: posts are, and keys, in the register. */
const signedSchema = z.strictObject({
  agreement: handle,
  organisation: handle,
  decision: z.enum(['approves', 'withdraws', 'disposes']),
  /** The day of signing. */
  on: day,
  /** The digest of the terms that it is about. */
  terms: sha256,
  /** The digest of what was signed. */
  sha256,
  /** What the organisation had signed last before, by the same digest. */
  after: z.array(sha256),
});

const auditIndexSchema = z
  .strictObject({
    form: z.literal(AUDIT_INDEX_FORM),
    /** The digest of the canonical register that it was made from. */
    register: sha256,
    region,
    /** The operator’s account; absent in an index of an earlier release. */
    zone: z.optional(accountId),
    /** What every bucket of an organisation begins with. */
    bucketPrefix: text(/^[a-z][a-z0-9-]*-$/, 'a prefix of buckets, with a hyphen at its end'),
    /** For each purpose the path and name of the role, `/concordat/concordat-collect`: the same in every account. */
    roles: z.strictObject({
      deposit: rolePath,
      collect: rolePath,
      'malware-scan': rolePath,
      /** Absent in an index of an earlier release: there was no such role yet. */
      'release-gate': z.optional(rolePath),
      /** In an index of an earlier release, the name that was kept for it. Nothing has made a role by it. */
      'contract-gate': z.optional(rolePath),
    }),
    /** The bucket of the mailbox’s page, and the role that fills it; absent where the zone serves none. */
    page: z.optional(z.strictObject({ bucket: bucketOfName, role: rolePath })),
    organisations: z.array(organisationSchema),
    agreements: z.array(agreementSchema),
    /** In the order of signing; absent where nothing was, and in an index of an earlier release. */
    signed: z.optional(z.array(signedSchema)),
  })
  .check(coherent());

/** The index. */
export type AuditIndex = Read<typeof auditIndexSchema>;
/** What the audit knows of an organisation. */
export type IndexedOrganisation = AuditIndex['organisations'][number];
/** What the audit knows of what one owner shares under an agreement. */
export type IndexedAgreement = AuditIndex['agreements'][number];
/** When one recipient may collect. */
export type IndexedShare = IndexedAgreement['shares'][number];
/** A time in force: from its first moment to just before its last. */
export type Span = IndexedShare['spans'][number];
/** What the roles are for that touch shared objects. */
export type AuditedRole = Exclude<keyof AuditIndex['roles'], 'contract-gate'>;

/** The index is refused; nothing is judged by it. Every fault is in `problems`. @internal Only tests import it. */
export class AuditIndexError extends WireError {
  override readonly name = 'AuditIndexError';
}

const KIND: Kind<typeof auditIndexSchema> = {
  schema: auditIndexSchema,
  name: 'the index',
  error: AuditIndexError,
  most: { bytes: MOST_INDEX_BYTES, fix: 'Split the zone' },
  fix: () => 'Synthesise and deploy again; the file is not to be edited by hand',
};

/**
 * Reads an index and checks all of it, also that every party of an agreement is there, and nothing twice.
 * @throws AuditIndexError with every problem, each naming its place and the fix
 */
export function parseAuditIndex(text: string): AuditIndex {
  return readText(KIND, text);
}

/** The index as the text of its file. */
export function auditIndexText(index: AuditIndex): string {
  return `${JSON.stringify(index)}\n`;
}

function coherent() {
  return fitsTogether<Pick<AuditIndex, 'organisations' | 'agreements'>>(
    ({ organisations, agreements }, tell) => {
      const ids = organisations.map(({ id }) => id);
      const known = new Set(ids);
      const party = (path: PropertyKey[], id: string) => {
        if (!known.has(id)) tell(path, `is '${id}', which is no organisation of the index`);
      };
      const unique = (path: PropertyKey[], values: readonly string[]) => {
        const seen = new Set<string>();
        for (const value of values) {
          if (seen.has(value)) tell(path, `names '${value}' twice`);
          seen.add(value);
        }
      };
      unique(['organisations'], ids);
      unique(
        ['organisations'],
        organisations.map(({ account }) => account),
      );
      // Of a reciprocal agreement there is one for each party, which owns what it deposits.
      unique(
        ['agreements'],
        agreements.map(({ id, owner }) => `${id} of ${owner}`),
      );
      for (const [n, { owner, shares }] of agreements.entries()) {
        party(['agreements', n, 'owner'], owner);
        unique(
          ['agreements', n, 'shares'],
          shares.map(({ recipient }) => recipient),
        );
        for (const [m, { recipient }] of shares.entries())
          party(['agreements', n, 'shares', m, 'recipient'], recipient);
      }
    },
  );
}
