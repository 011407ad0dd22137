/**
 * The page of one organisation as a folder: any server may serve it, and none of it does anything on the server. Names hold
 * digests, so that what is kept on the way is never of another release; the policy lets it speak to the organisation’s own places
 * and provider, and to nobody else.
 */
import { createHash } from 'node:crypto';
import { contentPolicy, type Elsewhere, pageHeaders, profileOfPage } from '../delivery';
import { pageProgram } from '../start/page';
import { PROFILE_FILE, type Profile, profileText } from '../wire';
import { Html, html } from '../words';
import { ICON } from './icon';
import { digestOfFiles, releaseFile, releaseText } from './release';

/** The page as files, and what is said with each. */
export interface MailboxFolder {
  readonly files: ReadonlyMap<string, MailboxFile>;
  /** With every file: names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the release: that of every file but the one that is named by it. */
  readonly digest: string;
}

/** One file. */
interface MailboxFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Whether its name changes with its bytes: it may be kept for good. */
  readonly keeps: boolean;
}

/**
 * Makes it.
 * @param elsewhere other places than the real ones, for a play
 */
export function mailboxFolder(whole: Profile, elsewhere?: Elsewhere): MailboxFolder {
  const profile = profileOfPage(whole);
  const { script, reading, sealed, style } = pageProgram();
  const [page, reads, seals, look, icon] = [
    named('page', 'js', script),
    named('reading', 'js', reading),
    named('sealed', 'js', sealed),
    named('page', 'css', style),
    named('icon', 'svg', ICON),
  ];
  const policy = contentPolicy(profile, elsewhere);
  const meta =
    elsewhere === undefined
      ? ''
      : html`<meta name="concordat-elsewhere" content="${JSON.stringify(elsewhere)}">`;
  const index = html`<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head><meta charset="utf-8"><title>Secure messages</title>
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
${meta}<link rel="icon" href="${icon.name}" type="image/svg+xml">
<link rel="stylesheet" href="${look.name}" integrity="${look.integrity}">
<script type="module" src="${page.name}" integrity="${page.integrity}" data-reading="${reads.name}" data-reading-integrity="${reads.integrity}" data-sealed="${seals.name}" data-sealed-integrity="${seals.integrity}"></script></head>
<body class="govuk-template__body"><header class="govuk-generic-header"><div class="govuk-generic-header__container govuk-width-container"><div class="govuk-generic-header__logo"><span class="name">Concordat <span class="of">secure messages</span></span></div></div></header>
<div class="govuk-width-container"><main class="govuk-main-wrapper"><h1 class="govuk-heading-l">Secure messages</h1><noscript>
<p class="govuk-body">This page needs JavaScript, and your browser does not run it: messages are fetched and checked in your browser, and by nobody on the way.</p>
<p class="govuk-body">Turn JavaScript on for this page, or ask your IT help desk. They can also collect and send messages with the command line client.</p></noscript></main></div></body></html>
`.text;
  const files = new Map([
    ['index.html', file(index, 'text/html; charset=utf-8', false)],
    [page.name, file(script, 'text/javascript; charset=utf-8', true)],
    [reads.name, file(reading, 'text/javascript; charset=utf-8', true)],
    [seals.name, file(sealed, 'text/javascript; charset=utf-8', true)],
    [look.name, file(style, 'text/css; charset=utf-8', true)],
    [icon.name, file(ICON, 'image/svg+xml', true)],
    [PROFILE_FILE, file(profileText(profile), 'application/json', false)],
  ]);
  const digest = digestOfFiles(files);
  return {
    files: files.set(releaseFile(digest), file(releaseText(files), 'text/plain; charset=utf-8', true)),
    headers: pageHeaders(policy),
    digest,
  };
}

function named(stem: string, ending: string, text: string) {
  const digest = createHash('sha384').update(text).digest();
  return {
    name: `${stem}-${digest.subarray(0, 10).toString('hex')}.${ending}`,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}

/**
 * All that is said with one file of a page, by names in lower case: what is said with every one, what it is, and how long it may be kept.
 * @throws Error where the page has no such file
 */
export function headersOf(
  { files, headers }: Pick<MailboxFolder, 'files' | 'headers'>,
  name: string,
): Readonly<Record<string, string>> {
  const found = files.get(name);
  if (found === undefined) throw new Error(`the page has no file ${name}`);
  return { ...headers, 'cache-control': cacheOf(found), 'content-type': found.mediaType };
}

/** How long whoever is on the way may keep a file: for good, or only after asking whether it is still the same. */
export function cacheOf({ keeps }: Pick<MailboxFile, 'keeps'>): string {
  return keeps ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function file(text: string, mediaType: string, keeps: boolean): MailboxFile {
  return { bytes: Buffer.from(text), mediaType, keeps };
}
