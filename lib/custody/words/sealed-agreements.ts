/** What the key of an owner does not open: the agreements that are sealed. */
import { andList, code, type Item, plural, say, type Words } from '../../words';
import type { KeyCustody } from '../key-custody';
import type { Section } from './page';

/** A section of the statement; none where the owner has no sealed agreement. */
export function sealedSections({ sealed = [] }: KeyCustody): Section[] {
  if (sealed.length === 0) return [];
  return [
    {
      heading: 'What this key does not open',
      text: [
        say`${plural(sealed.length, 'agreement is', 'agreements are')} sealed: what is shared under ${sealed.length === 1 ? 'it' : 'them'} is encrypted to keys of the recipients before it comes into the bucket. Whoever can decrypt with this key, AWS and every administrator included, gets what is sealed, and cannot open it. Only those who hold one of the keys below can. Their secret halves are in no account of AWS, and no template shows where they are: the register says so.`,
        'Given up for it: the malware scan sees nothing of what is inside, and the release gate checks that it is sealed, not what its contract asks. The recipient’s program does both once it is opened, the scan where it is told by what. Nobody can recover what is sealed to keys that are lost.',
        ...lettersWords(sealed),
      ],
      items: sealed.map(
        ({ agreement, why, holders }): Item => ({
          text: say`${code(agreement)}: ${andList([...new Set(holders.map(({ organisation }) => organisation))])} alone. Why: ${why}`,
          more: holders.map(
            ({ organisation, key, keptBy }) => say`${organisation}, ${code(short(key))}: ${keptBy}`,
          ),
        }),
      ),
    },
  ];
}

/** What the page has in clear. @param sealed of one owner */
function lettersWords(sealed: NonNullable<KeyCustody['sealed']>): Words[] {
  const letters = sealed.filter(({ letters }) => letters).map(({ agreement }) => code(agreement));
  if (letters.length === 0) return [];
  return [
    say`Under ${andList(letters)} people write letters in the mailbox’s page, which seals and opens them in their browsers. It has in clear what they write and read there, and the key that they give it while they are signed in. So whoever can put another page in its place could read that from then on, and keep the key.`,
  ];
}

/** A post-quantum key has 1,959 characters; the register has all of them. */
function short(key: string): string {
  return key.length <= 70 ? key : `${key.slice(0, 24)}…${key.slice(-8)}`;
}
