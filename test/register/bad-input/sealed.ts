/** Bad registers whose agreement is sealed to keys that do not do. */
import { POST_QUANTUM, X25519 } from '../../age-keys';
import { append, type Edit, set } from '../samples';
import { AGREEMENT, type Cases } from './cases';

const [FIRST, SECOND] = X25519;

function sealedTo(...keys: readonly string[]): Edit {
  return set(AGREEMENT, {
    sealed: {
      why: 'What a survivor says is for her case worker alone.',
      keys: keys.map((key) => ({ key, holder: 'leeds', keptBy: 'The safeguarding team' })),
    },
  });
}

export const SEALED: Cases = {
  'sealed-to-nobody': [sealedTo()],
  'sealed-to-too-many': [sealedTo(...Array.from({ length: 1025 }, () => FIRST.recipient))],
  'sealed-to-both-kinds': [sealedTo(FIRST.recipient, POST_QUANTUM[0].recipient)],
  'sealed-to-a-key-with-a-wrong-letter': [sealedTo(FIRST.recipient.replace(/..$/, 'zz'))],
  'sealed-to-a-key-cut-short': [sealedTo(POST_QUANTUM[0].recipient.slice(0, -20))],
  'sealed-to-a-secret-key': [sealedTo(FIRST.recipient, SECOND.secret)],
  'secret-key-in-a-comment': [append(AGREEMENT, `# made today: ${POST_QUANTUM[0].secret}\n`)],
  'secret-key-over-two-lines': [
    append(AGREEMENT, `# ${FIRST.secret.slice(0, 40)}\n${FIRST.secret.slice(40)}\n`),
  ],
  'sealed-to-a-key-twice': [sealedTo(FIRST.recipient, SECOND.recipient, FIRST.recipient)],
  'sealed-to-a-key-in-capitals': [sealedTo(FIRST.recipient.toUpperCase())],
  'sealed-to-a-key-of-ssh': [sealedTo('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI')],
  'sealed-to-a-token': [sealedTo(`age1yubikey1${FIRST.recipient.slice(5)}`)],
  'sealed-without-why': [sealedTo(FIRST.recipient), set(AGREEMENT, { 'sealed.why': undefined })],
  'sealed-to-the-owner': [sealedTo(FIRST.recipient), set(AGREEMENT, { 'sealed.keys.0.holder': 'dwp' })],
};
