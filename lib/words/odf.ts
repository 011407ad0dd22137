/**
 * A page as the parts of an OpenDocument text, which word processors open and lawyers mark up. Putting them into a zip archive is
 * for who has a library for that.
 * @see https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema/OpenDocument-v1.3-os-part3-schema.html
 */
import type { Block, Document } from './document';
import { escaped } from './html';
import { type Inline, itemsOf, partsOf, type Words } from './sentence';
import { visible } from './visible';

/** A file of the package, in its place there. */
export interface OdfPart {
  readonly path: string;
  readonly text: string;
}

/** The media type of an OpenDocument text. The first file of its package says it, and is not compressed. */
const ODT = 'application/vnd.oasis.opendocument.text';
const VERSION = '1.3';
const SPACES = [
  ['office', 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'],
  ['text', 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'],
  ['table', 'urn:oasis:names:tc:opendocument:xmlns:table:1.0'],
  ['style', 'urn:oasis:names:tc:opendocument:xmlns:style:1.0'],
  ['fo', 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'],
  ['meta', 'urn:oasis:names:tc:opendocument:xmlns:meta:1.0'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['xlink', 'http://www.w3.org/1999/xlink'],
]
  .map(([prefix, space]) => ` xmlns:${prefix}="${space}"`)
  .join('');
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * The files of the package, in their order.
 * @param title of the document, for lists of files
 */
export function documentOdf(title: string, page: Document): readonly OdfPart[] {
  return [
    { path: 'mimetype', text: ODT },
    { path: 'content.xml', text: contentXml(page) },
    { path: 'styles.xml', text: STYLES_XML },
    { path: 'meta.xml', text: metaXml(title) },
    { path: 'META-INF/manifest.xml', text: MANIFEST_XML },
  ];
}

const MANIFEST_XML = `${XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="${VERSION}">
<manifest:file-entry manifest:full-path="/" manifest:version="${VERSION}" manifest:media-type="${ODT}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
`;

function metaXml(title: string): string {
  return `${XML}<office:document-meta${SPACES} office:version="${VERSION}"><office:meta><meta:generator>Concordat</meta:generator><dc:title>${escaped(visible(title))}</dc:title><dc:language>en-GB</dc:language></office:meta></office:document-meta>
`;
}

const paragraphStyle = (name: string, paragraph: string, text: string, parent = 'Standard', more = '') =>
  `<style:style style:name="${name}" style:family="paragraph" style:parent-style-name="${parent}"${more}><style:paragraph-properties ${paragraph}/><style:text-properties ${text}/></style:style>`;

const STYLES_XML = `${XML}<office:document-styles${SPACES} office:version="${VERSION}">
<office:styles>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.2cm" fo:line-height="120%"/><style:text-properties fo:font-family="Arial" fo:font-size="10.5pt" fo:language="en" fo:country="GB"/></style:style>
${paragraphStyle('Heading_20_1', 'fo:margin-bottom="0.4cm" fo:keep-with-next="always"', 'fo:font-size="20pt" fo:font-weight="bold"', 'Standard', ' style:display-name="Heading 1" style:default-outline-level="1"')}
${paragraphStyle('Heading_20_2', 'fo:margin-top="0.6cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"', 'fo:font-size="14pt" fo:font-weight="bold"', 'Standard', ' style:display-name="Heading 2" style:default-outline-level="2"')}
${paragraphStyle('Heading_20_3', 'fo:margin-top="0.4cm" fo:keep-with-next="always"', 'fo:font-size="11.5pt" fo:font-weight="bold"', 'Standard', ' style:display-name="Heading 3" style:default-outline-level="3"')}
${paragraphStyle('Heading_20_4', 'fo:keep-with-next="always"', 'fo:font-weight="bold"', 'Standard', ' style:display-name="Heading 4" style:default-outline-level="4"')}
${paragraphStyle('Label', 'fo:margin-bottom="0cm" fo:keep-with-next="always"', 'fo:font-weight="bold"')}
${paragraphStyle('Value', 'fo:margin-left="0.6cm"', 'fo:font-size="10.5pt"')}
${paragraphStyle('Code', 'fo:background-color="#f3f2f1"', 'fo:font-family="Courier New" fo:font-size="8pt"')}
${paragraphStyle('Cell', 'fo:margin-bottom="0cm"', 'fo:font-size="9pt"')}
${paragraphStyle('Head', 'fo:margin-bottom="0cm"', 'fo:font-size="9pt" fo:font-weight="bold"')}
</office:styles>
<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"/></office:master-styles>
</office:document-styles>
`;

const textStyle = (name: string, properties: string) =>
  `<style:style style:name="${name}" style:family="text"><style:text-properties ${properties}/></style:style>`;

const AUTOMATIC = [
  textStyle('strong', 'fo:font-weight="bold"'),
  textStyle('emphasis', 'fo:font-style="italic"'),
  textStyle('code', 'fo:font-family="Courier New" fo:font-size="9pt"'),
  textStyle(
    'inserted',
    'style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"',
  ),
  textStyle('deleted', 'style:text-line-through-style="solid"'),
  '<style:style style:name="table" style:family="table"><style:table-properties style:width="17cm" table:align="margins"/></style:style>',
  '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border-bottom="0.02cm solid #b1b4b6"/></style:style>',
  '<text:list-style style:name="bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:space-before="0.3cm" text:min-label-width="0.5cm"/></text:list-level-style-bullet><text:list-level-style-bullet text:level="2" text:bullet-char="–"><style:list-level-properties text:space-before="0.8cm" text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>',
  '<text:list-style style:name="numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:space-before="0.3cm" text:min-label-width="0.6cm"/></text:list-level-style-number></text:list-style>',
  '<text:list-style style:name="ticks"><text:list-level-style-bullet text:level="1" text:bullet-char="☐"><style:list-level-properties text:space-before="0.3cm" text:min-label-width="0.6cm"/></text:list-level-style-bullet></text:list-style>',
].join('\n');

function contentXml(page: Document): string {
  return `${XML}<office:document-content${SPACES} office:version="${VERSION}">
<office:automatic-styles>
${AUTOMATIC}
</office:automatic-styles>
<office:body><office:text>
${page.map(blockXml).join('\n')}
</office:text></office:body>
</office:document-content>
`;
}

function blockXml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<text:h text:style-name="Heading_20_${block.level}" text:outline-level="${block.level}">${wordsXml(block.text)}</text:h>`;
    case 'paragraph':
      return paragraphXml('Standard', block.text);
    case 'list':
      return listXml(
        block.items.map(
          ({ text, more = [] }) =>
            paragraphXml('Standard', text) +
            (more.length === 0 ? '' : listXml(more.map((each) => paragraphXml('Standard', each)))),
        ),
        block.marks,
      );
    case 'table':
      return tableXml(block.head, block.rows);
    case 'definitions':
      return block.entries
        .map(([label, value]) => paragraphXml('Label', label) + valueXml('Value', value))
        .join('\n');
    case 'code':
      return block.lines
        .map((line) => `<text:p text:style-name="Code">${textXml(visible(line))}</text:p>`)
        .join('\n');
    case 'details':
      return [paragraphXml('Label', block.summary), ...block.blocks.map(blockXml)].join('\n');
  }
}

function paragraphXml(style: string, words: Words): string {
  return `<text:p text:style-name="${style}">${wordsXml(words)}</text:p>`;
}

/** What stands beside a label or in a cell, where a list may stand as one. */
function valueXml(style: string, words: Words): string {
  const items = itemsOf(words);
  if (items === undefined) return paragraphXml(style, words);
  return listXml(
    items.map((each) => paragraphXml(style, each)),
    'bullets',
  );
}

function listXml(items: readonly string[], style?: string): string {
  const named = style === undefined ? '' : ` text:style-name="${style}"`;
  return `<text:list${named}>${items.map((each) => `<text:list-item>${each}</text:list-item>`).join('')}</text:list>`;
}

function tableXml(head: readonly Words[], rows: readonly (readonly Words[])[]): string {
  const row = (cells: readonly Words[], style: string) =>
    `<table:table-row>${cells.map((each) => `<table:table-cell table:style-name="cell" office:value-type="string">${valueXml(style, each)}</table:table-cell>`).join('')}</table:table-row>`;
  return `<table:table table:style-name="table"><table:table-column table:number-columns-repeated="${head.length}"/>
<table:table-header-rows>${row(head, 'Head')}</table:table-header-rows>
${rows.map((cells) => row(cells, 'Cell')).join('\n')}
</table:table>`;
}

function wordsXml(words: Words): string {
  return partsOf(words).map(inlineXml).join('');
}

function inlineXml(part: Inline): string {
  const span = (style: string, content: string) =>
    `<text:span text:style-name="${style}">${content}</text:span>`;
  switch (part.kind) {
    case 'text':
      return textXml(visible(part.text));
    case 'code':
      return span('code', textXml(visible(part.text)));
    case 'strong':
    case 'emphasis':
    case 'inserted':
    case 'deleted':
      return span(part.kind, part.content.map(inlineXml).join(''));
    case 'link': {
      const content = part.content.map(inlineXml).join('');
      // What leads to a place on a page leads nowhere in a document.
      return /^(?:https?|mailto):/i.test(part.to)
        ? `<text:a xlink:type="simple" xlink:href="${escaped(part.to)}">${content}</text:a>`
        : content;
    }
    case 'break':
      return '<text:line-break/>';
  }
}

/** Text of which no space is lost: XML readers take several for one. */
function textXml(text: string): string {
  return escaped(text)
    .replace(/ {2,}|^ | $/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)
    .replaceAll('\n', '<text:line-break/>')
    .replaceAll('\t', '<text:tab/>');
}
