/** That what people read says days as they say them, 31 March 2029: ISO 8601 is for machines, and for what is typed. */
import { agreementDocument, privacyNotice, whyNoNotice } from '../../lib/agreements';
import { openAssembly } from '../../lib/assembly';
import { packFrom } from '../../lib/commands/organisations/onboard-templates';
import { sha256 } from '../../lib/evidence/hashes';
import { extractFiles, type PackFiles, packFiles } from '../../lib/evidence/pack';
import { documentPage } from '../../lib/words';
import { filesOf, registerAfter } from '../publication/sample-record';
import { synthesised } from '../stacks/sample-assembly';
import { custodyIn, sampleEvidence } from './sample-evidence';

/** Days as ISO 8601 has them in the text of a page or of Markdown, each with what is before it. Code, and the form of what is typed, may have them. */
function isoDaysIn(text: string): string[] {
  const read = text
    .replaceAll(/<style>.*?<\/style>|<(code|pre)\b.*?<\/\1>|```.*?```/gs, '')
    .replaceAll(/`[^`\n]*`|\b(?:href|id)="[^"]*"/g, '')
    .replaceAll(/written year-month-day, such as \d{4}-\d\d-\d\d/g, '');
  return read.match(/.{0,40}\b(?:19|2[01])\d\d-\d\d-\d\d\b(?!T)/g) ?? [];
}

interface File {
  readonly path: string;
  readonly bytes: string | Uint8Array;
}

/** Of files, those that people read, by their names. */
function readByPeople(files: readonly File[]): (readonly [string, string])[] {
  return files
    .filter(({ path }) => /\.(?:html|md)$/.test(path))
    .map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')] as const);
}

/** The files of a pack, as they would be on disk. */
function written(pack: PackFiles): File[] {
  const files: File[] = [];
  pack((path, pieces) => {
    const bytes = [...pieces].join('');
    files.push({ path, bytes });
    return sha256(bytes);
  });
  return files;
}

function expectDaysInWords(pages: readonly (readonly [string, string])[]) {
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.map(([path, text]) => [path, isoDaysIn(text)]).filter(([, days]) => days?.length)).toEqual([]);
}

test('a day that a sentence says as machines do is found, and one in code is not', () => {
  expect(isoDaysIn('<p>It holds from 2026-06-15 on.</p>')).toHaveLength(1);
  expect(isoDaysIn('<p>Run <code>check --as-of 2026-06-15</code>, or `--on 2026-06-15`.</p>')).toEqual([]);
});

test('the pack of evidence, its custody statements and its drafts', async () => {
  const { folder, evidence } = sampleEvidence();
  expectDaysInWords(readByPeople(written(await packFiles(evidence, custodyIn(folder)))));
});

test('the extract for one organisation', async () => {
  const { files } = await extractFiles(sampleEvidence().evidence, 'leeds');
  expectDaysInWords(readByPeople(written(files)));
});

test('the joining pack', () => {
  const { register, asOf, folder } = synthesised();
  expectDaysInWords(readByPeople(packFrom(register, 'leeds', asOf, openAssembly(folder)).files));
});

test('the public record', () => {
  const pages = [...filesOf(registerAfter())].filter(([path]) => path.endsWith('.html'));
  expectDaysInWords(pages);
});

test('the documents of agreements, and their privacy notices', () => {
  const { register, asOf } = synthesised();
  expectDaysInWords(
    register.agreements.flatMap((agreement) => {
      const source = { register, agreement, asOf };
      const notice = whyNoNotice(agreement) === undefined ? privacyNotice(source) : [];
      return [
        [agreement.id, documentPage(agreement.title, agreementDocument(source))] as const,
        [`notice of ${agreement.id}`, documentPage(agreement.title, notice)] as const,
      ];
    }),
  );
});
