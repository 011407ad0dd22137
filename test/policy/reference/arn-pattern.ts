/** Whether an ARN of a policy, with wildcards and variables, and one of the reference, with names, can be one and the same. */

/** A character; `?`, any one; `*`, any text; `name`, a text without the marks that part an ARN. */
type Piece = { readonly is: 'text'; readonly character: string } | { readonly is: '?' | '*' | 'name' };

/**
 * Names of the reference that may hold a slash or a colon. The name of a function may be followed by a version or an alias.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
const LONG_NAMES =
  /^(?:FunctionName|ObjectName|AccessPointObjectName|LogGroupName|LogStreamName|ParameterNameWithoutLeadingSlash|\w*WithPath|\w*Path)$/;

function piecesOf(text: string, variable: (name: string) => Piece): Piece[] {
  return [...text.matchAll(/\$\{([^}]*)\}|([\s\S])/g)].map(([, name, character = '']): Piece => {
    if (name !== undefined) return variable(name);
    return character === '*' || character === '?' ? { is: character } : { is: 'text', character };
  });
}

const answers = new Map<string, boolean>();

/**
 * Whether a text exists that both stand for.
 * @param resource of a policy: its variables stand for any text
 * @param arn of the reference
 */
export function mayBeSameArn(resource: string, arn: string): boolean {
  const asked = `${resource} ${arn}`;
  const answer = answers.get(asked) ?? compared(resource, arn);
  answers.set(asked, answer);
  return answer;
}

function compared(resource: string, arn: string): boolean {
  const left = piecesOf(resource, () => ({ is: '*' }));
  const right = piecesOf(arn, (name) => ({ is: LONG_NAMES.test(name) ? '*' : 'name' }));
  const known = new Map<number, boolean>();
  const meet = (one: number, other: number): boolean => {
    const at = one * (right.length + 1) + other;
    const before = known.get(at);
    if (before !== undefined) return before;
    const found = meets(left[one], right[other], (more, otherMore) => meet(one + more, other + otherMore));
    known.set(at, found);
    return found;
  };
  return meet(0, 0);
}

function meets(
  left: Piece | undefined,
  right: Piece | undefined,
  rest: (left: number, right: number) => boolean,
): boolean {
  if (left === undefined && right === undefined) return true;
  // A text of any length is over, or takes in the next piece of the other side.
  if (left !== undefined && isLong(left))
    return rest(1, 0) || (right !== undefined && fits(right, left) && rest(0, 1));
  if (right !== undefined && isLong(right))
    return rest(0, 1) || (left !== undefined && fits(left, right) && rest(1, 0));
  return left !== undefined && right !== undefined && fits(left, right) && rest(1, 1);
}

function isLong({ is }: Piece): boolean {
  return is === '*' || is === 'name';
}

function fits(one: Piece, other: Piece): boolean {
  if (one.is === 'text' && other.is === 'text') return one.character === other.character;
  const [text, pattern] = one.is === 'text' ? [one, other] : [other, one];
  return text.is !== 'text' || pattern.is !== 'name' || !/[/:]/.test(text.character);
}
