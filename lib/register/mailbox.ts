/** Who writes to whom, and from whose buckets the mailbox’s page may therefore read or write in a browser. */
import { createHash } from 'node:crypto';
import { zoneTellsBy } from '../names';
import type { IsoDate } from './calendar';
import { signInOf } from './may';
import { directionsOf, partiesOf } from './parties';
import type { Register } from './register';
import type { Agreement } from './schema/agreement';
import type { Organisation } from './schema/organisation';

/**
 * What the page does in an organisation’s bucket:
 * `writes` where its own people sign in to deposit, and so send, recall and see what they sent; `reads` where it is the people of
 * another party alone who sign in, to collect through its access points, which go by the CORS of their bucket.
 * @returns undefined where the page has no business there: the zone has no mailbox, nobody signs in, or no correspondence goes on
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html
 */
export function mailboxUse(
  register: Pick<Register, 'zone' | 'agreements' | 'organisation'>,
  { id }: Organisation,
  asOf: IsoDate,
): 'writes' | 'reads' | undefined {
  if (register.zone.mailbox === undefined) return undefined;
  const parties = register.agreements
    .filter(({ correspondence, ends }) => correspondence !== undefined && ends >= asOf)
    .map(partiesOf)
    .filter((all) => all.includes(id))
    .flat();
  const signIns = (each: Organisation['id']) => signInOf(register.organisation(each));
  if (parties.includes(id) && signIns(id)?.mayDeposit !== undefined) return 'writes';
  return parties.some((each) => each !== id && signIns(each)?.mayCollect !== undefined) ? 'reads' : undefined;
}

/** An inbox whose team is told of what an organisation writes under an agreement. */
export interface InboxTold {
  readonly agreement: Agreement;
  readonly id: string;
  /** Whether it is the writer’s own, which is told of what was not delivered; the others are told of what waits. */
  readonly own: boolean;
  readonly team: string;
  /** The mailbox of the team. */
  readonly notices: string;
}

/**
 * The inboxes whose teams the organisation’s own account tells, by SNS: none where the zone tells them by GOV.UK Notify.
 */
export function inboxesToldBySns(
  register: Pick<Register, 'agreements' | 'zone'>,
  writer: Pick<Organisation, 'id'>,
): InboxTold[] {
  return register.zone.notify === undefined ? inboxesTold(register, writer) : [];
}

/**
 * The mailboxes that the zone’s own account tells by SNS, each once: those of every inbox of every correspondence. None where it tells
 * by GOV.UK Notify, or has no mailbox to open.
 */
export function mailboxesToldBySns({ zone, agreements }: Pick<Register, 'agreements' | 'zone'>): string[] {
  if (zoneTellsBy(zone) !== 'sns') return [];
  return [
    ...new Set(
      agreements.flatMap(({ correspondence }) =>
        (correspondence?.inboxes ?? []).map(({ notices }) => notices),
      ),
    ),
  ].sort();
}

/** Every inbox whose team is told of what an organisation writes: those of both parties of each of its correspondences. */
export function inboxesTold(
  { agreements }: Pick<Register, 'agreements'>,
  { id: writer }: Pick<Organisation, 'id'>,
): InboxTold[] {
  return (correspondencesOf(agreements).get(writer) ?? []).flatMap((agreement) =>
    (agreement.correspondence?.inboxes ?? []).map(({ id, of, team, notices }) => ({
      agreement,
      id,
      own: of === writer,
      team,
      notices,
    })),
  );
}

const correspondences = new WeakMap<readonly Agreement[], ReadonlyMap<string, readonly Agreement[]>>();

/** The agreements with inboxes by those who write under them: it is asked for each organisation, and for each of its topics. */
function correspondencesOf(agreements: readonly Agreement[]): ReadonlyMap<string, readonly Agreement[]> {
  const known = correspondences.get(agreements);
  if (known) return known;
  const byWriter = new Map<string, Agreement[]>();
  for (const agreement of agreements)
    if (agreement.correspondence)
      for (const writer of new Set(directionsOf(agreement).map(({ owner }) => owner)))
        byWriter.set(writer, [...(byWriter.get(writer) ?? []), agreement]);
  correspondences.set(agreements, byWriter);
  return byWriter;
}

/** The first 12 hex digits of the SHA-256 of a mailbox’s address: names the topic by which the zone tells it. */
export function mailboxHash(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 12);
}
