/** Whom the notifier tells of letters, as the file that comes with it. */
import { bucketName, noticesTopicArn, zoneTellsBy } from '../names';
import { directionsOf, inboxesTold, mailboxHash, type Register, spansOf } from '../register';
import { type ListedLetters, noticeListText } from '../wire';

/** The text of the file: what each party of each correspondence writes, in the order of the register. */
export function noticeList(register: Register): string {
  const bySns = zoneTellsBy(register.zone) === 'sns';
  const letters = register.agreements
    .filter(({ correspondence }) => correspondence !== undefined)
    .flatMap((agreement) =>
      directionsOf(agreement).flatMap(({ owner: id, recipients }): ListedLetters[] => {
        const owner = register.organisation(id);
        if (owner.membership === 'external') return [];
        const told = inboxesTold({ agreements: [agreement] }, owner);
        const inboxes = (own: boolean) =>
          told
            .filter((each) => each.own === own)
            .map(({ id, team, notices }) => ({
              id,
              team,
              mailbox: notices,
              ...(bySns && { topic: noticesTopicArn(register.zone, mailboxHash(notices)) }),
            }));
        return recipients.map((recipient) => ({
          agreement: agreement.id,
          title: agreement.title,
          recipientName: register.organisation(recipient).name,
          owner: id,
          ownerName: owner.name,
          bucket: bucketName(register.zone, owner.account),
          recipient,
          inboxes: inboxes(false),
          own: inboxes(true),
          inForce: spansOf(register, agreement, id, recipient),
        }));
      }),
    );
  return noticeListText(letters);
}
