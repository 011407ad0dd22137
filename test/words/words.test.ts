/** That words come out right in each form: lists, numbers, columns, pages for a terminal and for a browser. */
import fc from 'fast-check';
import {
  andList,
  code,
  codeBlock,
  columns,
  definitions,
  describe as described,
  documentMarkdown,
  documentOdf,
  documentText,
  heading,
  list,
  marked,
  markedText,
  orList,
  paragraph,
  plainText,
  plural,
  say,
  strong,
  table,
  visible,
  wrapped,
} from '../../lib/words';
import { documentHtml } from '../../lib/words/html';
import { link, listed } from '../../lib/words/sentence';
import { widthOf } from '../../lib/words/width';

it.each([
  [[], '', ''],
  [['a'], 'a', 'a'],
  [['a', 'b'], 'a and b', 'a or b'],
  [['a', 'b', 'c'], 'a, b and c', 'a, b or c'],
])('lists %j', (words, and, or) => {
  expect([andList(words), orList(words)]).toEqual([and, or]);
  expect(markedText(andList(words.map((each) => code(each))))).toBe(and.replace(/\b[abc]\b/g, '`$&`'));
});

it('counts', () => {
  expect([
    plural(1, 'error'),
    plural(0, 'error'),
    plural(1100, 'error'),
    plural(2, 'policy', 'policies'),
    plural(1, 'policy', 'policies'),
  ]).toEqual(['1 error', '0 errors', '1,100 errors', '2 policies', '1 policy']);
});

it('shows what cannot be seen, and leaves what can', () => {
  expect(visible('a\u001b[31m\u202eb\u2028')).toBe('a\\u{1b}[31m\\u{202e}b\\u{2028}');
  expect(visible('Caffè 字 👍 £5')).toBe('Caffè 字 👍 £5');
  expect([described(''), described([]), described({}), described(undefined)]).toEqual([
    'an empty value',
    'an empty list',
    'a group of settings',
    'nothing',
  ]);
});

test('of every character alone it is shown whether it can be seen', () => {
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
  const wrong = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => hidden.test(character) === (visible(character) === character),
  );
  expect(wrong).toEqual([]);
});

it('fills lines up to the width and no further, and loses no word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '字'), minLength: 1, maxLength: 9 }), {
        minLength: 1,
      }),
      fc.integer({ min: 20, max: 40 }),
      (words, width) => {
        const lines = wrapped(words.join(' '), width, '- ', '  ');
        expect(lines.every((line) => widthOf(line) <= width)).toBe(true);
        expect(lines.map((line) => line.slice(2)).join(' ')).toBe(words.join(' '));
        // No line could have taken the first word of the next.
        for (const [index, line] of lines.slice(1).entries())
          expect(widthOf(`${lines[index]} ${line.slice(2).split(' ')[0]}`)).toBeGreaterThan(width);
      },
    ),
  );
});

it('sets columns by what a terminal shows', () => {
  expect(
    columns([
      ['字', 'x'],
      ['é', 'y', ''],
      ['\u001b[31mred\u001b[39m', 'z'],
    ]),
  ).toEqual(['字   x', 'é    y', '\u001b[31mred\u001b[39m  z']);
  expect(
    columns(
      [
        ['a long one', 'x'],
        ['b', 'y'],
      ],
      { widest: 3 },
    ),
  ).toEqual(['a long one  x', 'b    y']);
});

const PAGE = [
  heading(1, 'Title'),
  heading(2, say`Of ${code('x')}`),
  paragraph(say`See ${link('this', 'https://example.org/')} & ${strong('that')}.`),
  list([{ text: 'one', more: ['under'] }]),
  definitions([
    ['Held', 'here'],
    ['Can decrypt', marked('`a`')],
  ]),
  codeBlock(['ls', '', 'pwd']),
  table(['a', 'b'], [['1', '<2>']]),
];

it('writes a page for a terminal', () => {
  expect(documentText(PAGE)).toBe(`Title
=====

Of x
----

See this (https://example.org/) & that.

- one
  - under

Held         here
Can decrypt  a

    ls

    pwd

a  b
1  <2>
`);
  expect(plainText(strong('a'), (style, text) => `${style}:${text}`)).toBe('bold:a');
});

it('writes a page for a browser', () => {
  expect(documentHtml(PAGE).text).toBe(`<h1>Title</h1>
<h2>Of <code>x</code></h2>
<p>See <a href="https://example.org/">this</a> &amp; <strong>that</strong>.</p>
<ul>
<li>one<ul><li>under</li></ul></li>
</ul>
<dl>
<div><dt>Held</dt><dd>here</dd></div>
<div><dt>Can decrypt</dt><dd><code>a</code></dd></div>
</dl>
<pre><code>ls

pwd</code></pre>
<table>
<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
<tbody>
<tr><td data-label="a">1</td><td data-label="b">&lt;2&gt;</td></tr>
</tbody>
</table>`);
});

it('shows several things as a list where the form has lists, and else line by line', () => {
  const page = [
    definitions([['May read', listed([code('a'), 'b'])]]),
    table(['who'], [[listed(['a', 'b'])]]),
  ];
  expect(documentHtml(page).text).toContain('<dd><ul><li><code>a</code></li><li>b</li></ul></dd>');
  expect(documentHtml(page).text).toContain('<td data-label="who"><ul><li>a</li><li>b</li></ul></td>');
  expect(documentText(page)).toContain('May read  – a\n          – b');
  expect(documentMarkdown(page)).toContain('– `a`<br>– b');
  const content = documentOdf('x', page).find(({ path }) => path === 'content.xml')?.text;
  expect(content?.match(/<text:list-item>/g)).toHaveLength(4);
  expect(documentHtml([definitions([['May read', listed(['a'])]])]).text).toContain('<dd>a</dd>');
});

it('lets nothing become markup in a browser, and no address run anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'&a/='), maxLength: 12 }), (text) => {
      const page = documentHtml([paragraph(say`${text}${code(text)}`)]).text;
      expect(page.replace(/^<p>|<\/p>$|<\/?code>/g, '')).not.toMatch(/[<>"']/);
    }),
  );
  expect(documentHtml([paragraph(link('x', 'javascript:alert(1)'))]).text).toBe('<p><a href="#">x</a></p>');
});
