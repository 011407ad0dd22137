/**
 * Messages that mean harm to whoever is shown them, drawn by a seed, the same each time: scripts in every place, HTML that swallows what
 * follows, parts in parts, broken MIME, enormous fields, names that look like others, and links. Many are whole messages that are
 * taken: what a look at their form refuses never gets as far as the page.
 */
import { Random } from '../../bench/random';
import { drawnMessage } from '../../messages/shapes';
import { HOSTILE_HTML, SWALLOWING } from './hostile-html';

const RUN = 'window.ran=1';
const PIECES = [...HOSTILE_HTML, ...SWALLOWING];
/** What is put between, into and around pieces of HTML. */
const STRANGE = [
  '<',
  '>',
  '"',
  "'",
  '`',
  '=',
  '/',
  '\\',
  '&',
  ';',
  '\0',
  '\u2028',
  '\ufeff',
  '\u202e',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '%',
  '&lt;script&gt;',
  '&#x3c;img src=x onerror=ran=1&#62;',
  'javascript:',
  'data:text/html,',
  '</div></div></main>',
  '<svg>',
  '<math>',
  '<table>',
  '<select>',
  '<template>',
  '<noscript>',
  '<plaintext>',
  '<style>',
  '<title>',
  '<frameset>',
  '<annotation-xml encoding="text/html">',
  ' onload=ran=1 ',
  ' style="background:url(//evil.example/x)" ',
  ' href="//evil.example" ',
  ' is="x-y" ',
  ' slot="x" ',
  ' id="main" ',
];
const LINKS = [
  `javascript:${RUN}`,
  `JaVaScRiPt\t:${RUN}`,
  `&#106;avascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `vbscript:${RUN}`,
  'https://northmoor.example@evil.example/',
  'https://xn--nrthmoor-33g.example/',
  'https://n\u043erthmoor.example/',
  '//evil.example',
  'blob:https://evil.example/1',
  'file:///etc/passwd',
  'mailto:a@evil.example?body=x',
  'tel:0',
  '#sign-out',
  '#write',
  '?state=a&code=b',
  'ms-word:ofe|u|https://evil.example/a.docx',
];
const NAMES = [
  'Adult safeguarding team',
  'Adult saf\u0435guarding team',
  'Adult safeguarding\u200b team',
  'Adult safeguarding tearn',
  '\u202emaet gnidraugefas tludA',
  `<img src=x onerror=${RUN}>`,
  `"><script>${RUN}</script>`,
  'x'.repeat(9_000),
  '\u0300'.repeat(3_000),
  '',
  '=?UTF-8?B?PHNjcmlwdD4=?=',
  'Discharge desk',
];
const FILES = [
  'plan.pdf',
  'plan.pdf.exe',
  'plan\u202efdp.exe',
  '../../../etc/passwd',
  'C:\\run.bat',
  `<img src=x onerror=${RUN}>.pdf`,
  `a" onmouseover="${RUN}`,
  '.',
  '',
  'x'.repeat(4_000),
  'pl\u0430n.pdf',
  'plan.pdf\u200b',
  'con.txt',
  'a\nb.txt',
];
const ADDRESSES = [
  'adult-safeguarding@northmoor.concordat.invalid',
  'somebody@evil.example',
  'adult-safeguarding@eastdale.concordat.invalid',
  'a@northmoor.concordat.invalid.evil.example',
];
const TYPES = [
  'application/pdf',
  'text/plain',
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'message/rfc822',
  'application/octet-stream',
];

/** A message. */
export function hostileMessage(seed: number): Uint8Array {
  const random = new Random(seed);
  // Real shapes in bad hands, then whole ones.
  return random.between(0, 3) === 0 ? drawnMessage(seed) : whole(random);
}

function whole(random: Random): Uint8Array {
  const parts = Array.from({ length: random.between(0, 3) }, () => fileOf(random));
  const body = random.one([
    () => part('text/html', htmlOf(random), random),
    () => part('text/plain', random.one([htmlOf, plainOf])(random), random),
    () =>
      multipart(
        'alternative',
        [part('text/plain', plainOf(random), random), part('text/html', htmlOf(random), random)],
        random,
      ),
    () => multipart('related', [part('text/html', htmlOf(random), random), fileOf(random)], random),
  ])();
  let inner = parts.length === 0 ? body : multipart('mixed', [body, ...parts], random);
  for (let deep = random.between(-6, 9); deep > 0; deep--)
    inner = multipart(random.one(['mixed', 'alternative', 'related']), [inner], random);
  const lines = [
    `From: ${words(random.one(NAMES))}\r\n <${random.one(ADDRESSES)}>`,
    `To: <discharge-desk@eastdale.concordat.invalid>`,
    `Subject: ${words(random.one([random.one(PIECES), random.one(NAMES), random.one(LINKS), soup(random)]))}`,
    `Date: ${random.one(['Mon, 23 Nov 2026 09:30:00 +0000', 'Mon, 23 Nov 2026 09:30:00 +0000', 'yesterday', '<script>'])}`,
    ...(random.between(0, 4) === 0
      ? [`References:${'\r\n <a@b.example>'.repeat(random.between(0, 900))}`]
      : []),
    ...(random.between(0, 9) === 0 ? [`X-Filler: ${'y'.repeat(random.between(0, 40_000))}`] : []),
    'MIME-Version: 1.0',
    inner,
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** An entity: its fields, an empty line, its body. */
function part(mediaType: string, text: string, random: Random, more: readonly string[] = []): string {
  const [charset, bytes] = random.one([
    () => ['utf-8', Buffer.from(text)] as const,
    () => ['utf-8', Buffer.from(text)] as const,
    () => ['utf-16le', Buffer.from(text, 'utf16le')] as const,
    () => ['windows-1252', Buffer.from(text, 'latin1')] as const,
    () => ['iso-2022-jp', Buffer.from(`\u001b$B${text}\u001b(B${text}`, 'latin1')] as const,
  ])();
  const [encoding, encoded] = random.one([
    () => ['base64', base64(bytes)] as const,
    () => ['quoted-printable', quoted(bytes)] as const,
  ])();
  const fields = [
    `Content-Type: ${mediaType}; charset=${charset}`,
    ...more,
    `Content-Transfer-Encoding: ${encoding}`,
  ];
  return `${fields.join('\r\n')}\r\n\r\n${encoded}\r\n`;
}

function fileOf(random: Random): string {
  const name = random.one(FILES);
  const type = random.one(TYPES);
  const shown = random.one(['attachment', 'attachment', 'inline']);
  const disposition = `Content-Disposition: ${shown};\r\n filename*=UTF-8''${encodeURIComponent(name)}`;
  if (type === 'message/rfc822')
    return `Content-Type: message/rfc822\r\n${disposition}\r\n\r\nFrom: <a@b.example>\r\nDate: Mon, 23 Nov 2026 09:30:00 +0000\r\n${part('text/html', htmlOf(random), random)}`;
  return part(type, htmlOf(random), random, [disposition]);
}

function multipart(kind: string, parts: readonly string[], random: Random): string {
  const boundary = `b${random.between(0, 1e9)}`;
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((each) => `--${boundary}\r\n${each}\r\n`).join('')}--${boundary}--\r\n`;
}

/** HTML of hostile pieces: in a row, in one another, cut and spoilt; now and then very deep, or very long. */
function htmlOf(random: Random): string {
  const kind = random.between(0, 60);
  if (kind === 0) return `${'<div>'.repeat(random.between(1, 30_000))}<img src=x onerror=${RUN}>`;
  // Each character of another font: of one long line, browsers lay out nothing within a minute.
  if (kind === 5) return '\ufffd\u6f22'.repeat(random.between(1, 200_000));
  if (kind === 1)
    return `<p ${`a${random.between(0, 9)}="b" `.repeat(random.between(1, 5_000))}>x</p>`.repeat(3);
  if (kind === 2) return `<table>${'<tr><td>'.repeat(random.between(1, 4_000))}${random.one(PIECES)}`;
  if (kind === 3) return `${'<b><i><svg><style>'.repeat(random.between(1, 2_000))}<img src=x onerror=${RUN}>`;
  // Each paragraph opens again what was never closed: a million elements of some kilobytes.
  if (kind === 6) {
    const open = Array.from({ length: random.between(1, 2_000) }, (_, n) => `<b c${n}>`).join('');
    return `<p>${open}${'</p><p>x'.repeat(random.between(1, 2_000))}`;
  }
  if (kind === 4) return random.one(PIECES).repeat(random.between(1, 4_000)).slice(0, 1_999_000);
  const pieces = random
    .some(PIECES, random.between(1, 6))
    .map((each) => (random.between(0, 1) === 0 ? each : spoilt(each, random)));
  return random.between(0, 2) === 0
    ? pieces.reduce((all, each) => each.replace('>', `>${all}`), soup(random))
    : pieces.join(soup(random));
}

/** Changed in a few places. */
function spoilt(text: string, random: Random): string {
  let all = text;
  for (let times = random.between(1, 5); times > 0; times--) {
    const place = random.between(0, all.length);
    all = all.slice(0, place) + random.one(STRANGE) + all.slice(place + random.between(0, 4));
  }
  return all;
}

function soup(random: Random): string {
  return [
    ...random.some(STRANGE, random.between(0, 5)),
    `<a href="${random.one(LINKS)}">${random.one(LINKS)}</a>`,
  ].join('');
}

function plainOf(random: Random): string {
  return [
    random.one(PIECES),
    random.one(LINKS),
    random.one(NAMES),
    `${'z'.repeat(random.between(0, 5_000))}\n`,
    '\n'.repeat(random.between(0, 2_000)),
  ].join('\n');
}

/** Encoded words of whole characters. */
function words(text: string): string {
  const pieces = text.match(/.{1,10}/gsu) ?? [];
  return pieces.map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join('\r\n ');
}

function base64(bytes: Buffer): string {
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
}

function quoted(bytes: Buffer): string {
  const digits = [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
  return (digits.join('').match(/.{1,75}/g) ?? []).join('=\r\n');
}
