/** `evidence.json` as text: one thing a line, so that two packs can be compared by line, and no more white space than that. */
import type { Evidence } from './model';

/** The model as JSON, piece by piece: the whole would be held as one text of many megabytes. */
export function* evidenceJson(evidence: Evidence): Generator<string> {
  let before = '{\n';
  for (const [name, value] of Object.entries(evidence)) {
    yield `${before}${JSON.stringify(name)}:`;
    if (name === 'checks') yield* checkLines(evidence.checks);
    else if (Array.isArray(value)) yield* lines(value);
    else yield JSON.stringify(value);
    before = ',\n';
  }
  yield '\n}\n';
}

function* checkLines(checks: Evidence['checks']): Generator<string> {
  if (checks.length === 0) return yield '[]';
  let before = '[\n';
  for (const { judgements, ...check } of checks) {
    yield `${before}${JSON.stringify(check).slice(0, -1)},"judgements":`;
    yield* lines(judgements);
    yield '}';
    before = ',\n';
  }
  yield '\n]';
}

function* lines(values: readonly unknown[]): Generator<string> {
  if (values.length === 0) return yield '[]';
  let before = '[\n';
  for (const each of values) {
    yield before + JSON.stringify(each);
    before = ',\n';
  }
  yield '\n]';
}
