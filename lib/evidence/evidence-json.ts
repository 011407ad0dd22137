/** `evidence.json` as text: one thing a line, so that two packs can be compared by line, and no more white space than that. */
import type { Evidence } from './model';

/** The model as JSON, piece by piece: the whole would be held as one text of many megabytes. */
export function* evidenceJson(evidence: Evidence): Generator<string> {
  let before = '{\n';
  for (const [name, value] of Object.entries(evidence)) {
    yield `${before}${JSON.stringify(name)}:`;
    if (name === 'checks') yield* listed(evidence.checks, checkText);
    else if (Array.isArray(value)) yield* listed(value, plain);
    else yield JSON.stringify(value);
    before = ',\n';
  }
  yield '\n}\n';
}

function* checkText({ judgements, ...check }: Evidence['checks'][number]): Generator<string> {
  yield `${JSON.stringify(check).slice(0, -1)},"judgements":`;
  yield* listed(judgements, plain);
  yield '}';
}

function* plain(value: unknown): Generator<string> {
  yield JSON.stringify(value);
}

function* listed<T>(values: readonly T[], text: (value: T) => Iterable<string>): Generator<string> {
  if (values.length === 0) return yield '[]';
  let before = '[\n';
  for (const value of values) {
    yield before;
    yield* text(value);
    before = ',\n';
  }
  yield '\n]';
}
