/** `concordat mailbox publish`: puts an organisation’s page in place in the bucket from which the zone serves it. */
import { cacheOf, type MailboxFolder, mailboxFolder } from '../../mailbox/folder';
import { pagePrefix, roleArnIn, zoneBucketName } from '../../names';
import { profileOf } from '../../register';
import { clientSettings } from '../../runtime';
import { orList, plural } from '../../words';
import { type Command, command } from '../command';
import { toggle, UsageError, word } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { takeOn } from '../taking-on';
import { EXIT } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';

/** A file on its way into the bucket of the page. @internal Only tests import it. */
export interface PageFile {
  readonly key: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly cache: string;
}

/** Where files are put, and as whom. @internal Only tests import it. */
export interface PagePlace {
  readonly region: string;
  readonly bucket: string;
  readonly role: string;
}

/** Puts files in place, one after the other. @throws whatever AWS’s client does; those before it are in place then */
type PutPage = (place: PagePlace, files: readonly PageFile[]) => Promise<void>;

/** The command, for a way to put files in place. */
export function mailboxPublishCommand(put: PutPage): Command {
  return command({
    name: 'mailbox publish',
    words: { organisation: word('the organisation whose page it is') },
    options: {
      live: toggle('put it in place, with AWS credentials of a role that `mayRelease` names'),
      ...REGISTER_OPTIONS,
    },
    example: 'npx concordat mailbox publish leeds --live',
    run: async ({ organisation: id, live, ...values }, terminal) => {
      const input = registerInput(values, terminal);
      const register = loadOrExplain(input, terminal);
      if (register === undefined) return EXIT.faultyInput;
      const { zone } = register;
      const served: readonly string[] = zone.mailbox?.served?.organisations ?? [];
      const organisation = register.organisations.find((each) => each.id === id);
      if (organisation === undefined || !served.includes(id))
        throw new UsageError(
          served.length === 0
            ? 'the zone serves no page: zone.yaml has no mailbox.served'
            : `the zone serves no page of '${id}', but of ${orList(served)}`,
        );
      const folder = mailboxFolder(profileOf(register, organisation, input.asOf));
      const files = filesOf(folder, pagePrefix(id));
      const bucket = zoneBucketName(zone, 'mailbox');
      const address = `${zone.mailbox?.origin}/${pagePrefix(id)}`;
      for (const { key } of files) terminal.out(`s3://${bucket}/${key}\n`);
      terminal.out(`sha256 ${folder.digest}\n`);
      if (!live) {
        terminal.err(`\nNothing was put in place: add --live for that.\n`);
        return EXIT.clean;
      }
      try {
        const role = roleArnIn(zone.accounts.zone, 'page-release');
        await put({ region: zone.region, bucket, role }, files);
      } catch (error) {
        terminal.err(
          `\nNot all of it is in place (${(error as Error).name}: ${(error as Error).message}).\nWhat was served before is, until all is there. Use credentials of a role that mayRelease names in zone.yaml, and run the command again.\n`,
        );
        return EXIT.unfinished;
      }
      terminal.err(
        `\n${plural(files.length, 'file')} in place. In some minutes, hold it against this release with npx concordat mailbox verify ${address}\n`,
      );
      return EXIT.clean;
    },
  });
}

/**
 * In the order in which they are put in place: the list that tells the release first, so that the ledger knows of it before anybody
 * is served it, and the page itself last, which alone leads to the others.
 */
function filesOf({ files, digest }: MailboxFolder, prefix: string): PageFile[] {
  const turn = (name: string) =>
    name.includes(digest) ? 0 : name === 'index.html' ? 3 : files.get(name)?.keeps === true ? 1 : 2;
  return [...files]
    .sort(([a], [b]) => turn(a) - turn(b))
    .map(([name, file]) => ({
      // CloudFront asks S3 for the path as it is, and S3 knows no index of a folder.
      key: `${prefix}${name === 'index.html' ? '' : name}`,
      bytes: file.bytes,
      mediaType: file.mediaType,
      cache: cacheOf(file),
    }));
}

/** By AWS’s own client, as the role that may. */
const putByClient: PutPage = async ({ region, bucket, role }, files) => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Loaded here, so that no other command waits for it.
  const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  const credentials = await takeOn(region, [role]);
  const client = new S3Client({
    ...clientSettings(region, { asksAgain: 'client', seconds: 60, streams: true }),
    ...(credentials && { credentials }),
  });
  try {
    for (const { key, bytes, mediaType, cache } of files)
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: mediaType,
          CacheControl: cache,
          ChecksumAlgorithm: 'SHA256',
        }),
      );
  } finally {
    client.destroy();
  }
};

/** The command as it is called. Without `--live` it needs neither network nor AWS. Exits 0, 3, or 5 where not all is in place. */
export const mailboxPublish: Command = mailboxPublishCommand(putByClient);
