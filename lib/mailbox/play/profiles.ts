/** Two organisations that nobody has heard of, and an agreement under which they write to each other: what a play is about. */
import { roleArnIn, UK_REGION } from '../../names';
import { type Profile, parseProfile } from '../../wire';

/** How the agreement of a play is sealed: the keys of both organisations. */
export type PlaySeal = NonNullable<Profile['sends'][number]['sealed']>;

/** An organisation of the play. */
export interface PlayOrganisation {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly inbox: { readonly id: string; readonly team: string; readonly appRole: string };
}

/** The two. */
export const ORGANISATIONS: readonly [PlayOrganisation, PlayOrganisation] = [
  {
    id: 'northmoor',
    name: 'Northmoor Council',
    account: '100000000041',
    inbox: { id: 'adult-safeguarding', team: 'Adult safeguarding team', appRole: 'safeguarding' },
  },
  {
    id: 'eastdale',
    name: 'Eastdale Hospitals',
    account: '100000000042',
    inbox: { id: 'discharge-desk', team: 'Discharge desk', appRole: 'discharge' },
  },
];

/** The agreement of both. */
export const PLAY_AGREEMENT = 'adults-at-risk';
const LEDGER = 'concordat-play-ledger';
/** The name of the record, which says that it is no evidence. */
export const PLAY_LOG = 'play.concordat.example/not-evidence';

/** The bucket of an organisation. */
export function bucketOf(id: string): string {
  return `concordat-play-${id}`;
}

/** The access point by which one organisation collects from another, as its address names it. */
export function pointOf(owner: PlayOrganisation, recipient: PlayOrganisation): string {
  return `0a1b2c3d4e5f--${recipient.id}-${owner.account}`;
}

/** The issuer of an organisation, as tokens name it. */
export function issuerOf(id: string): string {
  return `https://sign-in.${id}.example`;
}

/** The id under which the page is known to each provider. */
export const PLAY_CLIENT = 'concordat-mailbox';

/**
 * The profile of an organisation.
 * @param asOf the day for which it is made
 * @param largestObject in bytes
 * @param until the last day of the agreement
 * @param seal nothing where the agreement is not sealed
 */
export function playProfile(
  own: PlayOrganisation,
  asOf: string,
  largestObject = 80_000_000,
  until = '2199-12-31',
  seal?: PlaySeal,
): Profile {
  const other = ORGANISATIONS.find(({ id }) => id !== own.id) ?? ORGANISATIONS[0];
  const role = (purpose: 'deposit' | 'collect' | 'receipts') => roleArnIn(own.account, purpose);
  const terms = {
    agreement: PLAY_AGREEMENT,
    title: 'Letters about adults at risk',
    prefix: `agreements/${PLAY_AGREEMENT}/`,
    days: [{ from: '2020-01-01', until }],
    collectWithinDays: 5,
    contract: { none: 'Each message is a letter about one person.' },
  };
  const mediaTypes = ['message/rfc822', 'application/pdf', 'text/plain', 'image/jpeg'];
  const keysOf = (isOwn: boolean) => seal?.keys.filter(({ holder }) => (holder === own.id) === isOwn) ?? [];
  return parseProfile(
    JSON.stringify({
      form: 'concordat-profile/v1',
      register: { digest: '0'.repeat(64), asOf },
      region: UK_REGION,
      organisation: { id: own.id, name: own.name, account: own.account },
      roles: { deposit: role('deposit'), collect: role('collect'), receipts: role('receipts') },
      signIn: { issuer: issuerOf(own.id), client: PLAY_CLIENT, audience: PLAY_CLIENT, maxSession: 3600 },
      help: {
        dataProtection: `data-protection@${own.id}.example`,
        desk: `help-desk@${own.id}.example`,
        telephone: '01632 960 001',
      },
      bucket: bucketOf(own.id),
      ledger: { bucket: LEDGER, receipts: `receipts/${own.account}/`, origin: PLAY_LOG },
      sends: [
        {
          ...terms,
          largestObject,
          mediaTypes,
          recipients: [{ id: other.id, name: other.name, days: terms.days }],
          writesTo: [{ id: other.inbox.id, team: other.inbox.team }],
          ...(seal && { sealed: { ...seal, keys: keysOf(false) } }),
        },
      ],
      collects: [
        {
          ...terms,
          owner: { id: other.id, name: other.name },
          accessPoint: `arn:aws:s3:${UK_REGION}:${other.account}:accesspoint/0a1b2c3d4e5f--${own.id}`,
          inboxes: [{ id: own.inbox.id, team: own.inbox.team, appRoles: [own.inbox.appRole] }],
          ...(seal && {
            sealed: {
              kind: seal.kind,
              why: seal.why,
              keys: keysOf(true).map(({ key, keptBy }) => ({ key, keptBy })),
              largestObject,
              mediaTypes,
            },
          }),
        },
      ],
      contracts: [],
    }),
  );
}

/** The bucket of the record. */
export const LEDGER_BUCKET = LEDGER;
