/** The settings file of a zone’s own folder: what is meant by every command that is typed in it or below it. */
import { z } from 'zod';
import { accountId } from './scalars';

/** A folder within the zone’s own, with forward slashes; never one beside or above it. */
function folder(description: string, usual: string) {
  return z
    .string()
    .regex(/^(?!\.\.?(?:\/|$))[^/\\\s][^/\\]*(?:\/(?!\.\.?(?:\/|$))[^/\\]+)*$/)
    .meta({
      description,
      expects: 'a folder within that of the file, with forward slashes',
      fix: `write a path that begins here and leads no further up, such as ${usual}`,
      examples: [usual],
    });
}

/** Every setting. None has a value of its own, so that what is meant can be read off the file. */
export const settingsSchema = z.strictObject({
  zone: accountId.meta({
    description: 'The account of the zone that is meant, as in its register: another register is refused.',
  }),
  register: folder('The register that is read and changed.', 'register'),
  assembly: folder('The cloud assembly that is made and read.', 'cdk.out'),
  evidence: folder('Where the evidence pack goes.', 'evidence'),
  joining: folder('Where joining packs go, each in a folder of its own.', 'joining'),
});

/** What they say. */
export type Settings = z.infer<typeof settingsSchema>;
