/** What an assembly costs a month: counted from the resources of its templates, and from assumptions that are shown. */
import type { AssemblyStack } from '../../assembly';
import { organisationOf } from '../../custody';
import { PRICES, PRICES_AS_OF, PRICES_REGION, type PriceName } from './prices';
import {
  audit,
  exchange,
  hasLedger,
  largestFunction,
  NOTHING,
  notPriced,
  pages,
  pagesIn,
  type Quantities,
  sharingIn,
  standing,
} from './quantities';
import { ASSUMED_OF_PAGE, ASSUMPTIONS, NOT_INCLUDED } from './usage';

/** One line of a bill. */
interface CostLine {
  readonly price: PriceName;
  readonly quantity: number;
  /** US dollars a month. */
  readonly usd: number;
}

/** What one organisation, or the operator, pays a month. */
export interface Bill {
  /** The id of an organisation; `zone` for the operator. */
  readonly id: string;
  readonly lines: readonly CostLine[];
  readonly usd: number;
}

/** What is in a Region whose prices the table does not have. */
export interface NotPriced {
  readonly form: 'concordat-cost/v1';
  readonly priced: false;
  /** The Region that has no prices here. */
  readonly region: string;
}

/** What everything costs a month, in US dollars. */
export interface Costs {
  readonly form: 'concordat-cost/v1';
  readonly priced: true;
  /** The Region of the prices. */
  readonly region: string;
  readonly currency: 'USD';
  /** The day of the prices. */
  readonly prices: string;
  readonly usd: number;
  readonly zone: Bill;
  readonly organisations: readonly Bill[];
  readonly assumptions: readonly string[];
  readonly notIncluded: readonly string[];
  /** Types of resources of which it is not known here what they cost. */
  readonly notPriced: readonly string[];
}

/** The costs of all that an assembly makes, unless any of it is in a Region that the table of prices does not have. */
export function costsOf(stacks: readonly AssemblyStack[]): Costs | NotPriced {
  const elsewhere = stacks.find(({ region }) => region !== PRICES_REGION);
  if (elsewhere) return { form: 'concordat-cost/v1', priced: false, region: elsewhere.region };
  const operators: AssemblyStack[] = [];
  const byOrganisation = new Map<string, AssemblyStack[]>();
  for (const stack of stacks) {
    const id = organisationOf(stack);
    if (id === undefined) operators.push(stack);
    else byOrganisation.set(id, [...(byOrganisation.get(id) ?? []), stack]);
  }
  const shared = new Map([...byOrganisation].map(([id, own]) => [id, sharingIn(own)]));
  const organisations = [...byOrganisation]
    .map(([id, own]) => billOf(id, [standing(own), exchange(shared.get(id) ?? NOTHING)]))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const all = [...shared.values(), sharingIn(operators)].reduce(
    (sum, each) => ({ agreements: sum.agreements + each.agreements, shares: sum.shares + each.shares }),
    NOTHING,
  );
  const zone = billOf('zone', [
    standing(operators),
    hasLedger(operators) ? audit(all, organisations.length, largestFunction(operators)) : {},
    pages(operators),
  ]);
  return {
    form: 'concordat-cost/v1',
    priced: true,
    region: PRICES_REGION,
    currency: 'USD',
    prices: PRICES_AS_OF,
    usd: cents(organisations.reduce((sum, each) => sum + each.usd, zone.usd)),
    zone,
    organisations,
    assumptions: pagesIn(operators) > 0 ? [...ASSUMPTIONS, ASSUMED_OF_PAGE] : ASSUMPTIONS,
    notIncluded: NOT_INCLUDED,
    notPriced: notPriced(stacks),
  };
}

/** A bill of quantities, by the table of prices. @param id whose, or for what */
export function billOf(id: string, parts: readonly Quantities[]): Bill {
  const names = Object.keys(PRICES) as PriceName[];
  const lines = names.flatMap((price) => {
    const quantity = parts.reduce((sum, each) => sum + (each[price] ?? 0), 0);
    const { usd, amount } = PRICES[price];
    return quantity === 0 ? [] : [{ price, quantity, usd: (quantity / amount) * usd }];
  });
  return { id, lines, usd: cents(lines.reduce((sum, each) => sum + each.usd, 0)) };
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
