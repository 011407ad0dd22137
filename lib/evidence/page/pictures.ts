/** The ways that data goes: one picture by sector, and one for each organisation. */
import type { Viz } from '@viz-js/viz';
import { isLiveState, SECTORS } from '../../register';
import type { Html } from '../../words';
import type { EvidenceOrganisation, EvidenceShare } from '../model';
import { type Arrow, type Box, drawing } from './drawing';

/** More neighbours than these on one side are folded into their sectors. @internal Only tests import it. */
export const MOST_NEIGHBOURS = 24;

type DrawnShare = Pick<EvidenceShare, 'owner' | 'recipient' | 'state'>;

/** Whether data can go, now or later. @internal Only tests import it. */
function isLive({ state }: Pick<EvidenceShare, 'state'>): boolean {
  return isLiveState(state);
}

/** From whom data comes to an organisation, and to whom its own goes; each once, in the order of ids. */
export function neighboursOf(id: string, shares: readonly DrawnShare[]) {
  const live = shares.filter(isLive);
  const once = (ids: string[]) => [...new Set(ids)].sort();
  return {
    reads: once(live.filter((share) => share.recipient === id).map((share) => share.owner)),
    readBy: once(live.filter((share) => share.owner === id).map((share) => share.recipient)),
  };
}

/** An organisation between those whose data it reads and those who read its own. */
export function organisationPicture(
  viz: Viz,
  self: EvidenceOrganisation,
  sides: ReturnType<typeof neighboursOf>,
  sectorOf: ReadonlyMap<string, EvidenceOrganisation['sector']>,
): Html {
  const from = folded(sides.reads, sectorOf).map((words): Box => ({ id: `from ${words}`, words }));
  const to = folded(sides.readBy, sectorOf).map((words): Box => ({ id: `to ${words}`, words }));
  return drawing(
    viz,
    `Data flow of ${self.name}: from ${sides.reads.length || 'no'} and to ${sides.readBy.length || 'no'} organisations`,
    [...from, { id: 'self', words: self.id, self: true }, ...to],
    [
      ...from.map(({ id }): Arrow => ({ from: id, to: 'self' })),
      ...to.map(({ id }): Arrow => ({ from: 'self', to: id })),
    ],
  );
}

/**
 * The organisations themselves, or how many of each sector where they are too many to be seen.
 * @internal Only tests import it.
 */
export function folded(
  ids: readonly string[],
  sectorOf: ReadonlyMap<string, EvidenceOrganisation['sector']>,
): string[] {
  if (ids.length <= MOST_NEIGHBOURS) return [...ids];
  return SECTORS.flatMap((sector) => {
    const here = ids.filter((id) => sectorOf.get(id) === sector).length;
    return here === 0 ? [] : [`${here} ${sector}`];
  });
}

/** Sectors, with the number of live shares from each to each. */
export function sectorPicture(
  viz: Viz,
  organisations: readonly EvidenceOrganisation[],
  shares: readonly DrawnShare[],
): Html {
  const sectorOf = new Map(organisations.map(({ id, sector }) => [id, sector]));
  const counts = new Map<string, number>();
  for (const { owner, recipient } of shares.filter(isLive)) {
    const key = `${sectorOf.get(owner)} ${sectorOf.get(recipient)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const boxes = SECTORS.flatMap((sector): Box[] => {
    const here = organisations.filter((each) => each.sector === sector).length;
    return here === 0 ? [] : [{ id: sector, words: `${sector} (${here})` }];
  });
  const arrows = [...counts].sort().map(([key, number]): Arrow => {
    const [from = '', to = ''] = key.split(' ');
    return { from, to, words: String(number) };
  });
  return drawing(viz, 'Data flow between sectors; the numbers are shares', boxes, arrows);
}
