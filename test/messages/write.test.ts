/** That a letter which is written is read again as it was, by parsers of others too, and holds nothing that its writer did not mean. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { shownMessage } from '../../lib/mailbox/read';
import {
  attachmentsOf,
  inboxAddress,
  inboxOfAddress,
  type Letter,
  messagePieces,
  outlineOf,
} from '../../lib/messages';

const bytesOf = (letter: Letter) => new Uint8Array(Buffer.concat([...messagePieces(letter)]));
const LETTER: Letter = {
  from: { name: 'Discharge hub', address: inboxAddress('discharge-hub', 'leeds-hospitals') },
  to: [{ name: 'Adult safeguarding team', address: inboxAddress('adult-safeguarding', 'leeds') }],
  subject: 'A question',
  text: 'Dear team,\n\n-- \nThe hub',
  date: new Date('2026-10-05T08:30:00Z'),
  id: '0f3c.1@leeds-hospitals.concordat.invalid',
  boundary: 'b0f3c1',
};

/** Text that can be seen: letters of several alphabets, and what means something in a field. */
const seen = (longest: number) =>
  fc
    .array(fc.constantFrom(...'abcXYZ 019.,;:=?"\\<>()@-_éüßłжщ€你好🙂'), { maxLength: longest })
    .map((all) => all.join('').trim());
const fileName = seen(30)
  .map((name) => name.replaceAll(/[\\/"]/g, '').trim())
  .filter((name) => !/^\.*$/.test(name));

test('a name that looks encoded is read again as it was written', async () => {
  const name = '=?UTF-8?Q?Adult_team?=';
  const letter = { ...LETTER, from: { ...LETTER.from, name } };
  expect((await simpleParser(Buffer.from(bytesOf(letter)))).from?.value[0]?.name).toBe(name);
});

test('any letter is read again as it was, by two parsers, and its form is taken', async () => {
  const letters = fc.record({
    name: seen(80),
    subject: seen(120),
    text: fc.oneof(seen(400), fc.stringMatching(/^[a-z\n -]{0,300}$/)),
    files: fc.array(fc.record({ name: fileName, bytes: fc.uint8Array({ maxLength: 300 }) }), {
      maxLength: 3,
    }),
  });
  await fc.assert(
    fc.asyncProperty(letters, async ({ name, subject, text, files }) => {
      const letter: Letter = {
        ...LETTER,
        from: { ...LETTER.from, name },
        subject,
        text,
        files: files.map((each) => ({ ...each, mediaType: 'application/pdf' })),
      };
      const bytes = bytesOf(letter);
      expect(attachmentsOf(outlineOf(bytes))).toHaveLength(files.length);
      expect(
        Math.max(
          ...Buffer.from(bytes)
            .toString('latin1')
            .split('\r\n')
            .map((line) => line.length),
        ),
      ).toBeLessThan(999);
      const shown = await shownMessage(bytes);
      expect(shown).toMatchObject({
        from: { name, address: letter.from.address },
        subject,
        date: letter.date,
        id: letter.id,
      });
      expect(shown.text.replaceAll('\r\n', '\n').trimEnd()).toBe(text.trimEnd());
      expect(shown.files.map((each) => [each.name, Buffer.from(each.bytes)])).toEqual(
        files.map((each) => [each.name, Buffer.from(each.bytes)]),
      );
      const other = await simpleParser(Buffer.from(bytes), { skipTextToHtml: true });
      expect([other.from?.value[0]?.name, other.subject ?? '']).toEqual([name, subject]);
      expect(other.attachments.map((each) => [each.filename, each.content])).toEqual(
        files.map((each) => [each.name, Buffer.from(each.bytes)]),
      );
    }),
    { numRuns: 60 },
  );
});

test('an answer names what it answers', async () => {
  const answers = ['1@leeds.concordat.invalid', '2@leeds.concordat.invalid'];
  expect((await shownMessage(bytesOf({ ...LETTER, answers }))).answers).toEqual(answers);
});

test('a letter of plain words can be read without a program', () => {
  expect(Buffer.from(bytesOf(LETTER)).toString()).toBe(
    [
      'From: "Discharge hub"',
      ' <discharge-hub@leeds-hospitals.concordat.invalid>',
      'To: "Adult safeguarding team"',
      ' <adult-safeguarding@leeds.concordat.invalid>',
      'Subject: A question',
      'Date: Mon, 05 Oct 2026 08:30:00 +0000',
      'Message-ID: <0f3c.1@leeds-hospitals.concordat.invalid>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      'RGVhciB0ZWFtLA0KDQotLSANClRoZSBodWI=',
      '',
    ].join('\r\n'),
  );
  expect(Buffer.from(bytesOf({ ...LETTER, text: 'Dear team,\nyes.' })).toString()).toContain(
    '\r\nContent-Transfer-Encoding: 7bit\r\n\r\nDear team,\r\nyes.\r\n',
  );
});

test.each<[string, Partial<Letter>]>([
  ['a line end in the subject', { subject: 'x\r\nBcc: c@d.invalid' }],
  ['a line end in a name', { from: { ...LETTER.from, name: 'x\nBcc: c@d.invalid' } }],
  ['an address with more', { from: { name: '', address: 'a@b.invalid>, <c@d.invalid' } }],
  ['nobody to write to', { to: [] }],
  ['an id with a line end', { id: 'a@b\r\n' }],
  ['a date that is none', { date: new Date('never') }],
  ['a file in a folder', { files: [{ name: '../a', mediaType: 'text/csv', bytes: new Uint8Array() }] }],
  [
    'a name turned round',
    { files: [{ name: 'a\u202efdp.exe', mediaType: 'text/csv', bytes: new Uint8Array() }] },
  ],
  ['a media type with more', { files: [{ name: 'a', mediaType: 'text/csv; x=y', bytes: new Uint8Array() }] }],
  ['a boundary that could be closed', { boundary: 'a--' }],
])('%s is not written', (_, change) => {
  expect(() => bytesOf({ ...LETTER, ...change })).toThrow(RangeError);
});

test('an inbox has an address that reaches nobody by e-mail, and is known by it', () => {
  const address = inboxAddress('adult-safeguarding', 'leeds');
  expect(address.endsWith('.invalid')).toBe(true);
  expect(inboxOfAddress(address)).toEqual({ inbox: 'adult-safeguarding', party: 'leeds' });
  expect(inboxOfAddress('adult-safeguarding@leeds.gov.uk')).toBeUndefined();
});
