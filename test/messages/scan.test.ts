/** That what is taken for a message is one which programs read alike, and everything else is refused with its place. */
import { attachmentsOf, MessageFault } from '../../lib/messages';
import { filesByAll, looked, lookedInPieces, shownAs } from './hostile';
import { drawnMessage, SHAPES } from './shapes';

const HEAD = 'From: a@b.invalid\r\nDate: Mon, 5 Oct 2026 09:30:00 +0000\r\n';
const bytesOf = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));
const outcome = (text: string) => {
  const found = looked(bytesOf(text));
  return found instanceof MessageFault
    ? `${found.why} ${found.line}${found.field === undefined ? '' : ` ${found.field}`}`
    : attachmentsOf(found)
        .map(({ mediaType, place }) => `${place} ${mediaType}`)
        .join();
};
const part = (...lines: string[]) =>
  [
    `${HEAD}Content-Type: multipart/mixed; boundary=b`,
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'x',
    '--b',
    ...lines,
    '--b--',
    '',
  ].join('\r\n');

test.each([
  ['plain', ''],
  ['text and HTML', ''],
  ['a file', '2 application/pdf'],
  ['a name in another alphabet', '1 text/csv'],
  ['a picture in its place', '2 image/png'],
  ['forwarded', '2 message/rfc822,2.m.2 application/zip'],
  ['a report of delivery', '2 message/delivery-status,3 text/rfc822-headers'],
  ['an invitation', '2 text/calendar'],
  ['signed', '2 application/pkcs7-signature'],
])('%s is taken, with its files and those of what is forwarded in it', (name, files) => {
  for (const ending of ['\r\n', '\n'])
    expect(outcome((SHAPES[name] ?? '').replaceAll('\n', ending))).toBe(files);
});

test.each<[string, string, string]>([
  ['nothing', '', 'not-a-message 1'],
  ['a PDF', '%PDF-1.7\r\n', 'not-a-message 1'],
  ['a mailbox file', `From a@b Mon Oct 5 09:30:00 2026\r\n${HEAD}\r\n`, 'not-a-message 1'],
  ['a table', 'name,age\r\n', 'not-a-message 1'],
  ['no sender', 'Date: Mon, 5 Oct 2026 09:30:00 +0000\r\n\r\n', 'field-missing 1 from'],
  ['no date', 'From: a@b.invalid\r\n\r\n', 'field-missing 1 date'],
  ['two senders', `From: a@b.invalid, c@d.invalid\r\nDate: x\r\n\r\n`, 'senders 1 from'],
  ['a sender in a name', `From: "c@d.invalid" <a@b.invalid>\r\nDate: x\r\n\r\n`, ''],
  ['a sender behind a comment', `From: (c@d.invalid) a@b.invalid\r\nDate: x\r\n\r\n`, 'senders 1 from'],
  ['a field from twice', `${HEAD}From: c@d.invalid\r\n\r\n`, 'field-twice 3 from'],
  ['a character in clear', `${HEAD}Subject: caf\xe9\r\n\r\n`, 'field-not-ascii 3 subject'],
  ['one in a line that goes on', `${HEAD}Subject: a\r\n caf\xe9\r\n\r\n`, 'field-not-ascii 4 subject'],
  ['one in a name', `${HEAD}Subj\xe9ct: a\r\n\r\n`, 'field-not-ascii 3'],
  ['white space before a colon', `${HEAD}Subject : x\r\n\r\n`, 'no-field 3'],
  ['a line of white space among fields', `${HEAD} \r\n\r\n`, 'no-field 3'],
  ['ends of lines that differ', `${HEAD}\r\none\ntwo\r\n`, 'line-ends 4'],
  ['a carriage return alone', `${HEAD}\r\none\rtwo\r\n`, 'line-ends 4'],
  ['a long line', `${HEAD}\r\n${'x'.repeat(65_537)}`, 'line-too-long 4'],
  ['many fields', `${HEAD}${'X: y\r\n'.repeat(400)}\r\n`, 'fields-too-many 401'],
  ['large fields', `${HEAD}${`X: ${'y'.repeat(900)}\r\n`.repeat(80)}\r\n`, 'fields-too-large 75'],
  ['an encoding that is none', `${HEAD}Content-Transfer-Encoding: x-uuencode\r\n\r\n`, 'encoding 3'],
  [
    'a name said twice',
    part(
      'Content-Type: text/csv',
      "Content-Disposition: attachment; filename=a; filename*=utf-8''b",
      '',
      'x',
    ),
    'field-unreadable 11 content-disposition',
  ],
  [
    'a file without a type',
    part('Content-Disposition: attachment; filename=a.exe', '', 'x'),
    'field-missing 9 content-type',
  ],
  [
    'a boundary without parts',
    part('Content-Type: text/x; boundary=c', '', 'x'),
    'field-unreadable 10 content-type',
  ],
  [
    'a digest',
    part('Content-Type: multipart/digest; boundary=c', '', '--c--'),
    'field-unreadable 10 content-type',
  ],
  [
    'damaged base64',
    part('Content-Type: text/csv', 'Content-Transfer-Encoding: base64', '', 'YQ==YQ=='),
    'base64 13',
  ],
  [
    'base64 cut short',
    part('Content-Type: text/csv', 'Content-Transfer-Encoding: base64', '', 'YWF'),
    'base64 14',
  ],
  [
    'a body elsewhere',
    part('Content-Type: message/external-body; access-type=x', '', 'x'),
    'body-elsewhere 10',
  ],
  ['no boundary', `${HEAD}Content-Type: multipart/mixed\r\n\r\n`, 'boundary 3'],
  ['a boundary like another', part('Content-Type: multipart/mixed; boundary=bb', '', '--bb--'), 'boundary 9'],
  ['a boundary with more', part('', 'x', '--bc'), 'boundary-damaged 12'],
  ['a boundary with white space', part('', 'x', '--b '), 'boundary-damaged 12'],
  ['no last boundary', part('', 'x').replace('--b--', ''), 'not-closed 1'],
  ['a part that is cut short', part('Content-Type: text/csv'), 'ends-in-fields 11'],
  [
    'an encoded message in it',
    part('Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', '', 'YQ=='),
    'encoding 11',
  ],
  [
    'many parts',
    part(...Array.from({ length: 199 }, () => ['', 'x', '--b']).flat(), '', 'x'),
    'entities-too-many 603',
  ],
])('%s', (_what, text, expected) => expect(outcome(text)).toBe(expected));

test('parts that lie deep in one another are refused before they are deeper than anything that was seen', () => {
  const deep = Array.from({ length: 12 }, (_, n) => [
    `--n${n}z`,
    `Content-Type: multipart/mixed; boundary=n${n + 1}z`,
    '',
  ]).flat();
  expect(outcome([`${HEAD}Content-Type: multipart/mixed; boundary=n0z`, '', ...deep].join('\r\n'))).toBe(
    'too-deep 35',
  );
});

/** The whole is a script: `npm run fuzz:messages`. */
test('300 messages that were harmed: none hangs, pieces change nothing, and what is taken is what others read', async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 300; seed++) {
    const bytes = drawnMessage(seed);
    const found = looked(bytes);
    expect([seed, lookedInPieces(bytes, 1 + (seed % 97))]).toEqual([seed, found]);
    if (found instanceof MessageFault) {
      seen.add(found.why);
      continue;
    }
    const { alike, senders } = await filesByAll(bytes, found);
    expect([seed, alike, senders.length]).toEqual([seed, true, 1]);
    expect([seed, await shownAs(bytes)]).toEqual([seed, 'shown']);
  }
  expect(seen.size).toBeGreaterThan(12);
});
