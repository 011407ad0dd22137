/** All of a play but its doors: two organisations, their buckets, checks, sessions and record. */
import { today } from '../../register/calendar';
import type { Profile } from '../../wire';
import { Buckets } from './buckets';
import { Checks, type CheckTimes } from './checks';
import { ORGANISATIONS, type PlaySeal, playProfile } from './profiles';
import { PlayRecord } from './record';
import { type PlayCors, PlayS3 } from './s3';
import { type KnownOrganisation, PlaySessions } from './sessions';

/** What a play is set up with. */
export interface PlaySetting {
  readonly now: () => number;
  readonly times: CheckTimes;
  readonly cors: PlayCors;
  /** Of the provider of each organisation, by its id. */
  readonly keys: (id: string) => KnownOrganisation['keys'];
  /** The most bytes of a message. */
  readonly largestObject?: number;
  /** The last day of the agreement: from the next on nobody opens what the other organisation wrote. */
  readonly until?: string;
  /** How the agreement is sealed; nothing where it is not. @internal Only tests seal one. */
  readonly seal?: PlaySeal;
}

/** The world of a play. */
export class PlayWorld {
  readonly buckets: Buckets;
  readonly record: PlayRecord;
  readonly sessions: PlaySessions;
  readonly s3: PlayS3;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly #checks: readonly Checks[];

  constructor({ now, times, cors, keys, largestObject, until, seal }: PlaySetting) {
    const asOf = new Date(now()).toISOString().slice(0, 10);
    this.profiles = new Map(
      ORGANISATIONS.map((each) => [each.id, playProfile(each, asOf, largestObject, until, seal)]),
    );
    this.buckets = new Buckets(now);
    this.record = new PlayRecord(this.buckets);
    const known = ORGANISATIONS.map(({ id, inbox }) => ({
      profile: this.profileOf(id),
      appRole: inbox.appRole,
      keys: keys(id),
    }));
    this.sessions = new PlaySessions(known, now);
    const isOver = () => until !== undefined && today(new Date(now())) > until;
    this.s3 = new PlayS3(this.buckets, this.record, this.sessions.byKey, cors, { now, isOver });
    this.#checks = known.map(({ profile }) => new Checks(this.buckets, this.record, profile, now, times));
  }

  /** The profile of an organisation. @throws RangeError where there is none */
  profileOf(id: string): Profile {
    const found = this.profiles.get(id);
    if (found === undefined) throw new RangeError(`the play has no ${id}`);
    return found;
  }

  /** What scans, decides and seals does what is due. */
  async turn(): Promise<void> {
    for (const each of this.#checks) await each.turn();
  }
}
