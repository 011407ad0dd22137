/**
 * Tells teams of letters, where each owner’s account does so: that one waits in their inbox, or that what was sent did not arrive. What
 * passes is thrown, and the next run tells them; where they cannot be told at all, that is reported, and holds nothing up.
 */
import { placeOfMessage } from '../../lib/messages';
import { agreementPrefix, MALWARE_CLEAN, MALWARE_TAG } from '../../lib/names';
import { type Clock, described, isPassing } from '../../lib/runtime';
import { type GatedAgreement, type GateReport, SEALED_ENDING } from '../../lib/wire';
import type { Deployed } from './deployed';
import type { Deposits, Notice, Notices, Version } from './ports';
import type { Report } from './report';

/** Why something did not arrive: the gate’s decision, or what the malware scan came to. */
export type NotDelivered = 'rejected' | 'infected' | 'unscannable';

/** Puts what teams are told into words. They name no person and no file, and nothing of what is in a message. */
export interface TeamWords {
  /** The e-mail to a team that a message waits. @param about the names of the team and of who wrote */
  waits(about: { readonly inbox: string; readonly from: string; readonly days: number }): Notice;
  /** The e-mail to a team of the owner. @param about the agreement’s title, and the name of whom it was sent to */
  notDelivered(about: {
    readonly why: NotDelivered;
    readonly title: string;
    readonly to: string;
    readonly version: string;
  }): Notice;
}

/** What telling needs. */
interface Ports {
  readonly words: TeamWords;
  readonly deployed: Deployed;
  readonly notices: Notices;
  readonly clock: Pick<Clock, 'now'>;
  readonly report: Pick<Report, 'failure'>;
}

type Told = Notice & { readonly topic: string };

/** Tells the team to whose inbox a message was written that it is released, or the owner’s own teams that something was not. */
export async function tellTeams(version: Version, decided: GateReport, ports: Ports): Promise<void> {
  const agreement = ports.deployed.agreement(decided.agreement ?? '');
  if (agreement === undefined) return;
  const told =
    decided.outcome === 'rejected'
      ? notDelivered(version, 'rejected', agreement, ports)
      : waiting(version, agreement, ports);
  await tellAll(version, told, ports);
}

/** Where deposits lie: the agreement, and the name below it. */
const PLACE = /^agreements\/([^/]+)\/./s;

/**
 * Tells the owner’s own teams of what the scan did not let through: the gate decides nothing of it and writes no report. An event comes
 * twice now and then, and they are told twice then.
 */
export async function tellOfScan(
  version: Version,
  found: Exclude<NotDelivered, 'rejected'>,
  ports: Ports & { readonly deposits: Pick<Deposits, 'tagsOf'> },
): Promise<void> {
  const agreement = ports.deployed.agreement(PLACE.exec(version.key)?.[1] ?? '');
  if (agreement?.letters === undefined) return;
  const tags = await ports.deposits.tagsOf(version);
  // It was taken back, or a later scan has found it clean.
  if (tags === undefined || tags.get(MALWARE_TAG) === MALWARE_CLEAN) return;
  await tellAll(version, notDelivered(version, found, agreement, ports), ports);
}

async function tellAll(version: Version, told: readonly Told[], { notices, report }: Ports): Promise<void> {
  for (const { topic, subject, text } of told) {
    try {
      await notices.send(subject, text, topic);
    } catch (error) {
      if (isPassing(error)) throw error;
      report.failure(`tell a team of version ${version.version}`, described(error));
    }
  }
}

function notDelivered(
  { version }: Version,
  why: NotDelivered,
  { letters }: GatedAgreement,
  { words }: Pick<Ports, 'words'>,
): Told[] {
  if (letters === undefined) return [];
  const { title, to, own } = letters;
  const notice = words.notDelivered({ why, title, to, version });
  return own.map(({ topic }) => ({ topic, ...notice }));
}

/** Nobody is told that a message waits who cannot open it yet, or any more. */
function waiting(
  { key }: Version,
  { id, letters, collectWithinDays: days }: GatedAgreement,
  { words, clock }: Pick<Ports, 'words' | 'clock'>,
): Told[] {
  const now = clock.now();
  if (letters === undefined) return [];
  const { inboxes, inForce, from } = letters;
  if (!inForce.some((span) => Date.parse(span.from) <= now && now < Date.parse(span.until))) return [];
  const name = key.slice(agreementPrefix(id).length);
  const place = placeOfMessage(name.endsWith(SEALED_ENDING) ? name.slice(0, -SEALED_ENDING.length) : name);
  const inbox = inboxes.find((each) => each.id === place?.inbox);
  return inbox === undefined
    ? []
    : [{ topic: inbox.topic, ...words.waits({ inbox: inbox.team, from, days }) }];
}
