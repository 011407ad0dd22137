/** What a folder holds, for people and programs that look into it, and for the command that is typed there next. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { register } from 'tsx/cjs/api';

register();
const { COMMITTED, stagedPath } = createRequire(import.meta.url)('../../lib/register/folder.ts');

/**
 * Every file that people and programs see, with its bytes. A folder that was being replaced is put back by whoever reads it, and of
 * a register’s change that is made the files are taken that still wait for their places.
 * @param anew what is cut out, since it is drawn anew each time
 */
export function seen(at, anew) {
  const files = new Map();
  const textOf = (bytes) =>
    anew === undefined ? bytes.toString('latin1') : bytes.toString('utf8').replace(anew, '');
  const walk = (folder, path) => {
    for (const name of readdirSync(folder).sort()) {
      if (name.startsWith('.')) continue;
      const here = join(folder, name);
      if (statSync(here).isDirectory()) walk(here, `${path}${name}/`);
      else files.set(`${path}${name}`, textOf(readFileSync(here)));
    }
  };
  for (const each of readdirSync(at)) {
    const whole = /^\.(.+)\.old$/.exec(each)?.[1];
    if (whole !== undefined && !existsSync(join(at, whole)))
      cpSync(join(at, each), join(at, whole), { recursive: true });
  }
  walk(at, '');
  for (const list of readdirSync(at, { recursive: true }).filter((each) => basename(each) === COMMITTED))
    for (const path of readFileSync(join(at, list), 'utf8').split('\n').filter(Boolean)) {
      const staged = join(at, dirname(list), stagedPath(path));
      if (existsSync(staged)) files.set(join(dirname(list), path), textOf(readFileSync(staged)));
    }
  return JSON.stringify([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The digest of all that lies in a folder, with what nobody sees but the next command, but for the numbers of processes. */
export function stateOf(at, anew) {
  const hash = createHash('sha256');
  const told = (path) => path.replaceAll(/\.\d+\.new(?=$|\/|\\)/g, '.new');
  const paths = readdirSync(at, { recursive: true });
  for (const path of paths.sort((a, b) => (told(a) < told(b) ? -1 : 1))) {
    const isFile = statSync(join(at, path)).isFile();
    const text = isFile ? readFileSync(join(at, path), anew === undefined ? 'latin1' : 'utf8') : '';
    const kept = anew === undefined ? text : text.replace(anew, '');
    hash.update(`${told(path).split(sep).join('/')}\0${kept}\0`);
  }
  return hash.digest('hex');
}

/**
 * Whether each thing in a folder is as it was or as it is meant.
 * @param what each of which: 'files', or 'at the top' of the folder
 * @param states as `seen` gives them, like `found`
 */
export function eachIsWhole(what, found, ...states) {
  const parts = (text) => {
    const all = new Map();
    for (const [path, content] of JSON.parse(text)) {
      const part = what === 'files' ? path : path.split('/')[0];
      all.set(part, `${all.get(part) ?? ''}${path}\0${content}\0`);
    }
    return all;
  };
  const [is, ...was] = [found, ...states].map(parts);
  const names = new Set([is, ...was].flatMap((each) => [...each.keys()]));
  return [...names].every((name) => was.some((each) => each.get(name) === is.get(name)));
}

/** What is gone from a folder and what has come, for a message. */
export function changeOf(old, found) {
  const names = (text) => new Set(JSON.parse(text).map(([path]) => path));
  const [was, is] = [names(old), names(found)];
  return `gone ${[...was].filter((each) => !is.has(each)).slice(0, 5)}; come ${[...is].filter((each) => !was.has(each)).slice(0, 5)}`;
}
