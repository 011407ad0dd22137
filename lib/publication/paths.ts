/** Where each file of the record lies, and how one leads to another. */

export const FRONT = 'index.html';
export const ABOUT_ME = 'people/index.html';
export const CATALOGUE = 'catalogue.jsonld';
/** Where a reader of CSV on the Web looks by itself. */
export const TABLES_METADATA = 'data/csv-metadata.json';

export const agreementPath = (id: string) => `agreements/${id}.html`;
export const organisationPath = (id: string) => `organisations/${id}.html`;
export const groupPath = (slug: string) => `people/${slug}.html`;
export const tablePath = (name: string) => `data/${name}.csv`;

/** Whether an edition may have something by this path. @param path with `/`, from the folder of the record */
export function isOfRecord(path: string, isFolder: boolean): boolean {
  if (isFolder) return /^(?:agreements|organisations|people|data)$/.test(path);
  return (
    path === FRONT ||
    path === CATALOGUE ||
    path === TABLES_METADATA ||
    /^(?:(?:agreements|organisations|people)\/[a-z0-9-]+\.html|data\/[a-z-]+\.csv)$/.test(path)
  );
}

/** The address of a file, from another. @param from its path; files lie at the top or one folder below */
export function leading(from: string, to: string): string {
  return from.includes('/') ? `../${to}` : to;
}
