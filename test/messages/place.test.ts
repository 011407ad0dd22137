/** That the place of a message can be read back from its name, whatever its Message-ID is, and nothing else is taken for one. */
import fc from 'fast-check';
import { messageName, outlineOf, placeOfMessage } from '../../lib/messages';

const id = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 250,
});
const inbox = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);

test('a place is read back from its name, which is one object in one folder', () => {
  fc.assert(
    fc.property(inbox, id, (to, message) => {
      const name = messageName({ inbox: to, id: message });
      expect(placeOfMessage(name)).toEqual({ inbox: to, id: message });
      expect(name.split('/')).toHaveLength(2);
      expect(name).toMatch(/^[A-Za-z0-9.@_+=$%/-]+\.eml$/);
    }),
  );
});

test.each(['letter.eml', 'a/b/c.eml', 'a/b.pdf', 'A/b.eml', 'a/%40b.eml', 'a/%.eml', 'a/%2f.eml', 'a/.eml'])(
  '%s is the name of no message in an inbox',
  (name) => {
    expect(placeOfMessage(name)).toBeUndefined();
  },
);

test.each([
  ['<1@leeds.invalid>', '1@leeds.invalid'],
  ['<CAF+a=b$c/d@mail.example>', 'CAF+a=b$c/d@mail.example'],
  ['1@leeds.invalid', undefined],
  ['<a> <b>', undefined],
  ['<>', undefined],
  [`<${'x'.repeat(251)}>`, undefined],
])('the Message-ID %s', (field, expected) => {
  const head = `From: a@b.invalid\r\nDate: Mon, 5 Oct 2026 09:30:00 +0000\r\nMessage-ID: ${field}\r\n\r\nx`;
  expect(outlineOf(new TextEncoder().encode(head)).id).toBe(expected);
});

test('a message forwarded in another does not name it', () => {
  const lines = ['From: a@b.invalid', 'Date: Mon, 5 Oct 2026 09:30:00 +0000', 'Content-Type: message/rfc822'];
  const within = ['', 'Message-ID: <within@b.invalid>', '', 'x'];
  expect(outlineOf(new TextEncoder().encode([...lines, ...within].join('\r\n'))).id).toBeUndefined();
});
