/** Who holds the keys that protect what is shared, as the register says; the templates are held to it by `custody` and `prove`. */
import { type Custody, directionsOf } from '../register';
import { type Block, code, lines, paragraph, say, table, type Words } from '../words';
import type { DocumentSource } from './document-source';
import { organisationInWords } from './term-values';

const HOLDERS: Readonly<Record<Custody['kind'], string>> = {
  account: 'AWS KMS makes the key and keeps it in the organisation’s own account',
  imported:
    'the organisation makes the key, keeps the original, and puts a copy into AWS KMS in its own account',
  cloudhsm: 'the organisation’s own CloudHSM cluster',
  external: 'the organisation’s own key manager, outside AWS',
};

/** One row for each owner: the key is the owner’s, and recipients read by a grant of it. */
export function keyHolders({ register, agreement }: DocumentSource): Block[] {
  const rows = directionsOf(agreement).map(({ owner, recipients }): Words[] => {
    const organisation = register.organisation(owner);
    const custody = organisation.membership === 'member' ? organisation.custody : undefined;
    return [
      organisationInWords(owner, register),
      custody === undefined ? '' : HOLDERS[custody.kind],
      lines((custody?.administrators ?? []).map((each) => code(each))),
      lines(recipients.map((id) => organisationInWords(id, register))),
    ];
  });
  return [
    table(['What is shared by', 'Who holds the key', 'Who administers it', 'Who may decrypt besides'], rows),
    paragraph(
      say`Whoever administers a key cannot decrypt with it. A recipient decrypts only through S3, only from that bucket, and only while the agreement is in force. The operator of the zone can decrypt nothing. ${code('npx concordat custody')} says the same from the templates.`,
    ),
  ];
}
