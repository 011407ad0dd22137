/**
 * What the release gate of one owner holds deposits against: each of the owner’s agreements, with its limits and its contract.
 * It is made at synthesis and deployed as a file beside the gate, with the plans of the contracts.
 */
import * as z from 'zod/mini';
import { spanSchema } from './audit-index';
import { handle, instant, sha256, text, words } from './forms';
import { fitsTogether, type Kind, type Read, readText, WireError } from './read';
import { MOST_SEAL_KEYS, SEAL_KINDS } from './sealing';

/** The form of the list; a gate refuses any other. */
export const GATE_LIST_FORM = 'concordat-gate/v1';
/** The name of the file. */
export const GATE_LIST_FILE = 'gate.json';
/** More than this in one file is no list of ours. */
const MOST_BYTES = 8_000_000;
/** The largest object of S3. @see https://docs.aws.amazon.com/general/latest/gr/s3.html */
const MOST_OBJECT_BYTES = 53_687_091_200_000;

const bytes = z
  .int('a whole number of bytes')
  .check(z.minimum(1, 'at least 1 byte'), z.maximum(MOST_OBJECT_BYTES, 'at most the largest object of S3'));

const toldInboxes = z.array(
  z.strictObject({
    id: handle,
    /** What the team is called. */
    team: words,
    topic: text(
      /^arn:aws:sns:[a-z0-9-]+:\d{12}:concordat-inbox-[0-9a-f]{12}-[a-z0-9-]+$/,
      'the ARN of the topic of an inbox',
    ),
  }),
);

const gatedAgreementSchema = z.strictObject({
  id: handle,
  /** The most bytes of one object. */
  largestObject: bytes,
  /** The media types of which an object must have one, without parameters, in lower case. */
  mediaTypes: z.array(words).check(z.minLength(1, 'at least one media type')),
  /** The first moment at which the agreement has ended, for all of its recipients. */
  until: instant,
  /** How long a recipient has to collect: the gate’s sweep looks at a version for at least as long. */
  collectWithinDays: z.int('whole days').check(z.minimum(1, 'at least one day')),
  /** Whom to tell of letters; absent where none are written. */
  letters: z.optional(
    z.strictObject({
      /** What the agreement is called, and the names of who writes and of who reads: people know neither by handles. */
      title: words,
      from: words,
      to: words,
      /** The inboxes of the other party, each with the topic by which its team is told that a message waits. */
      inboxes: toldInboxes,
      /** Those of the owner, whose teams are told of what was rejected. */
      own: toldInboxes,
      /** When the other party can open what it is told of: not while the agreement is suspended, or not approved yet. */
      inForce: z.array(spanSchema),
    }),
  ),
  /** What an object must keep to; or why the agreement has no contract. */
  contract: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('contract'),
      id: handle,
      /** SHA-256 of the text of the plan’s file, so that the gate takes no other. */
      plan: sha256,
    }),
    z.strictObject({ kind: z.literal('none'), reason: words }),
    /** It must be sealed, and nobody on the way can look into it. */
    z.strictObject({
      kind: z.literal('sealed'),
      seal: z.enum(SEAL_KINDS),
      /** How many keys it is sealed to. */
      keys: z.int().check(z.minimum(1), z.maximum(MOST_SEAL_KEYS)),
    }),
  ]),
});

const gateListSchema = z
  .strictObject({
    form: z.literal(GATE_LIST_FORM),
    owner: handle,
    /** The bucket of the owner, and the one key that its objects are encrypted with. */
    bucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'),
    agreements: z.array(gatedAgreementSchema),
  })
  .check(
    fitsTogether(({ agreements }, tell) => {
      const seen = new Set<string>();
      for (const [n, { id }] of agreements.entries()) {
        if (seen.has(id)) tell(['agreements', n, 'id'], `is '${id}', which is there twice`);
        seen.add(id);
      }
    }),
  );

/** What the release gate of one owner holds deposits against. */
export type GateList = Read<typeof gateListSchema>;
/** What the gate knows of an agreement. */
export type GatedAgreement = GateList['agreements'][number];

/** The list is refused; nothing was released or rejected by it. Every fault is in `problems`. @internal Only tests import it. */
export class GateListError extends WireError {
  override readonly name = 'GateListError';
}

const KIND: Kind<typeof gateListSchema> = {
  schema: gateListSchema,
  name: 'the list of the gate',
  error: GateListError,
  most: { bytes: MOST_BYTES, fix: 'Move agreements to another owner' },
  fix: () => 'Synthesise and deploy again; the file is not to be edited by hand',
};

/** Reads a list. @throws GateListError with every problem, each naming its place and the fix */
export function parseGateList(text: string): GateList {
  return readText(KIND, text);
}

/** The list as the text of its file. */
export function gateListText(list: GateList): string {
  return `${JSON.stringify(list, null, 1)}\n`;
}
