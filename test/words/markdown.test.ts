/** That Markdown shows each character as it was given, read by an independent reader of CommonMark with GitHub’s tables. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import {
  capital,
  code,
  codeBlock,
  definitions,
  details,
  documentMarkdown,
  heading,
  joined,
  lines,
  list,
  marked,
  paragraph,
  Sentence,
  say,
  strong,
  table,
  visible,
  type Words,
} from '../../lib/words';
import { emphasis, type Inline, link } from '../../lib/words/sentence';
import { CODE_POINT } from '../code-point';

const reader = new MarkdownIt({ html: true });

/** What a reader of the Markdown sees: HTML without its tags, spaces made one. */
function seen(markdown: string): string {
  return onSpaces(
    reader
      .render(markdown)
      .replace(/<br>/g, ' ')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&#32;', ' ')
      .replaceAll('&amp;', '&'),
  );
}

function onSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function given(words: Words): string {
  const of = (parts: readonly Inline[]): string =>
    parts
      .map((part) => ('text' in part ? visible(part.text) : part.kind === 'break' ? ' ' : of(part.content)))
      .join('');
  return onSpaces(typeof words === 'string' ? visible(words) : of(words.parts));
}

/** Texts made of what Markdown and HTML take for their own, between letters. */
const texts = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      ...'ab 1.)-+=#*_`~|\\<>[]()!&;:"\'',
      '&amp;',
      '<b>',
      '](x)',
      '**',
      '```',
      '\n',
      '- ',
      '1. ',
      'é',
      '字',
    ),
    maxLength: 14,
  }),
  fc.string({ unit: CODE_POINT, maxLength: 10 }),
);
const simple = fc.oneof(
  texts.map((text): Words => text),
  texts.map((text): Words => code(text)),
);
const words: fc.Arbitrary<Words> = fc
  .array(
    fc.oneof(
      simple,
      simple.map((each) => strong(each)),
      simple.map((each) => emphasis(each)),
      simple.map((each) => link(joined(['to ', each]), 'https://example.org/a?b=c|d')),
    ),
    { maxLength: 4 },
  )
  .map((all) => joined(all));

it.each<[string, (words: Words) => string]>([
  ['a paragraph', (each) => documentMarkdown([paragraph(each)])],
  ['a heading', (each) => documentMarkdown([heading(2, each)])],
  ['an item of a list', (each) => documentMarkdown([list([each])])],
  ['an item below an item', (each) => documentMarkdown([list([{ text: 'x', more: [each] }])])],
])('shows every character of %s', (_where, page) => {
  fc.assert(
    fc.property(words, (each) => {
      expect(seen(page(each)).replace(/^x ?/, '')).toBe(given(each).replace(/^x ?/, ''));
    }),
    { numRuns: 400 },
  );
});

it('keeps each cell of a table in its place', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 4 }), (rows) => {
      const page = reader.render(documentMarkdown([table(['one', 'two'], rows)]));
      const cells = [...page.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => cell);
      expect(cells).toHaveLength(rows.length * 2);
      expect(seen(documentMarkdown([definitions(rows)]))).toBe(
        onSpaces(rows.map(([a, b]) => `${given(a)} ${given(b)}`).join(' ')),
      );
    }),
    { numRuns: 400 },
  );
});

it('gives lines to copy exactly, whatever fences stand in them', () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (all) => {
      const [block] = reader.parse(documentMarkdown([codeBlock(all)]), {});
      expect(block?.content).toBe(`${all.map(visible).join('\n')}\n`);
    }),
  );
});

it('lets no text make markup', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(reader.render(documentMarkdown([paragraph(text)])).match(/<(?!\/?p>)/g) ?? []).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

it('writes what people would write', () => {
  expect(
    documentMarkdown([
      heading(1, say`The key of ${'Leeds'} (${code('leeds')})`),
      paragraph(say`${strong('Nobody')} may ${emphasis('read')} ${1100} of ${link('these', 'a b.html')}.`),
      list(['one', { text: 'two', more: [marked('run `ls`')] }]),
      list(['read it'], 'ticks'),
      list(['first', 'second'], 'numbers'),
      table(['a', 'b'], [[code('x|y'), lines(['p', 'q'])]]),
      details('more & more', [paragraph('inside')]),
    ]),
  ).toBe(`# The key of Leeds (\`leeds\`)

**Nobody** may *read* 1,100 of [these](<a%20b.html>).

- one
- two
  - run \`ls\`

- [ ] read it

1. first
2. second

| a | b |
| --- | --- |
| \`x\\|y\` | p<br>q |

<details>
<summary>more &amp; more</summary>

inside

</details>
`);
});

it('begins with a capital, but keeps the case of code', () => {
  expect(capital('écoute').parts).toEqual([{ kind: 'text', text: 'Écoute' }]);
  expect(capital(say`${code('kms:Decrypt')} is denied`).parts[0]).toEqual({
    kind: 'code',
    text: 'kms:Decrypt',
  });
  expect(capital('').empty && new Sentence([]).empty).toBe(true);
});
