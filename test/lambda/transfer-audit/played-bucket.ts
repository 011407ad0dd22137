/**
 * One name in a versioned bucket, as S3 keeps it: versions and delete markers, of which the newest counts, and the tag of the
 * newest object. It says what became of each thing that is tried, as CloudTrail would record it.
 */
import {
  assumed,
  CAMDEN,
  collect,
  DWP,
  deletionOf,
  deletionOfSeveral,
  deposit,
  gatePage,
  gateTag,
  KEY,
  LEEDS,
  recall,
  TO_CAMDEN,
  TO_LEEDS,
  type Record as TrailRecord,
  verdict,
} from '../../transfers/trail-records';

/** What can be tried. */
export const ACTS = [
  'deposit',
  'folder',
  'NO_THREATS_FOUND',
  'THREATS_FOUND',
  'UNSUPPORTED',
  'FAILED',
  'ACCESS_DENIED',
  'the gate releases',
  'the gate rejects',
  'leeds collects',
  'camden collects',
  'recall',
  'recall in the console',
  'take the marker away',
  'delete for good',
] as const;
export type Act = (typeof ACTS)[number];

const POINT = { leeds: [LEEDS, TO_LEEDS], camden: [CAMDEN, TO_CAMDEN] } as const;

interface Version {
  readonly id: string;
  readonly marker: boolean;
  tag: string | undefined;
  decision?: 'released' | 'rejected';
}

/** What was tried, and what is so from then on. */
export interface Step {
  readonly time: string;
  readonly records: readonly TrailRecord[];
  /** The deposit that lies under the name, if there is one, and what its tags say. */
  readonly current:
    | {
        readonly deposit: string;
        readonly tag: string | undefined;
        readonly decision: string | undefined;
      }
    | undefined;
  readonly collected: { readonly deposit: string; readonly by: string } | undefined;
}

/** The name, and what happened to it. */
export class PlayedBucket {
  private versions: Version[] = [];
  readonly steps: Step[] = [];

  /** Tries something, at a moment of its own. */
  try(act: Act, time: string): void {
    const id = `event-${this.steps.length}`;
    const on = { id, time };
    const records = this.act(act, id, on);
    const top = this.versions.at(-1);
    const collected = records.some(({ eventName, errorCode }) => eventName === 'GetObject' && !errorCode);
    this.steps.push({
      time,
      records,
      current: top && !top.marker ? { deposit: top.id, tag: top.tag, decision: top.decision } : undefined,
      collected: collected && top ? { deposit: top.id, by: act.split(' ')[0] ?? '' } : undefined,
    });
  }

  private act(act: Act, id: string, on: { id: string; time: string }): TrailRecord[] {
    const top = this.versions.at(-1);
    const admin = assumed(DWP, 'admin');
    switch (act) {
      case 'deposit':
        this.versions.push({ id, marker: false, tag: undefined });
        return [deposit({ ...on, version: id })];
      case 'folder':
        return [deposit({ ...on, key: `${KEY.slice(0, KEY.lastIndexOf('/'))}/2026/`, bytesIn: 0 })];
      case 'leeds collects':
      case 'camden collects': {
        const [account, share] = POINT[act === 'leeds collects' ? 'leeds' : 'camden'];
        const by = assumed(account, 'concordat-collect');
        const error =
          !top || top.marker
            ? 'NoSuchKey'
            : top.tag === 'NO_THREATS_FOUND' && top.decision === 'released'
              ? undefined
              : 'AccessDenied';
        return [collect({ ...on, by, share, ...(error !== undefined && { error }) })];
      }
      case 'the gate releases':
      case 'the gate rejects': {
        // It decides on what is clean, and once.
        const object = this.versions.findLast(({ marker }) => !marker);
        if (object?.tag !== 'NO_THREATS_FOUND' || object.decision) return [];
        const decision = act === 'the gate releases' ? 'released' : 'rejected';
        object.decision = decision;
        const version = object.id;
        return [
          gatePage(decision, { ...on, version }),
          gateTag(decision, { ...on, id: `${id}-tag`, version, shown: false }),
        ];
      }
      case 'recall':
      case 'recall in the console':
        this.versions.push({ id: `marker-${id}`, marker: true, tag: undefined });
        return act === 'recall'
          ? [recall({ ...on, marker: `marker-${id}` })]
          : deletionOfSeveral([KEY], { ...on, marker: `marker-${id}` });
      case 'take the marker away':
        if (!top?.marker) return [];
        this.versions.pop();
        return [deletionOf(top.id, { ...on, marker: true, by: admin })];
      case 'delete for good':
        // Of the only version: what lies under another stays superseded for us.
        if (!top || top.marker || this.versions.length > 1) return [];
        this.versions.pop();
        return [deletionOf(top.id, { ...on, by: admin })];
      default: {
        const object = this.versions.findLast(({ marker }) => !marker);
        if (!object) return [];
        object.tag = act;
        return [verdict(act, on)];
      }
    }
  }
}
