/** Whose teams are told of what an organisation’s people write, by the register alone. */
import { createHash } from 'node:crypto';
import type { OrganisationFacts, RegisterFacts } from '../assembly';

/** An inbox of either party, with the topic by which its team is told in the writer’s account, and the team’s mailbox. */
export interface ToldInbox {
  readonly topic: string;
  readonly notices: string;
}

/** Those of every agreement that names inboxes and under which the organisation owns what it deposits. */
export function toldInboxes(
  { id: writer }: OrganisationFacts,
  { zone, agreements }: RegisterFacts,
): ToldInbox[] {
  // The operator tells them by GOV.UK Notify.
  if (zone.notify !== undefined) return [];
  return agreements.flatMap(({ id, correspondence, directions }) => {
    if (correspondence === undefined || !directions.some(({ owner }) => owner === writer)) return [];
    const agreement = createHash('sha256').update(id).digest('hex').slice(0, 12);
    return correspondence.inboxes.map(({ id: inbox, of, notices }) => ({
      topic: `concordat-inbox-${agreement}-${inbox}${of === writer ? '--own' : ''}`,
      notices,
    }));
  });
}
