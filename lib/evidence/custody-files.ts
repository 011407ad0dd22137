/** The whole custody statement of each key, as `concordat custody` prints it. */
import { type CustodyStatement, pageDocument, statementJson, statementPages } from '../custody';
import { documentMarkdown } from '../words';

/** Where the statement of an organisation lies in the pack. */
export function custodyFile(organisation: string, form: 'md' | 'json'): string {
  return `custody/${organisation}.${form}`;
}

/** For each organisation with a key, its statement to read and its statement for programs; one at a time, since they are long. */
export function* custodyFiles(statement: CustodyStatement): Generator<[path: string, text: string]> {
  const keysOf = new Map<string, CustodyStatement['keys'][number][]>();
  for (const key of statement.keys)
    keysOf.set(key.organisation, [...(keysOf.get(key.organisation) ?? []), key]);
  for (const [organisation, keys] of keysOf) {
    const own = { ...statement, keys };
    const pages = statementPages(own).map((page) => documentMarkdown(pageDocument(page)));
    yield [custodyFile(organisation, 'md'), pages.join('\n\n')];
    yield [custodyFile(organisation, 'json'), statementJson(own)];
  }
}
