/**
 * Reads a pattern as ECMA-262 has it, with flag u and no other. What cannot be told in one step for each character is refused:
 * looking ahead and behind, and back to what a group matched.
 */
import { type AST, RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import {
  ANY,
  type CodePoints,
  complement,
  DIGITS,
  property,
  SPACE,
  union,
  WORD,
} from '../characters/code-points';

/** A pattern, part by part. */
export type Part =
  | { readonly kind: 'one-of'; readonly set: CodePoints }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'either'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number }
  /** `^` and `$`: the value begins or ends here. */
  | { readonly kind: 'begins' | 'ends' };

/** Why a pattern is not carried out. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
  readonly fix: string;
  /** The part of the pattern that it is about. */
  readonly part: string | undefined;
  constructor(
    /** In words that go on after “the pattern”. */
    readonly why: string,
    { fix, part, ...rest }: { fix: string; part?: string } & ErrorOptions,
  ) {
    super(`the pattern ${why}`, rest);
    this.fix = fix;
    this.part = part;
  }
}

/** Reads a pattern. @throws PatternFault if it is not valid, or asks what is not carried out */
export function readPattern(source: string): Part {
  let pattern: AST.Pattern;
  try {
    pattern = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, {
      unicode: true,
    });
  } catch (error) {
    if (!(error instanceof RegExpSyntaxError)) throw error;
    // Its messages are those of ECMAScript’s engines: “Invalid regular expression: /(/u: Unterminated group”.
    const said = error.message.slice(error.message.lastIndexOf(': ') + 2).toLowerCase();
    throw new PatternFault(`is not valid at its character ${error.index + 1}: ${said}`, {
      fix: 'correct it; in this form of pattern, each of the characters ^ $ \\ . * + ? ( ) [ ] { } | that stands for itself is written after a backslash, and no other character is',
      cause: error,
    });
  }
  return either(pattern.alternatives);
}

function either(alternatives: readonly AST.Alternative[]): Part {
  const parts = alternatives.map(({ elements }): Part => ({ kind: 'sequence', parts: elements.map(read) }));
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'either', parts };
}

function read(element: AST.Element): Part {
  switch (element.type) {
    case 'Character':
      return { kind: 'one-of', set: [element.value, element.value] };
    case 'CharacterClass':
      return { kind: 'one-of', set: ofClass(element) };
    case 'CharacterSet':
      return { kind: 'one-of', set: ofSet(element) };
    case 'Group':
    case 'CapturingGroup':
      return either(element.alternatives);
    case 'Quantifier':
      return { kind: 'repeat', part: read(element.element), least: element.min, most: element.max };
    case 'Assertion':
      return assertion(element);
    case 'Backreference':
      throw new PatternFault('refers back to what a group of it matched, which can take very long', {
        fix: 'write out what may stand there',
        part: element.raw,
      });
    case 'ExpressionCharacterClass':
      throw new PatternFault('needs flag v', { fix: 'write it so that flag u is enough', part: element.raw });
  }
}

function assertion(element: AST.Assertion): Part {
  switch (element.kind) {
    case 'start':
      return { kind: 'begins' };
    case 'end':
      return { kind: 'ends' };
    case 'word':
      throw new PatternFault('asks for the border of a word, which is not carried out', {
        fix: 'write what stands on both sides of it; a pattern is held against the whole value, so its ends need no mark',
        part: element.raw,
      });
    case 'lookahead':
    case 'lookbehind':
      throw new PatternFault(
        `looks ${element.kind === 'lookahead' ? 'ahead' : 'behind'}, which can take very long`,
        {
          fix: 'write what a value may be, not what it may not be; a National Insurance number has a format of its own',
          part: element.raw,
        },
      );
  }
}

function ofClass({ elements, negate, raw }: AST.CharacterClass): CodePoints {
  const set = union(
    ...elements.map((each): CodePoints => {
      if (each.type === 'Character') return [each.value, each.value];
      if (each.type === 'CharacterClassRange') return [each.min.value, each.max.value];
      if (each.type === 'CharacterSet') return ofSet(each);
      throw new PatternFault('needs flag v', { fix: 'write it so that flag u is enough', part: raw });
    }),
  );
  return negate ? complement(set) : set;
}

function ofSet(element: AST.CharacterSet): CodePoints {
  if (element.kind === 'any') return ANY;
  const set = {
    digit: () => DIGITS,
    space: () => SPACE,
    word: () => WORD,
    property: () =>
      'key' in element && element.kind === 'property'
        ? property(`\\p{${element.value === null ? element.key : `${element.key}=${element.value}`}}`)
        : [],
  }[element.kind]();
  return element.negate ? complement(set) : set;
}
