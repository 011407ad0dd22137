/** What a probe costs at most, reckoned from its plan before it starts. */
import { PRICES, PRICES_AS_OF, PRICES_REGION, type PriceName } from '../plan';
import { inOrder, type ProbePlan } from './plan';
import { templateOf } from './templates/templates';

/** What a probe must stay under, in US dollars. */
export const MOST_USD = 1;

/** A key is paid by the hour, and for no longer than it waits for deletion. */
const HOURS = { probe: 2, month: 730 } as const;
/** How often a step that waits is asked again, in seconds. */
export const EVERY = { read: 1, other: 10, record: 30 } as const;
/** Management events of a quiet account in the time of a probe, and data events of one. */
const EVENTS = { management: 5_000, data: 5_000 } as const;

/** What a probe costs. */
export interface ProbeCost {
  readonly usd: number;
  /** The day of the prices. */
  readonly prices: string;
  /** Whether the prices are of another Region, since the table has no others. */
  readonly elsewhere: boolean;
}

/** At most: every wait is taken to its end, and an account is taken to have another trail already. */
export function costOf({ sandbox, tests, takeDown }: ProbePlan): ProbeCost {
  const keys = takeDown.flatMap(({ stack }) =>
    Object.values(templateOf(stack, sandbox).Resources).filter(({ Type }) => Type === 'AWS::KMS::Key'),
  ).length;
  const steps = inOrder(tests).map(({ step }) => step);
  const times = (call: string, every: number) =>
    steps
      .filter((step) => step.call.call === call)
      .reduce((sum, { within = 0 }) => sum + 1 + Math.ceil(within / every), 0);
  const records = times('find-record', EVERY.record);
  const quantities: Partial<Record<PriceName, number>> = {
    key: keys * (HOURS.probe / HOURS.month),
    put: times('put-object', 1) + times('put-with-context', 1) + times('tag-object', 1) + records,
    // Each look into the log files reads those that are new.
    get: times('get-object', EVERY.read) + times('get-verdict', EVERY.other) + 20 * records,
    scannedObjects: times('put-object', 1) + times('put-with-context', 1),
    scannedGb: 0.001,
    dataEvents: EVENTS.data,
    secondTrail: 2 * EVENTS.management,
    functionRuns: times('invoke-function', EVERY.other),
    functionTime: times('invoke-function', EVERY.other),
    queue: 2 * times('receive-event', EVERY.other),
  };
  const names = Object.keys(PRICES) as PriceName[];
  const usd = names.reduce((sum, name) => {
    const { usd: each, amount } = PRICES[name];
    return sum + ((quantities[name] ?? 0) / amount) * each;
  }, 0);
  return {
    usd: Math.ceil(usd * 100) / 100,
    prices: PRICES_AS_OF,
    elsewhere: sandbox.region !== PRICES_REGION,
  };
}
