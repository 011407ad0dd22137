/** Organisations as people know them: by their names, with the ids by which files, templates and commands name them. */
import { type Html, html } from '../../words';
import type { EvidenceOrganisation } from '../model';

/** An organisation by its id. One that is not known stays the text that it is. */
export interface Named {
  /** For a cell or an item: `Leeds City Council (leeds)`, so that it can be looked up in files. */
  cell(id: string): Html | string;
  /** For a sentence or a label: the name alone. */
  name(id: string): string;
  /** For a sentence that lists some: each with its id. */
  all(ids: readonly string[]): string;
}

/** @param organisations all that the page may name */
export function namedAmong(organisations: readonly Pick<EvidenceOrganisation, 'id' | 'name'>[]): Named {
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  const name = (id: string) => names.get(id) ?? id;
  return {
    name,
    cell: (id) => (names.has(id) ? html`${name(id)} <small>(${id})</small>` : id),
    all: (ids) => ids.map((id) => (names.has(id) ? `${name(id)} (${id})` : id)).join(', '),
  };
}
