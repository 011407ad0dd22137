/** How the bytes of an upload are given to AWS’s client: opened anew for each try, with the checksums of what was looked at. */
import { Readable } from 'node:stream';
import type { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Body } from '../delivery';

/** Up to so many bytes are sent from memory. */
const SMALL = 1 << 18;

/** Each try opens the bytes anew. A stream for few of them would cost more than the sending. */
export async function bodyIn({ bytes, crc64nvme, open }: Body) {
  const opened = open();
  const Body =
    bytes <= SMALL ? await collected(opened) : opened instanceof Readable ? opened : Readable.from(opened);
  return { Body, ContentLength: bytes, ChecksumCRC64NVME: crc64nvme };
}

async function collected(opened: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of opened) pieces.push(piece);
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/**
 * Signs the SHA-256 of the bytes along, where it is known: S3 then refuses others. Otherwise the signature leaves them out, and
 * their checksum, which is signed, stands for them.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signed(command: PutObjectCommand, sha256: string | undefined): PutObjectCommand {
  if (sha256 !== undefined)
    command.middlewareStack.add(
      (next) => async (given) => {
        const { headers } = given.request as { headers: Record<string, string> };
        headers['x-amz-content-sha256'] = sha256;
        return next(given);
      },
      { step: 'build' },
    );
  return command;
}
