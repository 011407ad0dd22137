/** What the page is made of: small, nothing of Node, and a policy that names every place and no other. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { profileOfPage } from '../../lib/delivery';
import { mailboxFolder } from '../../lib/mailbox/files';
import { ORGANISATIONS, playProfile } from '../../lib/mailbox/play/profiles';
import { pageProgram } from '../../lib/start/page';
import { parseProfile, profileText } from '../../lib/wire';
import { X25519 } from '../age-keys';
import { compiledStyle, MAILBOX_STYLE } from '../evidence/page-style';

/** What is promised: bytes of script and style, compressed. */
const MOST_BYTES = 150_000;
/** And of each part that is loaded once it is wanted. */
const MOST_PART_BYTES = 50_000;
/** So much room is left for what is still to come. */
const ROOM = 8_000;
const [organisation] = ORGANISATIONS;
const { files, headers, digest } = mailboxFolder(playProfile(organisation, '2026-11-29'));
const index = files.get('index.html')?.bytes.toString() ?? '';

it('has less than 150 kB of code, compressed', () => {
  const { script, reading, sealed, style } = pageProgram();
  const size = (text: string) => gzipSync(text, { level: 9 }).length;
  const bytes = size(script) + size(style);
  expect(bytes).toBeLessThan(MOST_BYTES - ROOM);
  expect(bytes).toBeGreaterThan(20_000);
  // What reading and sealed letters take comes once it is wanted, and nobody waits for it before.
  for (const [part, of] of [
    [reading, 'x-user-defined'],
    [sealed, 'age-encryption.org'],
  ] as const) {
    expect([of, part.includes(of), script.includes(of)]).toEqual([of, true, false]);
    expect(size(part)).toBeLessThan(MOST_PART_BYTES);
  }
});

it('asks for nothing of Node, and for no other module', () => {
  const { script, reading, sealed } = pageProgram();
  for (const text of [script, reading, sealed]) {
    expect(text.match(/(?:^|[;}])import[ {"*].{0,80}/g)).toBeNull();
    expect(text.match(/\brequire\("[^"]*"\)|"node:[a-z/]+"/g)).toBeNull();
  }
});

it('has the style that its source and govuk-frontend come to, without the crown and the typeface of the GDS', () => {
  const style = readFileSync(MAILBOX_STYLE, 'utf8');
  expect(style).toBe(compiledStyle(MAILBOX_STYLE));
  expect(style).not.toMatch(/GDS Transport|@font-face|url\(|govuk-logo/i);
});

it('lets the page speak to the organisation’s own places and its provider, and run and load nothing else', () => {
  const policy = headers['content-security-policy'] ?? '';
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self' https://concordat-play-northmoor.s3.eu-west-2.amazonaws.com https://concordat-play-ledger.s3.eu-west-2.amazonaws.com https://0a1b2c3d4e5f--northmoor-100000000042.s3-accesspoint.eu-west-2.amazonaws.com https://sts.eu-west-2.amazonaws.com https://sign-in.northmoor.example",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dompurify',
    "frame-ancestors 'none'",
  ]);
  // In the page too, whatever a server leaves out; there, frames cannot be named.
  expect(index).toContain(`content="${policy.replace("; frame-ancestors 'none'", '')}"`);
});

it('names each file by its digest, and has the browser hold it against that', () => {
  const named = [
    ...index.matchAll(
      /(?:href|src|data-reading|data-sealed)="([a-z]+-[0-9a-f]{20}\.(?:js|css))" (?:data-[a-z]+-)?integrity="sha384-([^"]+)"/g,
    ),
  ];
  expect(named).toHaveLength(4);
  for (const [, name = '', integrity] of named)
    expect(
      createHash('sha384')
        .update(files.get(name)?.bytes ?? '')
        .digest('base64'),
    ).toBe(integrity);
  expect(
    [...files].filter(([, { keeps }]) => keeps).map(([name]) => name.replace(/-[0-9a-f]{20}\./, '.')),
  ).toEqual(['page.js', 'reading.js', 'sealed.js', 'page.css', 'icon.svg', `release-${digest}.txt`]);
});

it('says what is missing where JavaScript is', () => {
  expect(index).toMatch(/<noscript>.*needs JavaScript/s);
});

it('names, to whoever asks, no agreement but those of correspondence, and no role of AWS that reads an inbox', () => {
  const profile = playProfile(organisation, '2026-11-29');
  const [sends] = profile.sends;
  const [collects] = profile.collects;
  if (sends === undefined || collects === undefined) throw new Error('the play has an agreement');
  const { writesTo: _, ...files } = {
    ...sends,
    agreement: 'payroll-fraud',
    prefix: 'agreements/payroll-fraud/',
  };
  const inbox = { id: 'a', team: 'A', roles: ['arn:aws:iam::100000000041:role/reader'], appRoles: ['a'] };
  const whole = {
    ...profile,
    sends: [sends, files],
    collects: [{ ...collects, inboxes: [inbox] }],
  };
  expect(parseProfile(profileText(profileOfPage(whole)))).toEqual({
    ...profile,
    collects: [{ ...collects, inboxes: [{ id: 'a', team: 'A', appRoles: ['a'] }] }],
  });
  const served = [...mailboxFolder(whole).files.values()].map(({ bytes }) => bytes.toString()).join('');
  expect(served).not.toMatch(/payroll-fraud|role\/reader/);
});

it('names, to whoever asks, the keys to which letters are sealed, and not who keeps their secret halves', () => {
  const [first, second] = X25519;
  const sealed = playProfile(organisation, '2026-11-29', 1_000_000, undefined, {
    kind: 'x25519',
    why: 'It was promised.',
    keys: [
      { key: first.recipient, holder: 'northmoor', keptBy: 'In the safe of the duty team' },
      { key: second.recipient, holder: 'eastdale', keptBy: 'In the safe of the desk' },
    ],
  });
  const told = profileOfPage(sealed);
  expect(told.sends[0]?.sealed?.keys.map(({ key }) => key)).toEqual([second.recipient]);
  expect(told.collects[0]?.sealed?.keys.map(({ key }) => key)).toEqual([first.recipient]);
  expect(profileText(told)).not.toContain('In the safe');
  expect(parseProfile(profileText(told))).toEqual(told);
});

it('has a list of its files that is named by its digest, and that names each file by that of its bytes', () => {
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const list = files.get(`release-${digest}.txt`)?.bytes ?? Buffer.alloc(0);
  expect(sha256(list)).toBe(digest);
  const listed = [...files]
    .filter(([name]) => !name.startsWith('release-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  expect(list.toString()).toBe(listed.map(([name, { bytes }]) => `${sha256(bytes)}  ${name}\n`).join(''));
});
