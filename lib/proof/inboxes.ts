/** To which inboxes of others an organisation’s people write, by the register alone. */
import { createHash } from 'node:crypto';
import type { OrganisationFacts, RegisterFacts } from '../assembly';

/** An inbox, with the topic by which its team is told in the writer’s account, and the team’s mailbox. */
export interface InboxOfOthers {
  readonly topic: string;
  readonly notices: string;
}

/** Those of every agreement that names inboxes and under which the organisation owns what it deposits. */
export function inboxesOfOthers(
  { id: writer }: OrganisationFacts,
  { agreements }: RegisterFacts,
): InboxOfOthers[] {
  return agreements.flatMap(({ id, correspondence, directions }) => {
    if (correspondence === undefined || !directions.some(({ owner }) => owner === writer)) return [];
    const agreement = createHash('sha256').update(id).digest('hex').slice(0, 12);
    return correspondence.inboxes.flatMap((inbox) =>
      inbox.of === writer
        ? []
        : [{ topic: `concordat-inbox-${agreement}-${inbox.id}`, notices: inbox.notices }],
    );
  });
}
