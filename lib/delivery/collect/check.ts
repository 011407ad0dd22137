/** Holding what arrived against the checksum that S3 has of it. */
import { base64, concat } from '../../ledger/core';
import { type Checksummed, joinedCrc64 } from '../crc64';
import type { Checksums, ObjectChecksum } from './ports';
import type { RangePlan } from './ranges';

/** What the bytes come to, in the form in which S3 writes it. */
export type Computed = string;

/**
 * Works out the checksum while bytes come in, in whatever order their ranges do. Only some checksums allow that: of the
 * others, what is on disk is read once more at the end.
 */
export class WhileArriving {
  private readonly pieces: Checksummed[] = [];

  private constructor(
    private readonly checksums: Checksums,
    private readonly checksum: ObjectChecksum,
    private readonly plan: RangePlan,
  ) {}

  /** Nothing where it must be read again. */
  static for(checksums: Checksums, checksum: ObjectChecksum, plan: RangePlan): WhileArriving | undefined {
    if (checksum.parts !== undefined) return undefined;
    if (checksum.algorithm !== 'CRC64NVME' && plan.count > 1) return undefined;
    return new WhileArriving(checksums, checksum, plan);
  }

  /** For one range; the range counts once it is `end`ed. */
  async begin(index: number): Promise<{ update(bytes: Uint8Array): void; end(): void }> {
    const running = await this.checksums(this.checksum.algorithm);
    let bytes = 0;
    return {
      update: (chunk) => {
        running.update(chunk);
        bytes += chunk.length;
      },
      end: () => {
        const digest = base64(running.digest());
        if (this.plan.count > 1) this.pieces[index] = { crc64nvme: digest, bytes };
        else this.whole = digest;
      },
    };
  }

  private whole: string | undefined;

  /** Once every range has ended. */
  get computed(): Computed {
    return this.whole ?? joinedCrc64(this.pieces);
  }
}

/** What a whole file comes to, read in order. @param parts the bytes of each part, where the checksum is one of parts */
export async function computedOf(
  read: (from: number, to: number) => AsyncIterable<Uint8Array>,
  checksums: Checksums,
  { algorithm }: ObjectChecksum,
  bytes: number,
  parts?: readonly number[],
): Promise<Computed> {
  const digests: Uint8Array[] = [];
  let from = 0;
  for (const length of parts ?? [bytes]) {
    const running = await checksums(algorithm);
    for await (const chunk of read(from, from + length)) running.update(chunk);
    digests.push(running.digest());
    from += length;
  }
  if (parts === undefined) return base64(digests[0] ?? new Uint8Array());
  const of = await checksums(algorithm);
  of.update(concat(...digests));
  return base64(of.digest());
}
