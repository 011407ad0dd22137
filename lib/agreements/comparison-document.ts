/** What changed in an agreement, as a page for lawyers. */
import {
  type Block,
  code,
  type Document,
  definitions,
  deleted,
  heading,
  inserted,
  lines,
  list,
  listed,
  paragraph,
  say,
  table,
  type Words,
} from '../words';
import type { ColumnChange, Comparison, TermChange } from './compare';
import { redline } from './redline';
import { type Named, valueInWords } from './term-values';

/** What a page of changes is of. */
export interface Compared {
  readonly title: string;
  /** What the earlier state is called, such as a revision. */
  readonly earlier: string;
  readonly comparison: Comparison;
  readonly names: Named;
}

const COLUMN: Readonly<Record<ColumnChange['change'], string>> = {
  added: 'is new',
  removed: 'is gone',
  changed: 'is described or checked otherwise',
};

/** The page. Where nothing was changed it says so. */
export function comparisonDocument({ title, earlier, comparison, names }: Compared): Document {
  const { digests, terms, columns, contractChanged } = comparison;
  const same = digests.before === digests.after;
  return [
    heading(1, say`${title}: changes since ${earlier}`),
    paragraph(
      same
        ? 'No term was changed. Approvals of the earlier state are of this one too, unless they were withdrawn or replaced since.'
        : 'Terms were changed. Approvals of the earlier state do not hold for this one: each party is asked anew.',
    ),
    definitions([
      [say`Digest as of ${earlier}`, code(digests.before)],
      ['Digest now', code(digests.after)],
    ]),
    ...(terms.length === 0
      ? []
      : [
          heading(2, 'Terms'),
          table(
            ['Term', 'What changed'],
            terms.map((each) => [each.term.label, changeInWords(each, names)]),
          ),
        ]),
    ...(contractChanged || columns.length > 0 ? contractBlocks(columns) : []),
  ];
}

function contractBlocks(columns: readonly ColumnChange[]): Block[] {
  return [
    heading(2, 'Data contract'),
    columns.length === 0
      ? paragraph('The contract was changed, and no column of it.')
      : list(columns.map(({ column, change }) => say`Column ${code(column)} ${COLUMN[change]}.`)),
  ];
}

function changeInWords({ term, before, after }: TermChange, names: Named): Words {
  if (before === undefined) return say`${inserted(valueInWords(term, after, names))} (new)`;
  if (after === undefined) return say`${deleted(valueInWords(term, before, names))} (taken out)`;
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [before.map((each) => JSON.stringify(each)), after.map((each) => JSON.stringify(each))];
    const kept = after.filter((_, index) => was.includes(is[index] ?? ''));
    const out = before.filter((_, index) => !is.includes(was[index] ?? ''));
    const put = after.filter((_, index) => !was.includes(is[index] ?? ''));
    const one = (value: unknown) => valueInWords(term, [value], names);
    if (out.length + put.length === 0)
      return lines([...kept.map((each) => say`– ${one(each)}`), '(in another order)']);
    return listed([
      ...kept.map(one),
      ...out.map((each) => deleted(one(each))),
      ...put.map((each) => inserted(one(each))),
    ]);
  }
  if (term.form === 'words' && typeof before === 'string' && typeof after === 'string')
    return redline(before, after);
  return say`${deleted(valueInWords(term, before, names))} ${inserted(valueInWords(term, after, names))}`;
}
