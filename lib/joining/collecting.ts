/** How to collect so that it works, and is known as what it is. */
import { somebodyCollects } from '../register';
import { code, list, say } from '../words';
import type { Section } from './section';
import type { PackSource } from './source';

/**
 * Nothing, where nobody of the organisation may collect.
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html for `--copy-props`
 */
export function collectSections({ organisation, client }: PackSource): Section[] {
  if (!somebodyCollects(organisation)) return [];
  return [
    {
      heading: 'How to collect',
      blocks: [
        list([
          say`${code(`node ${client.name} collect`)} fetches all that was released for you, whole and checked, and takes on the collect role by itself.`,
          say`With other programs, download what you collect, and upload it to where you keep it. To copy it from bucket to bucket instead, add ${code('--copy-props none')} to ${code('aws s3 cp')} or ${code('aws s3 sync')} (elsewhere the tagging directive ${code('REPLACE')}): every file here has a tag, which you may not read, and a copy that takes its tags along is refused. The bucket that you copy into has to let your role ${code('concordat-collect')} write.`,
          say`Name the access point by its ARN, as the test transfer below does. By its alias it works too; by the bucket’s name it is refused.`,
        ]),
      ],
    },
  ];
}
