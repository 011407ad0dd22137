/**
 * Legal gateways that are often relied on, offered by the sectors of the parties. A list to choose from and to think by,
 * never advice: whoever signs the agreement decides what it rests on.
 * @see https://www.legislation.gov.uk
 */
import { citedIn } from './enactments';
import type { Sector } from './schema/organisation';

/** An enactment that permits or requires sharing. */
export interface Gateway {
  /** As an agreement cites it. */
  readonly cited: string;
  /** What it is for, in a few words. */
  readonly lets: string;
  /** Sectors of which one party has to be. */
  readonly between: readonly Sector[];
}

const COUNCILS: Sector = 'local-government';
const CENTRAL: Sector = 'central-government';

/** In the order in which they are offered. */
const GATEWAYS: readonly Gateway[] = [
  {
    cited: 'Digital Economy Act 2017, section 35',
    lets: 'specified bodies share for public service delivery, for an objective that regulations name',
    between: [CENTRAL, COUNCILS],
  },
  {
    cited: 'Digital Economy Act 2017, section 48',
    lets: 'specified bodies act on debt that is owed to the public sector',
    between: [CENTRAL, COUNCILS],
  },
  {
    cited: 'Digital Economy Act 2017, section 56',
    lets: 'specified bodies act on fraud against the public sector',
    between: [CENTRAL, COUNCILS],
  },
  {
    cited: 'Social Security Administration Act 1992, section 122C',
    lets: 'benefit information be supplied to authorities that administer housing benefit',
    between: [COUNCILS],
  },
  {
    cited: 'Welfare Reform Act 2012, section 131',
    lets: 'the Secretary of State and councils share social security information for welfare services',
    between: [COUNCILS],
  },
  {
    cited: 'Children Act 2004, section 10',
    lets: 'councils and their partners co-operate to improve the well-being of children',
    between: [COUNCILS, 'health', 'police'],
  },
  {
    cited: 'Children Act 2004, section 16LA',
    lets: 'information be shared to safeguard or promote the welfare of a child (duty)',
    between: [COUNCILS, 'health', 'police'],
  },
  {
    cited: 'Children Act 2004, section 16LB',
    lets: 'information be used with a consistent identifier for children, as regulations say',
    between: [COUNCILS, 'health', 'police'],
  },
  {
    cited: 'Care Act 2014, section 6',
    lets: 'councils and their partners co-operate on adults who need care',
    between: [COUNCILS, 'health', 'police'],
  },
  {
    cited: 'Health and Social Care Act 2012, section 251B',
    lets: 'health and adult social care share what helps the care of a person (duty, England)',
    between: [COUNCILS, 'health'],
  },
  {
    cited: 'National Health Service Act 2006, section 251',
    lets: 'the duty of confidence be set aside for medical purposes, as regulations say',
    between: ['health'],
  },
  {
    cited: 'Crime and Disorder Act 1998, section 115',
    lets: 'relevant authorities share what is needed for the purposes of that Act',
    between: ['police', COUNCILS],
  },
  {
    cited: 'Police, Crime, Sentencing and Courts Act 2022, section 16',
    lets: 'information be shared for the serious violence duty',
    between: ['police', COUNCILS, 'health', 'justice'],
  },
  {
    cited: 'Localism Act 2011, section 1',
    lets: 'councils do what individuals may, where nothing more particular applies (England)',
    between: [COUNCILS],
  },
];

/** Those that parties of these sectors may think of. @param sectors of all parties; nothing is left out where none is known */
export function gatewaysFor(sectors: readonly Sector[]): readonly Gateway[] {
  return GATEWAYS.filter(
    ({ between }) => sectors.length === 0 || between.some((sector) => sectors.includes(sector)),
  );
}

/** Whether not all of a gateway is in force: an agreement that rests on it says from which day it is. */
export function isNotYetInForce({ cited }: Gateway): boolean {
  return citedIn(cited).some(({ enactment }) => enactment.dayNotSet === true);
}
