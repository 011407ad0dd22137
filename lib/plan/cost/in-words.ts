/** Costs as people read them. */
import type { Bill, Costs, NotPriced } from './cost';
import { PRICES, PRICES_REGION, type PriceName } from './prices';

const WHAT: Readonly<Record<PriceName, string>> = {
  key: 'keys',
  signature: 'signatures of the ledger',
  alarm: 'alarms',
  dashboard: 'dashboard',
  logged: 'logs',
  stored: 'storage',
  put: 'writing to S3',
  get: 'reading from S3',
  tags: 'tags of verdicts',
  scannedGb: 'malware scan, by size',
  scannedObjects: 'malware scan, by object',
  dataEvents: 'trail of reads and writes',
  secondTrail: 'management events of a further trail',
  functionTime: 'functions, by time',
  functionRuns: 'functions, by run',
  transition: 'state transitions of the engine of rollouts',
  queue: 'queues',
  events: 'events of deposits',
  pageRequests: 'the mailbox’s page, by request',
  pageGb: 'the mailbox’s page, by size',
  tableWrites: 'tables, writing',
  tableReads: 'tables, reading',
  secret: 'the key of GOV.UK Notify',
  secretReads: 'reading of that key',
};

/** `$7.40`. */
export function dollars(usd: number): string {
  return `$${usd.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A price as AWS lists it, to the last figure: `$0.10`, `$0.0053`. */
function unitPrice(usd: number): string {
  return `$${usd.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 12 })}`;
}

/** One line for the summary of a synth. */
export function costLine(costs: Costs | NotPriced): string {
  if (!costs.priced) return noPrices(costs);
  const { usd, zone, organisations, prices, notPriced } = costs;
  const each = organisations.map((bill) => bill.usd);
  const sums = [...new Set([Math.min(...each), Math.max(...each)])].map(dollars);
  const range = each.length === 0 ? '' : `, and ${sums.join(' to ')} for each organisation`;
  const open = notPriced.length === 0 ? '' : `; not priced: ${notPriced.join(', ')}`;
  return `${dollars(usd)} a month: ${dollars(zone.usd)} for the zone${range} (US dollars, prices of ${prices}${open})`;
}

/** That a Region has no prices here. */
export function noPrices({ region }: NotPriced): string {
  return `not priced: the table of prices is of ${PRICES_REGION} alone, and this is in ${region}`;
}

/** A bill: what, how much of it, and the price. Lines under a cent are summed. @param money how sums are written; prices stay in dollars */
export function billRows({ lines }: Bill, money: (usd: number) => string = dollars): string[][] {
  const shown = lines.filter(({ usd }) => usd >= 0.005);
  const rest = lines.filter(({ usd }) => usd < 0.005).reduce((sum, { usd }) => sum + usd, 0);
  const rows = shown.map(({ price, quantity, usd }) => {
    const { usd: unit, amount, per } = PRICES[price];
    const many = amount === 1 ? '' : `${amount.toLocaleString('en-GB')} `;
    return [
      WHAT[price],
      quantity.toLocaleString('en-GB', { maximumFractionDigits: 2 }),
      `${unitPrice(unit)} for ${amount === 1 ? 'one ' : many}${per}`,
      smallMoney(usd, money),
    ];
  });
  return rest === 0 ? rows : [...rows, ['all else', '', 'less than a cent each', smallMoney(rest, money)]];
}

/** A sum, and of one that rounding would make nothing, what it is under: `under $0.01`. */
export function smallMoney(usd: number, money: (usd: number) => string): string {
  const nothing = money(0);
  return usd > 0 && money(usd) === nothing ? `under ${nothing.replace(/0$/, '1')}` : money(usd);
}
