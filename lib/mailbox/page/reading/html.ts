/**
 * HTML that somebody wrote, as it may be shown here: words, lists and tables. What runs, what loads, what looks like a part of this
 * page and what can be followed are taken out; of a link its address stays, as words.
 * @see https://github.com/cure53/DOMPurify
 */
import DOMPurify from 'dompurify';
import { inPieces, PIECE } from '../letters/pieces';

const TAGS = [
  ...[
    'p',
    'br',
    'hr',
    'div',
    'span',
    'blockquote',
    'pre',
    'code',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'sub',
    'sup',
  ],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'a'],
];
/** Larger ones are not taken apart here. */
const MOST = 500_000;
/** Nor those with more elements: browsers take seconds for what is nested deeply. */
const MOST_ELEMENTS = 10_000;
/**
 * What browsers open again in each paragraph once one was ended before it: some hundred of these and as many paragraphs would be more
 * elements than a tab can hold. So they are other elements until all is taken apart; those that are shown are then made again.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements
 */
const OPENED_AGAIN = /(<\/?)(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])/gi;
const FOR_NOW = 'x-';
/** Those of them that are shown. */
const MADE_AGAIN = TAGS.filter((each) => `<${each}>`.match(OPENED_AGAIN) !== null);

/** What may be shown; nothing where it is too large to be looked at, or spoilt so that it cannot be cleaned. */
export function shownHtml(html: string): DocumentFragment | undefined {
  if (html.length > MOST || (html.match(/<[a-z]/gi)?.length ?? 0) > MOST_ELEMENTS) return undefined;
  try {
    return cleaned(html);
  } catch {
    // Some broken HTML makes browsers build what the library cannot take apart: what is not cleaned is not shown.
    return undefined;
  }
}

function cleaned(html: string): DocumentFragment {
  // Headings of a letter are none of this page, and an address is shown to whoever is to go there.
  const fragment = DOMPurify.sanitize(html.replace(OPENED_AGAIN, `$1${FOR_NOW}$2`), {
    ALLOWED_TAGS: [
      ...TAGS.filter((each) => !MADE_AGAIN.includes(each)),
      ...MADE_AGAIN.map((each) => FOR_NOW + each),
    ],
    ALLOWED_ATTR: ['colspan', 'rowspan', 'href'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const anchor of fragment.querySelectorAll('a')) {
    const address = anchor.getAttribute('href') ?? '';
    const words = anchor.textContent ?? '';
    anchor.replaceWith(words === address || address === '' ? words : `${words} [${address}]`);
  }
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const bold = document.createElement('p');
    const strong = document.createElement('strong');
    strong.append(...heading.childNodes);
    bold.append(strong);
    heading.replaceWith(bold);
  }
  for (const name of MADE_AGAIN)
    for (const each of fragment.querySelectorAll(FOR_NOW + name)) {
      const made = document.createElement(name);
      made.append(...each.childNodes);
      each.replaceWith(made);
    }
  // Broken HTML leaves addresses where nothing can be followed.
  for (const each of fragment.querySelectorAll('[href]')) each.removeAttribute('href');
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const long: Text[] = [];
  while (texts.nextNode() !== null) {
    const text = texts.currentNode as Text;
    if (text.length > PIECE) long.push(text);
  }
  for (const text of long) text.replaceWith(...inPieces(text.data));
  return fragment;
}
