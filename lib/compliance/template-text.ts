/** What a template says anywhere in its text, found in one reading of it: the texts of all would be held all the while. */
import type { JudgedStack } from './check';

/** What checks ask of a text as a whole. */
export interface TemplateText {
  /** Account numbers that stand by themselves. */
  readonly accounts: ReadonlySet<string>;
  /** By Region, in the order in which they are named: one ARN there, and another one, if there is one. */
  readonly arns: ReadonlyMap<string, readonly string[]>;
  /** Whether it takes values from another stack. */
  readonly isBound: boolean;
  readonly looksSecret: boolean;
}

const SECRET =
  /(?:AKIA|ASIA)[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|"(?:Password|MasterUserPassword|SecretString|AuthToken)":\s*"(?!\{\{resolve:)/;
const BOUND = /"Fn::(?:ImportValue|GetStackOutput)"/;
const ARN = /(arn:aws:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-\d):[^"]*)/g;
/**
 * Twelve digits that stand by themselves: not in a hash or a logical id, nor at the end of a UUID, nor before `--` in the name
 * of a share.
 */
const ACCOUNT = /(?<![0-9A-Za-z]|[0-9a-f]{4}-)\d{12}(?![0-9A-Za-z]|--)/g;

const known = new WeakMap<JudgedStack, TemplateText>();

/** What the text of a stack’s template says, read once. @throws AssemblyError if it cannot be read */
export function templateTextOf(stack: JudgedStack): TemplateText {
  const found = known.get(stack) ?? read(stack.text());
  known.set(stack, found);
  return found;
}

function read(text: string): TemplateText {
  const arns = new Map<string, string[]>();
  for (const [, arn = '', region = ''] of text.matchAll(ARN)) {
    const there = arns.get(region) ?? [];
    if (there.length === 2 || there.includes(arn)) continue;
    arns.set(copied(region), [...there, copied(arn)]);
  }
  return {
    accounts: new Set([...(text.match(ACCOUNT) ?? [])].map(copied)),
    arns,
    isBound: BOUND.test(text),
    looksSecret: SECRET.test(text),
  };
}

/** V8 holds a whole text for the sake of a part of it. */
function copied(part: string): string {
  return Buffer.from(part).toString();
}
