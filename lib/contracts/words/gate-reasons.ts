/** Why the gate rejects a version, in words: what is wrong, and what to do. */
import { type GateCheck, type GateReason, MESSAGE_LIMITS, type MessageFaultKind } from '../../wire';
import { count, orList, plural, visible } from '../../words';

/** What is wrong, and what to do. */
export interface InWords {
  readonly problem: string;
  readonly mend: string;
}

/** A reason in words. */
export function reasonInWords(reason: GateReason): InWords {
  switch (reason.why) {
    case 'no-agreement':
      return {
        problem: 'The file lies under no agreement of this organisation.',
        mend: 'Deposit it under agreements/, followed by the id of its agreement and a slash.',
      };
    case 'agreement-ended':
      return {
        problem: `The last day of the agreement was ${lastDay(reason.ended)}.`,
        mend: 'If the data is still to be shared, agree on a new agreement, and deposit the file under it.',
      };
    case 'name-too-long':
      return {
        problem: `The name of the file has ${count(reason.bytes)} bytes. It may have ${count(reason.most)}.`,
        mend: 'Give it a shorter name, and deposit it again.',
      };
    case 'too-large':
      return {
        problem: `The file has ${count(reason.bytes)} bytes. The agreement allows ${count(reason.most)}.`,
        mend: 'Part it into smaller files, or agree on a larger size.',
      };
    case 'media-type':
      return {
        problem: `The file was deposited as ${reason.found ?? 'nothing at all'}. The agreement allows ${orList(reason.allowed)}.`,
        mend: 'Deposit it again with the right Content-Type. Programs that deposit set it; if they guess, tell them.',
      };
    case 'content-encoding':
      return {
        problem: `The file was deposited with the Content-Encoding ${reason.found}, so programs would read it differently.`,
        mend: 'Deposit it again without Content-Encoding.',
      };
    case 'other-key':
      return {
        problem: 'The file is not encrypted with this organisation’s key.',
        mend: 'Deposit it again without any setting of encryption: the bucket has the right one.',
      };
    case 'no-bucket-key':
      return {
        problem: 'The file was deposited with the Bucket Key turned off, so no recipient could decrypt it.',
        mend: 'Deposit it again without any setting of encryption: the bucket has the right one.',
      };
    case 'no-checksum':
      return {
        problem: 'S3 holds no checksum of the file.',
        mend: 'Deposit it again with a program of this year: it sends a checksum, or S3 makes one.',
      };
    case 'checksum-differs':
      return {
        problem: `What S3 holds does not come to its ${reason.algorithm} checksum: the file is damaged.`,
        mend: 'Deposit it again. If this happens twice, tell the operator.',
      };
    case 'locked':
      return {
        problem: `The file is encrypted or locked with a password (${LOCKS[reason.as] ?? reason.as}), so it could not be looked into.`,
        mend: 'Deposit it again without. It is encrypted on its way and in the bucket in any case.',
      };
    case 'unreadable-form':
      return {
        problem: `The agreement has a contract for tables, and ${reason.found} is no table that the gate reads.`,
        mend: 'Deposit it as CSV, JSON Lines or Parquet, with the media type that the agreement names.',
      };
    case 'not-sealed':
      return NOT_SEALED[reason.as];
    case 'seal-damaged':
      return {
        problem:
          reason.at === 'header'
            ? `The file begins as one of age, and its header is damaged${reason.byte > 0 ? ` at byte ${count(reason.byte)}` : ''}.`
            : `The header of the file is in order, and what follows it has a length that age never writes: it was cut off, or something was put behind it.`,
        mend: AGAIN,
      };
    case 'seal-kind':
      return {
        problem: `The file is sealed to ${STANZAS[reason.found] ?? `something that age calls ${visible(reason.found)}`}. The agreement has ${STANZAS[reason.agreed] ?? reason.agreed}, and nothing else.`,
        mend: AGAIN,
      };
    case 'message': {
      const field = reason.field === undefined ? '' : ` (the field ${visible(reason.field)})`;
      return {
        problem: `The message cannot be taken as one that every mail program shows alike: in line ${count(reason.line)}, ${MESSAGE_FAULTS_IN_WORDS[reason.fault]}${field}.`,
        mend: 'Have the mail program save the message again as a file (.eml), and deposit that. If it is still not taken, deposit the files that come with it by themselves.',
      };
    }
    case 'attachment-type':
      return {
        problem: `Attachment ${count(reason.attachment)} of the message is of the type ${visible(reason.found)}. The agreement allows ${orList(reason.allowed)}.`,
        mend: 'Write the message again without it, or with the file in a format that the agreement allows.',
      };
    case 'seal-keys':
      return {
        problem: `The file is sealed to ${plural(reason.found, 'key')}, and the agreement has ${count(reason.agreed)}.`,
        mend:
          reason.found > reason.agreed
            ? 'Somebody else could read it. Recall it, find out whose key that is, and deposit the file again with concordat deposit.'
            : 'Not every recipient could read it. Ask the operator for your profile again, and deposit the file with concordat deposit.',
      };
  }
}

const AGAIN = 'Deposit the file itself again with concordat deposit, which seals it as the agreement says.';

const NOT_SEALED: Readonly<Record<Extract<GateReason, { why: 'not-sealed' }>['as'], InWords>> = {
  clear: {
    problem:
      'The agreement is sealed, and the file is in clear: whoever administers this bucket could read it.',
    mend: `Have it deleted from the bucket, version and all, if that must not be. ${AGAIN}`,
  },
  armored: {
    problem:
      'The file is sealed and then written as text (armored), which makes it a third larger and is not taken.',
    mend: `${AGAIN} With age itself, leave out --armor.`,
  },
  'other-version': {
    problem: 'The file is of another version of age than v1, the only one that is taken.',
    mend: AGAIN,
  },
};

/** After “in line 5,”. */
const MESSAGE_FAULTS_IN_WORDS: Readonly<Record<MessageFaultKind, string>> = {
  'not-a-message': 'there is no field such as From or Date, with which a message begins',
  'ends-in-fields': 'it breaks off before the fields of a part are over',
  'line-ends': 'a line ends otherwise than the lines before it',
  'line-too-long': `a line has more than ${count(MESSAGE_LIMITS.lineBytes)} bytes`,
  'fields-too-large': `the fields of a part come to more than ${count(MESSAGE_LIMITS.fieldBytes)} bytes`,
  'fields-too-many': `a part has more than ${count(MESSAGE_LIMITS.fields)} fields`,
  'field-not-ascii': 'a field has a character that is written without being encoded',
  'no-field': 'there is something that is no field, among fields',
  'field-twice': 'a field stands for the second time',
  'field-missing': 'a field is missing that has to stand there',
  'field-unreadable': 'a field is written in a way that mail programs read differently',
  senders: 'there is not exactly one sender',
  encoding: 'a part is encoded in a way that is not taken there',
  base64: 'a part is damaged, or is not encoded as it says (base64)',
  boundary: 'what is to separate parts is missing, or is like that of another part',
  'boundary-damaged': 'what separates parts is damaged',
  'not-closed': 'a part begins that does not end',
  'entities-too-many': `the message has more than ${count(MESSAGE_LIMITS.entities)} parts`,
  'too-deep': `parts lie in one another more than ${count(MESSAGE_LIMITS.depth)} deep`,
  'body-elsewhere': 'a part is not in the message but elsewhere',
};

/** By age’s names. */
const STANZAS: Readonly<Record<string, string>> = {
  X25519: 'keys that begin with age1 (X25519)',
  mlkem768x25519: 'keys that begin with age1pq1 (post-quantum)',
  scrypt: 'a passphrase',
  'ssh-ed25519': 'a key of SSH',
  'ssh-rsa': 'a key of SSH',
};

/** The day in which the last moment before an end falls. */
function lastDay(ended: string): string {
  return new Date(Date.parse(ended) - 1_000).toISOString().slice(0, 10);
}

const LOCKS: Readonly<Record<string, string>> = {
  age: 'age',
  openpgp: 'OpenPGP',
  cms: 'CMS',
  openssl: 'OpenSSL',
  parquet: 'Parquet with encryption',
  zip: 'zip with a password',
  '7-zip': '7-Zip with a password',
  rar: 'RAR with a password',
  office: 'Microsoft Office with a password, or with rights that a server gives',
  opendocument: 'OpenDocument with a password',
  pdf: 'PDF with a password, be it for opening, printing or copying',
};

/** What the gate looks at, in words. */
export const CHECKS_IN_WORDS: Readonly<Record<GateCheck, string>> = {
  agreement: 'it lies under an agreement that has not ended',
  name: 'its name has room for a report',
  size: 'it is no larger than the agreement allows',
  'media-type': 'it was deposited as a media type that the agreement allows',
  encryption: 'it is encrypted by this organisation’s key, with a Bucket Key',
  checksum: 'S3 holds a checksum of it',
  'not-locked': 'it does not show that it is locked',
  contract: 'it keeps to its contract',
  message:
    'it is a message that mail programs read alike, and what is attached is of media types that the agreement allows',
  sealed: 'it is sealed to as many keys as the agreement has, of their kind, and not in clear',
};
