/** Whose teams are told of what an organisation’s people write, and by which topics, by the register alone. */
import { createHash } from 'node:crypto';
import type { OrganisationFacts, RegisterFacts } from '../assembly';
import { agreementsOf } from './owned';

/** A team’s mailbox, with the topic by which it is told: in the account of a writer one for each inbox of either party. */
export interface ToldInbox {
  readonly topic: string;
  readonly notices: string;
}

/** Those of every agreement that names inboxes and under which the organisation owns what it deposits. */
export function toldInboxes({ id: writer }: OrganisationFacts, register: RegisterFacts): ToldInbox[] {
  // The operator tells them by GOV.UK Notify.
  if (register.zone.notify !== undefined) return [];
  return agreementsOf(writer, register).flatMap(({ id, correspondence }) => {
    if (correspondence === undefined) return [];
    const agreement = createHash('sha256').update(id).digest('hex').slice(0, 12);
    return correspondence.inboxes.map(({ id: inbox, of, notices }) => ({
      topic: `concordat-inbox-${agreement}-${inbox}${of === writer ? '--own' : ''}`,
      notices,
    }));
  });
}

/**
 * By what the operator’s own function tells teams: by GOV.UK Notify, or by topics where there is a mailbox alone; undefined where there is
 * no such function.
 */
export function operatorTellsBy({
  zone: { notify, mailbox },
}: RegisterFacts): 'notify' | 'topics' | undefined {
  if (notify !== undefined) return 'notify';
  return mailbox === undefined ? undefined : 'topics';
}

/** The mailboxes that the operator’s account tells by topics, each with its topic’s name. */
export function operatorsTopics(register: RegisterFacts): ToldInbox[] {
  if (operatorTellsBy(register) !== 'topics') return [];
  const mailboxes = register.agreements.flatMap(({ correspondence }) =>
    (correspondence?.inboxes ?? []).map(({ notices }) => notices),
  );
  return [...new Set(mailboxes)].map((notices) => ({
    topic: `concordat-notices-${createHash('sha256').update(notices).digest('hex').slice(0, 12)}`,
    notices,
  }));
}
