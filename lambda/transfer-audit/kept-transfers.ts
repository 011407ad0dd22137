/** The marks of objects in the table of transfers. What is not over has no time to live. */
import { TRANSFERS } from '../../lib/names';
import { markKeyOf } from '../../lib/transfers';
import { type DepositMark, type Mark, markText, parseMark, spreadValue, spreadValues } from '../../lib/wire';
import type { Due, Transfers } from './ports';
import type { Item, Table } from './table';
import { keyOf, nameIn, OF_OBJECT } from './table-keys';

/** How the values of the index’s partition key begin. */
const OPEN = 'open';

/** What is known of transfers. */
export class KeptTransfers implements Transfers {
  constructor(private readonly table: Table) {}

  async keep(object: string, mark: Mark, moment: number): Promise<void> {
    const item: Item = { ...keyOf(object, markKeyOf(mark)), ...itemOf(mark) };
    if (mark.kind === 'deposited') {
      item[TRANSFERS.due.partition] = { S: spreadValue(OPEN, object) };
      item[TRANSFERS.due.sort] = { N: String(moment) };
    } else item[TRANSFERS.expires] = { N: String(Math.ceil(moment / 1000)) };
    await this.table.add(item, TRANSFERS.sort);
  }

  async marksOf(object: string): Promise<Mark[]> {
    const marks: Mark[] = [];
    for await (const item of this.table.query(OF_OBJECT, { ':object': { S: object } }))
      marks.push(markIn(item));
    return marks;
  }

  async *dueBy(now: number): AsyncIterable<Due> {
    const { name: IndexName, partition, sort } = TRANSFERS.due;
    const query = { IndexName, KeyConditionExpression: `#${partition} = :open AND #${sort} <= :now` };
    for (const open of spreadValues(OPEN))
      for await (const item of this.table.query(query, { ':open': { S: open }, ':now': { N: String(now) } }))
        yield { ...nameIn(item), due: Number(item[sort]?.N) };
  }

  async lookAgain({ object, mark, due }: Due, next: number | undefined, expires: number): Promise<void> {
    const over = next === undefined;
    await this.table.update(
      keyOf(object, mark),
      over ? 'SET #expires = :value REMOVE #open, #due' : 'SET #due = :value',
      '#due = :due',
      { ':value': { N: String(over ? Math.ceil(expires / 1000) : next) }, ':due': { N: String(due) } },
      {
        '#due': TRANSFERS.due.sort,
        ...(over && { '#expires': TRANSFERS.expires, '#open': TRANSFERS.due.partition }),
      },
    );
  }

  async reopen(object: string, deposit: DepositMark, due: number): Promise<void> {
    await this.table.update(
      keyOf(object, markKeyOf(deposit)),
      'SET #due = :value, #open = :open REMOVE #expires',
      'attribute_exists(#mark) AND attribute_not_exists(#due)',
      { ':value': { N: String(due) }, ':open': { S: spreadValue(OPEN, object) } },
      {
        '#due': TRANSFERS.due.sort,
        '#open': TRANSFERS.due.partition,
        '#expires': TRANSFERS.expires,
        '#mark': TRANSFERS.sort,
      },
    );
  }
}

/** A mark is kept as it is; its time, kind and id are also in its key. */
function itemOf(mark: Mark): Item {
  return { about: { S: markText(mark) } };
}

function markIn({ object, mark, about }: Item): Mark {
  return parseMark(about?.S, `${object?.S ?? 'no object'} at ${mark?.S ?? 'no time'}`);
}
