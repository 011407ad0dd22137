/** That a file is written again only while it is as it was written: what somebody put into one stays, and with it the files beside it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { isOpenDocumentAsWritten, openDocumentText } from '../../lib/agreements';
import { ChangedFileError, ownPage, writeOwnFiles } from '../../lib/disk';
import { documentPage, paragraph } from '../../lib/words';

const page = (text: string) => documentPage('Title', [paragraph(text)]);
const odt = (text: string) => openDocumentText('Title', [paragraph(text)]);
const both = (text: string) => [
  ownPage('a.html', page(text)),
  { name: 'a.odt', content: odt(text), isAsWritten: isOpenDocumentAsWritten },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-own-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const held = () =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]);

it('writes again what nobody has changed', () => {
  writeOwnFiles(folder, both('before'));
  writeOwnFiles(folder, both('after'));
  expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain('after');
  expect(Buffer.from(odt('after')).equals(readFileSync(join(folder, 'a.odt')))).toBe(true);
});

it('writes again what has come through Git or the mail, which end lines as Windows does', () => {
  writeOwnFiles(folder, both('before'));
  const file = join(folder, 'a.html');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
  writeOwnFiles(folder, both('after'));
  expect(readFileSync(file, 'utf8')).toContain('after');
});

/** As a word processor saves it: its own parts, and the text as it is now. */
const savedByAnother = (bytes: Uint8Array, change: (content: string) => string) => {
  const { 'content.xml': content = new Uint8Array(), ...others } = unzipSync(bytes);
  return zipSync({ ...others, 'content.xml': strToU8(change(strFromU8(content))) });
};

it.each<[string, string, (was: Buffer) => Uint8Array]>([
  [
    'a page with a word more',
    'a.html',
    (was) => Buffer.from(was.toString('utf8').replace('before', 'before us')),
  ],
  [
    'a page with its mark taken out',
    'a.html',
    (was) => Buffer.from(was.toString('utf8').replace(/<meta name="as-written.*/, '')),
  ],
  ['a page that is somebody’s own', 'a.html', () => Buffer.from('<!doctype html><html><head></head></html>')],
  ['a page without a byte', 'a.html', () => Buffer.of()],
  [
    'a text with a word more',
    'a.odt',
    (was) => savedByAnother(was, (text) => text.replace('before', 'before us')),
  ],
  [
    'a text with a part more',
    'a.odt',
    (was) => zipSync({ ...unzipSync(was), 'settings.xml': strToU8('<a/>') }),
  ],
  ['a text that is none', 'a.odt', () => Buffer.from('my notes')],
])('keeps %s, and what lies beside it', (_what, name, change) => {
  writeOwnFiles(folder, both('before'));
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name))));
  const before = held();
  expect(() => writeOwnFiles(folder, both('after'))).toThrow(ChangedFileError);
  expect(held()).toEqual(before);
});

it('finds any byte of a page that was changed, and takes any page that was not', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, by) => {
      const { content, isAsWritten } = ownPage('a.html', page(text));
      const bytes = Buffer.from(content);
      expect(isAsWritten(bytes)).toBe(true);
      const place = at % bytes.length;
      bytes[place] = ((bytes[place] ?? 0) + by) % 256;
      expect(isAsWritten(bytes)).toBe(false);
    }),
    { numRuns: 200 },
  );
});
