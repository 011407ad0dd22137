/** The certificate of a disposal, for the file: what a recipient declared, who signed it, and how anybody checks that. */
import { type Disposal, keyOfApprover, type Organisation, type Register } from '../register';
import { inWords } from '../register/calendar';
import {
  type Block,
  code,
  codeBlock,
  type Document,
  definitions,
  heading,
  list,
  paragraph,
  say,
} from '../words';
import { organisationInWords } from './term-values';

/** A declaration, with the envelope that holds it. */
export interface Declared {
  readonly register: Register;
  readonly disposal: Disposal;
  /** The name of its file in `approvals/`, without the ending. */
  readonly name: string;
  readonly envelope: Register['approvals'][number]['envelope'];
}

/** The whole certificate. It says no more than the declaration does. */
export function disposalCertificate({ register, disposal, name, envelope }: Declared): Document {
  const { agreement, organisation, role, post, on, terms, sha256, decision } = disposal;
  const party = register.organisation(organisation);
  return [
    heading(1, 'Certificate of disposal'),
    paragraph(
      say`${organisationInWords(organisation, register)} declares that no copy is left of what it collected under ${code(agreement)} until ${inWords(decision.collectedUntil)}.`,
    ),
    definitions([
      ['Agreements whose copies are meant', decision.agreements.join(', ')],
      ['Collected until', inWords(decision.collectedUntil)],
      ['How the copies were disposed of', decision.method],
      ['Declared on', inWords(on)],
      ['Signed as', say`${role} (${code(post)})`],
      ['Terms of the agreement', code(terms)],
      ['SHA-256 of what was signed', code(sha256)],
      ['File', code(`approvals/${name}.json`)],
    ]),
    heading(2, 'What it shows, and what it does not'),
    list([
      'That whoever held the key of the post signed these words about this agreement, and that no letter of them was changed since.',
      'Not that the copies are gone, nor that none was handed on: that is what the organisation declares, and answers for.',
      'Not on which day it was signed, other than by what the signer says.',
    ]),
    heading(2, 'What was signed'),
    codeBlock([Buffer.from(envelope.payload, 'base64').toString('utf8')], 'json'),
    heading(2, 'The signature'),
    codeBlock(JSON.stringify(envelope, null, 2).split('\n'), 'json'),
    heading(2, 'How to check it'),
    ...howToCheck(party, envelope),
  ];
}

/** By the key that signed, and no other that the post has had. */
function howToCheck({ id, approvers = [] }: Organisation, { signatures }: Declared['envelope']): Block[] {
  const signed = approvers.filter((each) => keyOfApprover(each)?.keyid === signatures[0]?.keyid);
  return signed
    .slice(0, 1)
    .flatMap(({ post, sshKey, publicKey, from, until }): Block[] => [
      paragraph(
        say`Save the signature above, from brace to brace, as ${code('declaration.json')}. Compare the key below with the one that the organisation gives you itself. These programs are not Concordat’s:`,
      ),
      paragraph(
        say`Key of ${code(post)} of ${code(id)} from ${inWords(from)}${until === undefined ? '' : ` until ${inWords(until)}`}:`,
      ),
      codeBlock([sshKey ?? publicKey ?? ''], 'text'),
      codeBlock(sshKey === undefined ? WITH_KMS_KEY : WITH_SSH_KEY, 'bash'),
    ]);
}

const UNPACK = [
  "python3 -c '",
  'import base64, json',
  'envelope = json.load(open("declaration.json"))',
  '[signature] = envelope["signatures"]',
  'kind, payload = envelope["payloadType"].encode(), base64.b64decode(envelope["payload"])',
  'open("statement.json", "wb").write(payload)',
  'open("statement.json.sig", "w").write(signature.get("sshsig", ""))',
  'open("signed", "wb").write(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))',
  'open("signature", "wb").write(base64.b64decode(signature["sig"]))',
  "'",
];
const WITH_SSH_KEY = [
  'KEY="…the key above…"',
  ...UNPACK,
  'echo "approver namespaces=\\"approval@concordat.example\\" $KEY" > approvers',
  'ssh-keygen -Y verify -f approvers -I approver -n approval@concordat.example -s statement.json.sig < statement.json',
  "(printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'; echo \"$KEY\" | cut -d ' ' -f 2 | base64 -d | tail -c 32) > key.der",
  'openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in signed -sigfile signature',
];
const WITH_KMS_KEY = [
  'KEY="…the key above…"',
  ...UNPACK,
  'echo "$KEY" | base64 -d > key.der',
  '# of a key of P-256; of Ed25519: openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in signed -sigfile signature',
  'openssl dgst -sha256 -verify key.der -keyform DER -signature signature signed',
];
