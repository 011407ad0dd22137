/** That whatever was written can be answered: what a reply begins with can be sent as it stands, and is what was seen. */
import fc from 'fast-check';
import { correspondences } from '../../lib/delivery';
import { ORGANISATIONS, playProfile } from '../../lib/mailbox/play/profiles';
import { shownMessage } from '../../lib/mailbox/read';
import { inboxAddress, messagePieces } from '../../lib/messages';
import { CODE_POINT } from '../code-point';

/** Typed for browsers, which this is none of. */
const { replyTo } = require('../../lib/mailbox/page/letters/reply') as {
  readonly replyTo: (arrived: object, to: object) => Begun;
};
interface Begun {
  readonly id: string;
  readonly boundary: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly answers: readonly string[];
  readonly leftOut?: number;
}

const [NORTHMOOR, EASTDALE] = ORGANISATIONS;
const [correspondence] = correspondences(playProfile(EASTDALE, '2026-11-29'));
const [inbox] = correspondence?.inboxes ?? [];
const arrived = { correspondence, inbox };
const SHOWN = {
  from: { name: 'Adult safeguarding team', address: 'adult-safeguarding@northmoor.concordat.invalid' },
  subject: 'The plan',
  text: 'Please see it.\n',
  answers: [],
};

/** The message that a reply is, as it is sent without a word more. */
async function sentAsItStands({ id, boundary, from, to, subject, text, answers }: Begun) {
  const pieces = messagePieces({
    from: { name: 'Discharge desk', address: inboxAddress(from, EASTDALE.id) },
    to: [{ name: 'Adult safeguarding team', address: inboxAddress(to, NORTHMOOR.id) }],
    subject: subject.trim(),
    text,
    date: new Date(0),
    id: `${id}@eastdale.concordat.invalid`,
    answers,
    boundary,
  });
  return shownMessage(Buffer.concat([...pieces]));
}

/** Any UTF-16 at all, and much of what is never seen. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: CODE_POINT, maxLength: 30 }),
      fc.constantFrom(
        '\u202e',
        '\u2066',
        '\0',
        '\r\n',
        '\t',
        '\u2028',
        '\u0085',
        '\ud83d',
        '\udc00',
        '\ud83d\ude00',
      ),
      fc.constantFrom('Re: ', 'x'.repeat(199), '=?UTF-8?B?eA==?=', ' '),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

test('a reply to any subject, from any name, to any words can be sent as it stands, and keeps its subject', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, fc.array(anyText), async (subject, name, text, answers) => {
      const begun = replyTo(arrived, { ...SHOWN, from: { ...SHOWN.from, name }, subject, text, answers });
      expect(begun.subject.trim()).not.toBe('');
      expect(begun.subject.length).toBeLessThanOrEqual(200);
      const sent = await sentAsItStands(begun);
      // A parser makes one space of several.
      expect(sent.subject.replaceAll(/\s+/g, ' ')).toBe(begun.subject.trim().replaceAll(/\s+/g, ' '));
    }),
  );
});

test('what was left out of the subject is counted, and nothing else of it is changed', () => {
  const begun = replyTo(arrived, { ...SHOWN, subject: 'The\u202e plan\r\nof Mrs\u2028Example \ud83d' });
  expect([begun.subject, begun.leftOut]).toEqual(['Re: The plan  of Mrs Example ', 5]);
  expect(replyTo(arrived, SHOWN)).toMatchObject({ subject: 'Re: The plan' });
  expect(replyTo(arrived, SHOWN).leftOut).toBeUndefined();
});

test('a sender without a name is quoted by the address', () => {
  const begun = replyTo(arrived, { ...SHOWN, from: { ...SHOWN.from, name: '' } });
  expect(begun.text).toMatch(/^\n\nadult-safeguarding@northmoor\.concordat\.invalid wrote:\n> Please/);
});
