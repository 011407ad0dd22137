/**
 * The record of stops in Parameter Store: one parameter for each order, made once and never written again. CloudFormation
 * does not know of them, so no deployment takes one back; CloudTrail has each of them as a management event, and only this
 * function may write there. Text of 4 KB is free of charge and needs no key, so a stop is kept even where every key of the
 * account is disabled.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 */
import * as z from 'zod/mini';
import { STOP_RECORDS } from '../../lib/names';
import type { Again } from '../../lib/runtime';
import { readStopRecord, STOP_RECORD_FORM, type StopRecord } from '../../lib/wire';
import type { OrderToRecord, StopRecords } from './ports';
import { callJson, RefusedError, type Service } from './signed-requests';

/** A parameter of the free tier holds 4,096 bytes. */
const MOST_BYTES = 4_000;
/** The most that one page holds. */
const PAGE = 10;

const pageSchema = z.object({
  Parameters: z.array(z.object({ Value: z.string() })),
  NextToken: z.optional(z.nullable(z.string())),
});

/** The records of one account. */
export class ParameterStopRecords implements StopRecords {
  constructor(private readonly service: Service) {}

  async write(order: OrderToRecord, again: Again): Promise<void> {
    for (const [part, record] of parted(order).entries())
      await again(async () => {
        try {
          await callJson(this.service, 'AmazonSSM.PutParameter', {
            Name: `${STOP_RECORDS}${record.at.replaceAll(':', '.')}-${record.request}-${part}`,
            Value: JSON.stringify(record),
            Type: 'String',
            Overwrite: false,
          });
        } catch (error) {
          // An earlier attempt had written it, and its answer was lost.
          if (!(error instanceof RefusedError) || error.name !== 'ParameterAlreadyExists') throw error;
        }
      });
  }

  async read(again: Again): Promise<readonly StopRecord[]> {
    const records: StopRecord[] = [];
    let token: string | undefined;
    do {
      const input = { Path: STOP_RECORDS.slice(0, -1), MaxResults: PAGE, ...(token && { NextToken: token }) };
      const page = pageSchema.parse(
        await again(() => callJson(this.service, 'AmazonSSM.GetParametersByPath', input)),
      );
      records.push(...page.Parameters.map(({ Value }) => readStopRecord(Value)));
      token = page.NextToken ?? undefined;
    } while (token !== undefined);
    return records;
  }
}

/** An order of many shares, in as many records as it needs. */
function parted({ order, shares, at, request, why }: OrderToRecord): StopRecord[] {
  const about = {
    form: STOP_RECORD_FORM,
    order,
    at: new Date(at).toISOString(),
    request,
    ...(why !== undefined && { why }),
  } as const;
  const records: StopRecord[] = [];
  let rest = shares;
  do {
    let count = rest.length;
    const of = (most: number): StopRecord => ({ ...about, shares: rest.slice(0, most) });
    while (count > 1 && Buffer.byteLength(JSON.stringify(of(count))) > MOST_BYTES)
      count = Math.ceil(count / 2);
    records.push(of(count));
    rest = rest.slice(count);
  } while (rest.length > 0);
  return records;
}
