/** The frame of a page: one file, no script, nothing fetched. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Html, html } from '../../words';

/** What a page is called, and what it is about. */
export interface Frame {
  readonly title: string;
  /** In the header. */
  readonly name: string;
  /** For the foot of each printed page. */
  readonly mark: string;
  /** Where it is of a sample: what is invented. */
  readonly sample?: string | undefined;
  readonly contents: readonly (readonly [anchor: string, words: string])[];
}

const STYLE = readFileSync(join(__dirname, 'page.css'), 'utf8');

/**
 * A whole page. Its policy lets it load nothing and run nothing: only its own style, which is named by its hash.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export function pageText({ title, name, mark, sample, contents }: Frame, main: Html): string {
  // Quotes and line ends could end the text of the rule; marks are hashes and dates.
  const printed = mark.replaceAll(/[^\w :.,()/-]/g, '');
  const style = `${STYLE}@page{@bottom-left{content:"${printed}";font:8pt arial,sans-serif}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt arial,sans-serif}}`;
  const hash = createHash('sha256').update(style).digest('base64');
  return html`<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head><meta charset="utf-8"><title>${title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<style>${new Html(style)}</style></head>
<body class="govuk-template__body"><a href="#main" class="govuk-skip-link">Skip to main content</a>
<header class="govuk-generic-header"><div class="govuk-generic-header__container govuk-width-container"><div class="govuk-generic-header__logo"><a href="#main" class="govuk-generic-header__homepage-link">${name}</a></div></div></header>
<div class="govuk-width-container"><main id="main" tabindex="-1"><h1 class="govuk-heading-xl">${title}</h1>
${sample === undefined ? undefined : html`<div class="govuk-inset-text"><strong>A sample.</strong> ${sample}</div>`}
<nav class="contents-block" aria-label="Contents"><ul class="govuk-list contents">${contents.map(([anchor, words]) => html`<li><a class="govuk-link" href="#${anchor}">${words}</a></li>`)}</ul></nav>
${main}</main></div></body></html>
`.text;
}
