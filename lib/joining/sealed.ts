/** What is sealed: who alone can read it, what that costs, and what the organisation has to do. */
import { directionsOf, sealedOf } from '../register';
import { code, list, say } from '../words';
import type { Section } from './section';
import type { PackSource } from './source';

/** Nothing, where no agreement of the organisation is sealed. As a recipient it is told of its own keys alone. */
export function sealedSections({ organisation, register, asOf, client }: PackSource): Section[] {
  const sealed = register.agreements
    .filter(({ ends }) => ends >= asOf)
    .flatMap((agreement) =>
      directionsOf(agreement).flatMap(({ owner, recipients }) => {
        const isParty = owner === organisation.id || recipients.includes(organisation.id);
        const how = isParty ? sealedOf(agreement, owner) : undefined;
        const isLetters = agreement.correspondence !== undefined;
        return how === undefined
          ? []
          : [{ id: agreement.id, isOwn: owner === organisation.id, isLetters, ...how }];
      }),
    );
  if (sealed.length === 0) return [];
  const isRecipient = sealed.some(({ isOwn }) => !isOwn);
  return [
    {
      heading: 'What is sealed',
      blocks: [
        list([
          ...sealed.map(({ id, why, keys, isOwn }) => ({
            text: isOwn
              ? say`${code(id)}: only those who hold one of these keys can read what you send, and not you. Why: ${why}`
              : say`${code(id)}: only those who hold a key of the agreement can read what is shared. Yours are these. Why: ${why}`,
            more: keys
              .filter(({ holder }) => isOwn || holder === organisation.id)
              .map(({ key, holder, keptBy }) => say`${holder}, ${code(short(key))}: ${keptBy}`),
          })),
          'Given up for it: the malware scan sees nothing of what is inside, and the release gate checks its form, not its contract. The recipient’s client does both, once it has opened what it collected.',
          ...(isRecipient
            ? [
                say`${code(`node ${client.name} collect --identity FILE --scan COMMAND`)} opens what you collect, with the secret key that your own people keep, and scans it. ${code(`node ${client.name} identity new FILE`)} makes a key. Who loses it can read nothing any more, and nobody can help.`,
              ]
            : []),
          ...(sealed.some(({ isOwn, isLetters }) => isLetters && !isOwn)
            ? [
                say`Sealed letters are opened in the mailbox as well, by a passkey. Each officer makes one there, at the page’s address with ${code('#key')} behind it, and you send us the public key that it shows, and that of a recovery key, which is a file. The page scans nothing: have files scanned before they are opened.`,
              ]
            : []),
        ]),
      ],
    },
  ];
}

function short(key: string): string {
  return key.length <= 70 ? key : `${key.slice(0, 24)}…${key.slice(-8)}`;
}
