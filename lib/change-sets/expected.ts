/** What CloudFormation is to do with a stack: what a change set is held against. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Which of a plan’s two assemblies is deployed: the later one, or the earlier one again. */
export type Side = 'before' | 'after';

/** What is to happen to one resource. */
export interface ExpectedChange {
  readonly type: string;
  readonly action: 'add' | 'modify' | 'remove';
  /** Whether another takes its place. */
  readonly replaces: boolean;
  /** Whether it may be that CloudFormation sees no change: it compares neither words nor order. */
  readonly maySeeNone: boolean;
}

/** What is to happen to one stack. */
export interface Expected {
  readonly resources: ReadonlyMap<string, ExpectedChange>;
  /** What names its template, on each side; absent where that has no such stack. */
  readonly templates: Readonly<Partial<Record<Side, string>>>;
}

/** What names a template, however its text is laid out: the SHA-256, in hex, of its form by RFC 8785. What is no JSON is taken as it is. */
export function templateDigest(text: string): string {
  let form = text;
  try {
    form = canonicalize(JSON.parse(text)) ?? text;
  } catch {}
  return createHash('sha256').update(form).digest('hex');
}
