/** How to deposit so that it is taken, scanned and released, and what happens where it is not. */
import { DEPOSITS_HELD } from '../names';
import { somebodyDeposits } from '../register';
import { code, list, say } from '../words';
import type { Section } from './section';
import type { PackSource } from './source';

/** Nothing, where nobody of the organisation may deposit. */
export function depositSections({ organisation, client }: PackSource): Section[] {
  if (!somebodyDeposits(organisation)) return [];
  return [
    {
      heading: 'How to deposit',
      blocks: [
        list([
          say`${code(`node ${client.name} deposit AGREEMENT FILE --wait`)} checks a file as it will be checked here, sends it so that it may be interrupted, and waits for the verdict. It takes on the deposit role by itself, with whatever credentials the AWS command line would use.`,
          say`With other programs, ask for no encryption: leave out ${code('--server-side-encryption')} and its like, as the tools of AWS do by themselves. The bucket then encrypts with your key.`,
          say`${code('aws:kms')} without the key is refused: S3 would take a key that AWS manages. So is any other key, and your own key by its bare id or an alias. A tool that insists takes ${code('aws:kms')} with the key’s whole ARN.`,
          'No passwords on files, in archives or in spreadsheets: GuardDuty cannot open them, so nobody could ever read them. The same goes for archives of over 10,000 files, or of 100 GB unpacked. Deposit the files themselves; they are encrypted here in any case.',
          say`Of each file that is not found clean your security mailbox hears within minutes, by the alarm ${code(DEPOSITS_HELD)}. Which file it is, why, and what to do stands in the queue of the same name in your account for fourteen days. The file’s name is in that message, so put no personal data in names.`,
        ]),
      ],
    },
  ];
}
