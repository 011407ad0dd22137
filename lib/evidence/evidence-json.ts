/** `evidence.json` as text: one thing a line, so that two packs can be compared by line, and no more white space than that. */
import type { Evidence } from './model';

/** The model as JSON. */
export function evidenceJson(evidence: Evidence): string {
  const entries = Object.entries(evidence).map(
    ([name, value]) => `${JSON.stringify(name)}:${linesOf(name, value)}`,
  );
  return `{\n${entries.join(',\n')}\n}\n`;
}

function linesOf(name: string, value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return listed(
    name === 'checks'
      ? (value as Evidence['checks']).map(checkText)
      : value.map((each) => JSON.stringify(each)),
  );
}

function checkText({ judgements, ...check }: Evidence['checks'][number]): string {
  const whole = JSON.stringify(check);
  return `${whole.slice(0, -1)},"judgements":${listed(judgements.map((each) => JSON.stringify(each)))}}`;
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? '[]' : `[\n${texts.join(',\n')}\n]`;
}
