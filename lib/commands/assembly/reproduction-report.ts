/** What `concordat reproduce` says of what it found. */
import type { Difference, Held } from '../../assembly';
import { dayWords } from '../../register/calendar';
import { LIVE_OUTCOMES_FILE, ORIGIN_FILE, type ProgramIdentity, REGISTER_FILE } from '../../wire';
import { count, plural, visible } from '../../words';
import type { Reproduction } from './reproduction';

/** How many differences are printed; --json has them all. */
const MOST_SHOWN = 40;
/** Longer values are cut. */
const LONGEST_VALUE = 300;

/** For people. */
export function reproductionText(found: Reproduction): string {
  const { asOf, files, differences } = found;
  const more = differences.length - MOST_SHOWN;
  return [
    ...programLines(found),
    ...sourceLines(found),
    '',
    ...differences.slice(0, MOST_SHOWN).flatMap((each) => [...differenceLines(each), '']),
    ...(more > 0 ? [`and ${count(more)} more: --json has them all`, ''] : []),
    differences.length === 0
      ? `Reproduced as of ${dayWords(asOf)}: ${plural(files, 'file')}, every byte the same${isNamedAlike(found) ? '' : `, but for the program named in ${ORIGIN_FILE}`}.`
      : `Not reproduced as of ${dayWords(asOf)}: ${plural(differences.length, 'difference')}. ${WHAT_TO_DO[found.sameProgram ? 'same' : 'another']}`,
    '',
  ].join('\n');
}

const WHAT_TO_DO = {
  same: 'It was changed after it was made: do not deploy it. Synthesise it again.',
  another:
    'They may come from the other program: check that one out, run npm ci, and reproduce again. Until then, do not deploy it.',
} as const;

/** For programs. */
export function reproductionJson({ differences, ...found }: Reproduction): string {
  const result = {
    schema: 'concordat-reproduction/v1',
    reproduced: differences.length === 0,
    ...found,
    differences: differences.map((each) =>
      each.kind === 'value' ? { ...each, here: each.here ?? null, made: each.made ?? null } : each,
    ),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function programLines({ madeBy, thisProgram, sameProgram }: Reproduction): string[] {
  if (sameProgram && madeBy !== undefined) {
    const { commit } = thisProgram;
    const now =
      madeBy.commit === commit
        ? ''
        : `, now at ${commit === undefined ? 'no commit that is known' : `commit ${commit}`}`;
    return [`Made by ${programWords(madeBy)}: this program${now}.`];
  }
  return [
    madeBy === undefined
      ? 'Made by a program that did not write down which it was.'
      : `Made by ${programWords(madeBy)}.`,
    `Made again by another: ${programWords(thisProgram)}.`,
  ];
}

/** What it was made from is in it, and is as good as where it came from: to be compared with what was reviewed. */
function sourceLines({ madeFrom: { register, outcomes } }: Reproduction): string[] {
  return [
    `From its ${REGISTER_FILE}, SHA-256 ${register}`,
    ...(outcomes === undefined ? [] : [`and its ${LIVE_OUTCOMES_FILE}, SHA-256 ${outcomes}.`]),
  ];
}

function isNamedAlike({ madeBy, thisProgram }: Reproduction): boolean {
  return (
    madeBy?.version === thisProgram.version &&
    madeBy.commit === thisProgram.commit &&
    madeBy.files === thisProgram.files &&
    madeBy.lockfile === thisProgram.lockfile
  );
}

/** A program, as people find it again. */
function programWords({ version, commit, files, lockfile }: ProgramIdentity): string {
  const at = commit === undefined ? '' : ` at commit ${commit}`;
  return `concordat ${visible(version)}${at}, files ${files.slice(0, 16)}…, packages ${lockfile.slice(0, 16)}…`;
}

function differenceLines(each: Difference): string[] {
  const file = visible(each.file);
  if (each.kind === 'added') return [file, '  is here, and is not made'];
  if (each.kind === 'missing') return [file, '  is made, and is not here'];
  if (each.kind === 'written-otherwise') return [file, '  says the same in other bytes'];
  if (each.kind === 'content')
    return [file, `  here        SHA-256 ${each.here}`, `  made again  SHA-256 ${each.made}`];
  return [placeOf(each), `  here        ${valueWords(each.here)}`, `  made again  ${valueWords(each.made)}`];
}

/** Where a difference is: the stack, the resource and the property, or the file. */
export function differencePlace(each: Difference): string {
  return each.kind === 'value' ? placeOf(each) : visible(each.file);
}

/** Of a file that is no template, the place in it. */
function placeOf({ file, stack, resource, path }: Extract<Difference, { kind: 'value' }>): string {
  const where = visible(
    path
      .reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : `${text}.${part}`), '')
      .replace(/^\./, ''),
  );
  if (stack === undefined) return `${visible(file)}: ${where || 'the whole file'}`;
  if (resource === undefined) return `${visible(stack)}: ${where || 'the whole template'}`;
  return `${visible(stack)}, ${visible(resource.id)} (${visible(resource.type)}): ${where || 'the whole resource'}`;
}

function valueWords(value: Held): string {
  if (value === undefined) return 'nothing';
  const text = visible(JSON.stringify(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
