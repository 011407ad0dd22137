/** That a document of an agreement is read back as it was meant, or not at all, and that hostile ones are bounded. */
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import {
  agreementDocument,
  DocumentError,
  filledIn,
  openDocumentText,
  readTerms,
  termsWithValues,
} from '../../lib/agreements';
import { type Agreement, TERMS, written } from '../../lib/register';
import { loadRegister } from '../../lib/register/load';
import { documentOdf, documentPage } from '../../lib/words';
import { visible } from '../../lib/words/visible';
import { AS_OF, SAMPLE } from '../register/samples';

const loaded = loadRegister(SAMPLE, AS_OF);
if (!loaded.ok) throw new Error('the sample register is faulty');
const { register } = loaded;
const agreements = register.agreements.map((agreement) => [agreement.id, agreement] as const);

/** Both forms of the document, as bytes. */
const formsOf = (agreement: Agreement) => {
  const page = agreementDocument({ register, agreement, asOf: AS_OF });
  return [strToU8(documentPage(agreement.title, page)), openDocumentText(agreement.title, page)];
};
/** Spaces at the ends of lines are not to be seen in a document. */
const seen = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
        .trim()
    : Array.isArray(value)
      ? value.map(seen)
      : value;

async function readBack(agreement: Agreement) {
  const [page, text] = await Promise.all(formsOf(agreement).map(filledIn));
  expect(page).toEqual(text);
  return readTerms(page ?? [], register);
}

/** That each term is told as it is, or listed; gives the labels of those that are listed. */
async function expectReadBack(agreement: Agreement): Promise<string[]> {
  const { told, untold } = await readBack(agreement);
  const labels = untold.map(({ label }) => label);
  for (const [{ path, label }, value] of termsWithValues(written(agreement)))
    if (!labels.includes(label)) expect([path, told.get(path)]).toEqual([path, seen(value)]);
  const paths = termsWithValues(written(agreement)).map(([{ path }]) => path);
  for (const path of told.keys()) expect(paths).toContain(path);
  return labels;
}

test.each(agreements)('of %s every term is told as it is, but for keys', async (_, agreement) => {
  expect(await expectReadBack(agreement)).toEqual(
    agreement.sealed === undefined ? [] : ['Keys that everything is encrypted to'],
  );
});

/** Texts as people write them: of all that can be seen. A dash at the beginning of a line is the mark of a list. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter(
    (each) => each.trim() !== '' && visible(each) === each && !/^\s*–/m.test(each) && each.trim() !== 'none',
  );
const [, sample] = agreements.find(([id]) => id === 'court-warrants') ?? [];

test('whatever stands in a term, it is told as it is or listed', async () => {
  if (sample === undefined) throw new Error('the sample has this agreement');
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        aim: text,
        items: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
        gateway: text,
        days: fc.integer({ min: 0, max: 20000 }),
        period: fc.constantFrom('P1D', 'P2W', 'P14M', 'P1Y6M', 'P7Y', 'P1200D', 'P1Y2M3W4D'),
      }),
      async ({ aim, items, gateway, days, period }) => {
        const starts = new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
        await expectReadBack({
          ...sample,
          purpose: { ...sample.purpose, aim },
          data: { ...sample.data, items },
          lawfulBasis: { ...sample.lawfulBasis, gateway },
          starts: starts as Agreement['starts'],
          retention: { ...sample.retention, period },
        });
      },
    ),
    { numRuns: 60 },
  );
});

describe('what is filled in otherwise', () => {
  const awards = register.agreements.find(({ id }) => id === 'housing-benefit-awards') as Agreement;
  const html = Buffer.from(formsOf(awards)[0] ?? []).toString('utf8');
  const readHtml = async (page: string) => readTerms(await filledIn(strToU8(page)), register);
  const changed = (from: string, to: string) => {
    expect(html).toContain(from);
    return html.replace(from, to);
  };

  it.each([
    ['a day that is none', '<dd>1 April 2026</dd>', '<dd>as soon as signed</dd>', 'First day'],
    [
      'a choice of other words',
      '<dd>Public task</dd>',
      '<dd>Our public duties</dd>',
      'Lawful basis in UK GDPR Article 6',
    ],
    [
      'a span in other words',
      '<dd>14 months</dd>',
      '<dd>about a year</dd>',
      'How long a recipient keeps its copy',
    ],
    [
      'an organisation nobody knows',
      '<dd>Leeds City Council (<code>leeds</code>)</dd>',
      '<dd>Leeds</dd>',
      'Organisations that receive',
    ],
    ['nothing', '<dd>DPIA-2026-004</dd>', '<dd></dd>', 'Reference of the data protection impact assessment'],
    ['a label of its own', '<dt>Review</dt>', '<dt>Revue</dt>', 'Revue'],
  ])('%s is listed, and all else told', async (_, from, to, label) => {
    const { untold } = await readHtml(changed(from, to));
    expect(untold.map((each) => each.label)).toEqual([label]);
  });

  it('a label that stands there twice is told of neither', async () => {
    const { told, untold } = await readHtml(changed('<dt>Review</dt>', '<dt>Last day</dt>'));
    expect([told.has('ends'), untold]).toEqual([
      false,
      [{ label: 'Last day', why: 'it stands there more than once' }],
    ]);
  });

  it('a list is read as word processors write them, with dashes in its lines, and with one item left', async () => {
    const items = ['Award reference', 'National Insurance number'];
    const list = (of: readonly string[], each: (item: string) => string) => {
      const [, found = ''] = /<dt>Data items<\/dt>(<dd>.*?<\/dd>)/s.exec(html) ?? [];
      return html.replace(found, `<dd>${of.map(each).join('')}</dd>`);
    };
    for (const page of [
      list(items, (each) => `<ul>\n<li><p>${each}</p>\n</li>\n</ul>`),
      list(items, (each) => `– ${each}<br>`),
    ])
      expect((await readHtml(page)).told.get('data.items')).toEqual(items);
    const one = list(items.slice(0, 1), (each) => `<ul><li>${each}</li></ul>`);
    expect((await readHtml(one)).told.get('data.items')).toEqual(items.slice(0, 1));
  });

  it('a text that a word processor has given styles of its own is read all the same', async () => {
    const parts = documentOdf('x', agreementDocument({ register, agreement: awards, asOf: AS_OF }));
    const content = (parts.find(({ path }) => path === 'content.xml')?.text ?? '')
      .replace(
        '<office:automatic-styles>',
        '<office:automatic-styles><style:style style:name="P7" style:family="paragraph" style:parent-style-name="P6"/><style:style style:name="P6" style:family="paragraph" style:parent-style-name="Value"/>',
      )
      .replaceAll('text:style-name="Value"', 'text:style-name="P7"')
      .replace(
        'DPIA-2026-004',
        '<office:annotation><text:p>Is this so?</text:p></office:annotation>DPIA-2026-005',
      );
    const { told, untold } = readTerms(
      await filledIn(zipSync({ 'content.xml': strToU8(content) })),
      register,
    );
    expect([told.get('dpia.reference'), untold]).toEqual(['DPIA-2026-005', []]);
  });
});

describe('refused, with what to do', () => {
  const odt = (content: string) => zipSync({ 'content.xml': strToU8(content) });
  const why = async (bytes: Uint8Array) => {
    try {
      return String(readTerms(await filledIn(bytes), register).told.size);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return error.message;
    }
  };

  it('is what is neither, what is another document, and what holds changes that nobody accepted', async () => {
    expect(await why(strToU8('%PDF-1.7'))).toContain('save it as .odt or .html');
    expect(await why(strToU8('<!doctype html><html><dl><dt>Price</dt><dd>5</dd></dl></html>'))).toContain(
      `nothing in it is called “${TERMS[0]?.label}”`,
    );
    expect(await why(odt('<text:tracked-changes/>'))).toContain('accept or reject all of them');
    expect(await why(zipSync({ 'a.txt': strToU8('x') }))).toContain('without content.xml');
    expect(await why(odt('x').subarray(0, 40))).toContain('save it again as .odt');
  });

  it('is a package that unpacks to more than it says, or to more than any agreement, without its being unpacked', async () => {
    const bomb = zipSync({ 'content.xml': new Uint8Array(64 * 1024 * 1024) });
    expect(await why(bomb)).toContain('larger than that of any agreement');
    // The same, which says that it is small: in the directory, at the place of the size of what is unpacked.
    const lying = Buffer.from(bomb);
    const directory = lying.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    lying.writeUInt32LE(1000, directory + 24);
    expect(await why(lying)).toMatch(/too many bytes|save it again/);
  });

  it('is a page that breaks off, whose last answer may be half of one, and a page in another encoding', async () => {
    const page = (text: string) =>
      `<!doctype html><html><dl><dt>${TERMS[0]?.label}</dt><dd>${text}</dd></dl></html>`;
    expect(await why(strToU8(page('Half of what').slice(0, -25)))).toContain('breaks off before its end');
    expect(await why(Buffer.from(page('Caf\u00e9'), 'latin1'))).toContain('not in UTF-8');
  });

  it('is what holds more labels or more text than any agreement, at once', async () => {
    const label = TERMS[0]?.label ?? '';
    const page = (inner: string) => strToU8(`<!doctype html><html><dl>${inner}</dl></html>`);
    const entry = (text: string) => `<dt>${label}</dt><dd>${text}</dd>`;
    expect(await why(page(entry('x').repeat(200_000)))).toContain('more than any agreement');
    expect(await why(page(entry(' '.repeat(8_000_000))))).toContain('more than any agreement');
    const value = '<text:p text:style-name="Value"><text:s text:c="1000"/></text:p>';
    expect(await why(odt(`<t>${value.repeat(200_000)}</t>`))).toContain('more than any agreement');
    // What is within bounds takes no longer than it is long.
    expect(await filledIn(page(entry(`${' '.repeat(1_000_000)}x`)))).toEqual([[label, 'x']]);
    const span = TERMS.find(({ form }) => form === 'span')?.label ?? '';
    const digits = `<dt>${span}</dt><dd>${'1'.repeat(900_000)}</dd>`;
    expect(await why(page(entry('x') + digits))).toBe('1');
  }, 20_000);

  it('is no word that two paragraphs make together: each is a line of its own', async () => {
    const page = '<!doctype html><html><dl><dt>Why</dt><dd><p>One.</p>\n <p>Two.</p></dd></dl></html>';
    expect(await filledIn(strToU8(page))).toEqual([['Why', 'One.\nTwo.']]);
  });

  it('is no entity of a document type: it stays what it is', async () => {
    const page = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><office:text><text:p text:style-name="Label">${TERMS[0]?.label}</text:p><text:p text:style-name="Value">&b;</text:p></office:text>`;
    const entries = await filledIn(odt(page));
    expect(entries).toEqual([[TERMS[0]?.label, '&b;']]);
  });
});
