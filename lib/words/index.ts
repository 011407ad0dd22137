/** The words that every room puts its facts into: sentences, pages and their forms. It knows nothing of the project. */
export { csv, openCsv } from './csv';
export {
  type Block,
  codeBlock,
  type Document,
  definitions,
  details,
  type Entry,
  heading,
  type Item,
  list,
  paragraph,
  table,
} from './document';

export { escaped as escapedHtml, Html, html, type Part } from './html';
export { andList, listedOr, once, orList } from './lists';
export { documentMarkdown } from './markdown';
export { momentWords } from './moment';
export { nearest } from './nearest';
export { count, plural } from './numbers';
export { documentOdf } from './odf';
export { documentPage } from './page';
export { type SarifFinding, type SarifRun, sarifLog } from './sarif';
export {
  capital,
  code,
  deleted,
  inserted,
  joined,
  lines,
  link,
  listed,
  marked,
  Sentence,
  say,
  strong,
  type Words,
} from './sentence';
export { quoted } from './shell';
export { systemCode, systemWords } from './system';
export { documentText, markedText, plainText } from './text';
export { describe, visible } from './visible';
export { columns, painter, wrapped } from './width';
