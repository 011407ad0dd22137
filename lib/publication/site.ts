/** Every file of the public record, by its path. The same record gives the same files. */
import { type Document, documentPage } from '../words';
import { catalogueText } from './catalogue';
import { groupsOf } from './groups';
import { agreementPage } from './pages/agreement';
import { frontPage } from './pages/front';
import { organisationPage } from './pages/organisation';
import { groupPage, peoplePage } from './pages/people';
import {
  ABOUT_ME,
  agreementPath,
  CATALOGUE,
  FRONT,
  groupPath,
  organisationPath,
  TABLES_METADATA,
  tablePath,
} from './paths';
import type { PublicRecord } from './public-record';
import { tableCsv, tablesMetadata, tablesOf } from './tables';

/** The files. Pages need nothing but themselves: no script, nothing fetched. */
export function siteFiles(record: PublicRecord): ReadonlyMap<string, string> {
  const groups = groupsOf(record);
  const tables = tablesOf(record);
  const page = (path: string, title: string, document: Document) =>
    [path, documentPage(`${title} – what public bodies share`, document)] as const;
  return new Map([
    page(FRONT, record.operator, frontPage(record)),
    page(ABOUT_ME, 'What about me?', peoplePage(record, groups)),
    ...groups.map((each) => page(groupPath(each.slug), each.name, groupPage(each))),
    ...record.organisations.map((each) =>
      page(organisationPath(each.id), each.name, organisationPage(each, record)),
    ),
    ...record.agreements.map((each) =>
      page(agreementPath(each.id), each.title, agreementPage(each, record.counted)),
    ),
    [CATALOGUE, catalogueText(record)],
    ...tables.map((each) => [tablePath(each.name), tableCsv(each)] as const),
    [TABLES_METADATA, tablesMetadata(tables)],
  ]);
}
