/** Parts of data contracts, and contracts that are changed in one of them. */

/** What YAML of a contract comes to. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Group = { [key: string]: Json };
export type Path = readonly (string | number)[];

/** A copy with the value put at the path, or with what is there taken away. */
export function edited(document: Group, at: Path, value: Json | undefined): Group {
  const copy = structuredClone(document);
  let here: Json = copy;
  for (const step of at.slice(0, -1)) here = (here as Group)[step] as Json;
  const last = at.at(-1) as string;
  if (value === undefined) delete (here as Group)[last];
  else (here as Group)[last] = value;
  return copy;
}

/** Of a contract, what the standard requires. */
export function least({ apiVersion, kind, id, version, status }: Group): Group {
  return { apiVersion, kind, id, version, status } as Group;
}

/** Small contracts that together have all that the whole one has: one section, one item or one property each. */
export function slices(contract: Group): Group[] {
  const required = least(contract);
  const { schema, ...sections } = Object.fromEntries(
    Object.entries(contract).filter(([key]) => !(key in required)),
  );
  const objects = (schema as Group[]).flatMap(({ name, properties, ...rest }) => [
    { name, ...rest },
    ...(properties as Json[]).map((property) => ({ name, properties: [property] })),
  ]);
  return Object.entries({ ...sections, schema: objects as Json }).flatMap(([section, value]) =>
    Array.isArray(value)
      ? value.map((item) => structuredClone({ ...required, [section]: [item] }))
      : [structuredClone({ ...required, [section]: value })],
  );
}

export interface Place {
  readonly group: Group;
  readonly key: string;
}

/** Every place in the document, in groups and in lists. */
export function places(value: Json, found: Place[] = []): Place[] {
  if (value === null || typeof value !== 'object') return found;
  const group = value as Group;
  for (const key of Object.keys(group)) {
    found.push({ group, key });
    places(group[key] as Json, found);
  }
  return found;
}
