/** Leaves out of the faults of a file what only follows from others. */
import type { Path } from '../yaml-source';
import type { Fault } from './fault';
import { isNothing, type Schema, schemaAt, settingsOf, valueAt } from './schema-walk';

/** One fault is enough for one setting: more say the same in other words. */
export function oneForEachSetting(faults: readonly Fault[]): Fault[] {
  const first = new Map<string, Fault>();
  for (const fault of faults) {
    const key = JSON.stringify(fault.path);
    if (!first.has(key)) first.set(key, fault);
  }
  return [...first.values()];
}

/**
 * Drops what only follows from a setting that is reported beside it as misspelt or misplaced: that it is missing, that its
 * group does not fit together or is empty without it, and that what depends on it does not exist.
 */
export function withoutEchoes(root: Schema, value: unknown, faults: readonly Fault[]): Fault[] {
  const unknown = faults.filter((fault) => fault.code === 'unknown-key');
  const misspelt = unknown
    .filter((fault) => fault.suggestion !== undefined)
    .map((fault) => ({ group: fault.path.slice(0, -1), meant: String(fault.suggestion) }));
  const misplaced = new Set(unknown.map((fault) => fault.path.at(-1)));
  const isMisspelt = (path: Path) => misspelt.some(({ group, meant }) => isSame(path, [...group, meant]));
  return faults.filter(({ code, path, suggestion }) => {
    if (code === 'wrong-shape' && isNothing(valueAt(value, path))) {
      const settings = Object.keys(settingsOf(schemaAt(root, path, value) ?? root));
      return !unknown.some(
        (each) =>
          isSame(each.path.slice(0, -1), path.slice(0, -1)) && settings.includes(String(each.path.at(-1))),
      );
    }
    if (code === 'missing-key') return !isMisspelt(path) && !misplaced.has(path.at(-1));
    if (code === 'bad-format') return !misspelt.some(({ group }) => isSame(path, group));
    if (code !== 'unknown-key' || suggestion !== undefined) return true;
    const [options] = path.slice(-2, -1);
    return (
      typeof options !== 'string' || !isMisspelt([...path.slice(0, -2), options.replace(/Options$/, '')])
    );
  });
}

/** Whether two paths lead to the same setting. */
export function isSame(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}
