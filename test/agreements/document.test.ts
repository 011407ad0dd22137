/** That the document of an agreement says every term of it, as a page and as an OpenDocument text. */
import { unzipSync } from 'fflate';
import { agreementDocument, openDocumentText } from '../../lib/agreements';
import { termsWithValues, valueInWords } from '../../lib/agreements/term-values';
import { termsDigest, written } from '../../lib/register';
import { loadRegister } from '../../lib/register/load';
import { documentPage, documentText, plainText } from '../../lib/words';
import { goldenIn } from '../golden';
import { AS_OF, SAMPLE } from '../register/samples';

const golden = goldenIn(__dirname);
const loaded = loadRegister(SAMPLE, AS_OF);
if (!loaded.ok) throw new Error('the sample register is faulty');
const { register } = loaded;
const documentOf = (agreement: (typeof register.agreements)[number]) =>
  agreementDocument({ register, agreement, asOf: AS_OF });
const squeezed = (text: string) => text.replace(/\s+/g, ' ');
const agreements = register.agreements.map((agreement) => [agreement.id, agreement] as const);

test.each(agreements)('of %s says each term, the digest and the text that is signed', (_, agreement) => {
  const page = squeezed(documentText(documentOf(agreement)));
  const values = termsWithValues(written(agreement));
  expect(values.length).toBeGreaterThan(20);
  for (const [term, value] of values) {
    expect(page).toContain(term.label);
    for (const line of plainText(valueInWords(term, value, register)).split('\n'))
      expect(page).toContain(squeezed(line));
  }
  expect(page).toContain(termsDigest(agreement, register.contracts));
});

test('is read out as its golden file', () => {
  const awards = register.agreements.find(({ id }) => id === 'housing-benefit-awards');
  golden('housing-benefit-awards.txt', documentText(documentOf(awards as NonNullable<typeof awards>)));
});

test.each(agreements)('of %s is an OpenDocument text that says the same as the page', (_, agreement) => {
  const page = documentOf(agreement);
  const bytes = openDocumentText(agreement.title, page);
  expect(Buffer.from(openDocumentText(agreement.title, page))).toEqual(Buffer.from(bytes));
  // The first file says what the package is, in clear and at a fixed place, for programs that look no further.
  expect(Buffer.from(bytes.subarray(30, 77)).toString()).toBe(
    'mimetypeapplication/vnd.oasis.opendocument.text',
  );
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual([
    'mimetype',
    'content.xml',
    'styles.xml',
    'meta.xml',
    'META-INF/manifest.xml',
  ]);
  const words = (markup: string) =>
    markup
      .replace(
        /<style>[\s\S]*<\/style>|<title>.*<\/title>|<office:automatic-styles>[\s\S]*<\/office:automatic-styles>/g,
        '',
      )
      .replace(/<text:s text:c="(\d+)"\/>/g, ' ')
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, '');
  expect(words(Buffer.from(files['content.xml'] as Uint8Array).toString())).toBe(
    words(documentPage(agreement.title, page)).replace(/^.*doctype.*\n/i, ''),
  );
});
