/**
 * Tells whether one place lies within another. What a path says and where links lead are two questions, and a path of the one is
 * never held against a path of the other: that is what the type is for.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

declare const links: unique symbol;

/** An absolute path: `as typed`, or `after links`, of which no part is a link, unless it leads nowhere. */
export type Place<Links extends 'as typed' | 'after links'> = string & { readonly [links]: Links };

/** What a path says in a folder, whatever lies there. */
export function asTyped(path: string, cwd: string): Place<'as typed'> {
  return resolve(cwd, path) as Place<'as typed'>;
}

/** Where a path leads, or would once it is there: links lead as far as there is anything. */
export function afterLinks(path: string, cwd: string): Place<'after links'> {
  return followed(resolve(cwd, path)) as Place<'after links'>;
}

/** Where what a path names lies itself: if that is a link, it is not followed, since it alone would be renamed or replaced. */
export function ownPlace(path: string, cwd: string): Place<'after links'> {
  const absolute = resolve(cwd, path);
  return join(followed(dirname(absolute)), basename(absolute)) as Place<'after links'>;
}

/** Whether a place is a folder itself, or lies in it at any depth. */
export function isWithin<Links extends 'as typed' | 'after links'>(
  place: Place<Links>,
  folder: Place<NoInfer<Links>>,
): boolean {
  return place === folder || place.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** The folders above a place, the nearest first. */
export function above<Links extends 'as typed' | 'after links'>(place: Place<Links>): Place<Links>[] {
  const next = dirname(place) as Place<Links>;
  return next === place ? [] : [next, ...above(next)];
}

function followed(path: string): string {
  return existsSync(path) || dirname(path) === path
    ? realpathSync(path)
    : join(followed(dirname(path)), basename(path));
}
