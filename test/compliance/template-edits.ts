/** Changes of a template that mutants are made of. */
import type { Json } from './judged-sample';

/** The properties of the first resource of a type, or of the one that a part of its logical id names. */
export function of(template: Json, type: string, id = ''): Json {
  return whole(template, type, id).Properties;
}

/** The resource itself. */
export function whole(template: Json, type: string, id = ''): Json {
  const found = Object.entries(template.Resources).find(
    ([name, each]) => (each as Json).Type === type && name.includes(id),
  );
  if (found === undefined) throw new Error(`there is no ${type} ${id}`);
  return found[1];
}

/** The document of a resource that says who may do what. */
export function documentOf(properties: Json): Json {
  return (
    properties.PolicyDocument ??
    properties.KeyPolicy ??
    properties.Policy ??
    properties.Policies?.[0].PolicyDocument
  );
}

/** A statement of a document, by part of its Sid. */
export function statement(document: Json, sid: string): Json {
  const found = document.Statement.find((each: Json) => each.Sid.includes(sid));
  if (found === undefined) throw new Error(`there is no statement ${sid}`);
  return found;
}

/** Takes a statement out of a document. */
export function drop(document: Json, sid: string): void {
  document.Statement.splice(document.Statement.indexOf(statement(document, sid)), 1);
}

/** Puts a statement into a document. */
export function allow(document: Json, more: Json): void {
  document.Statement.push({ Sid: 'Mutant', Effect: 'Allow', ...more });
}

/** Puts a resource into a template. */
export function add(template: Json, Type: string, Properties: Json): void {
  template.Resources.Mutant = { Type, Properties };
}
