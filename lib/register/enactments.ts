/**
 * Since when and until when enactments are in force that agreements cite as their gateway. It is data: each row says where its
 * days stand and on which day that was looked at. What is not in it is not judged: most enactments are in force, and a day that
 * nobody has looked up is never guessed.
 */
import { dateOf, type IsoDate } from './calendar';

/** An enactment, and the days on which it is in force. */
interface Enactment {
  /** Its title with its year, as it is cited. */
  readonly act: string;
  /** The sections that the row is about; the whole of it where none is named. */
  readonly sections?: readonly string[];
  /** The first day on which it can be relied on. */
  readonly from?: IsoDate;
  /** A day is yet to be appointed for some or all of it: an agreement that rests on it says which day that is. */
  readonly dayNotSet?: true;
  /** The first day on which it is known to be in force no longer. */
  readonly goneBy?: IsoDate;
  /** What brings it into force or ends it, in a few words. */
  readonly because: string;
  /** Where that stands. */
  readonly source: string;
  /** The day on which the source was looked at. */
  readonly lookedAt: IsoDate;
}

const LOOKED_AT = dateOf('2026-11-29');

const ENACTMENTS: readonly Enactment[] = [
  {
    act: 'Children Act 2004',
    sections: ['16LA', '16LB', '16LC'],
    dayNotSet: true,
    because:
      'the Children’s Wellbeing and Schools Act 2026, section 4, inserts it, and section 78(5) leaves the day to regulations',
    source: 'https://www.legislation.gov.uk/ukpga/2026/21/section/78/enacted',
    lookedAt: LOOKED_AT,
  },
  {
    act: 'Digital Economy Act 2017',
    sections: ['35'],
    from: dateOf('2018-07-19'),
    because: 'the first objectives for which it may be used are in SI 2018/912, in force from that day',
    source: 'https://www.legislation.gov.uk/uksi/2018/912',
    lookedAt: LOOKED_AT,
  },
  {
    act: 'Care Act 2014',
    sections: ['6', '7'],
    from: dateOf('2015-04-01'),
    because: 'SI 2015/993, article 2(a), brings it into force',
    source: 'https://www.legislation.gov.uk/uksi/2015/993/made',
    lookedAt: LOOKED_AT,
  },
  {
    act: 'Data Protection Act 1998',
    goneBy: dateOf('2018-05-25'),
    because: 'the Data Protection Act 2018, Schedule 19, paragraph 44, repeals it',
    source: 'https://www.legislation.gov.uk/ukpga/1998/29',
    lookedAt: LOOKED_AT,
  },
  {
    act: 'National Health Service Act 1977',
    goneBy: dateOf('2007-03-01'),
    because: 'the National Health Service (Consequential Provisions) Act 2006, Schedule 4, repeals it',
    source: 'https://www.legislation.gov.uk/ukpga/2006/43',
    lookedAt: LOOKED_AT,
  },
  {
    act: 'Local Government Act 2000',
    sections: ['2'],
    goneBy: dateOf('2024-11-04'),
    because:
      'the power to promote well-being was confined to Wales in 2012 by the Localism Act 2011, and has since been omitted there too',
    source: 'https://www.legislation.gov.uk/ukpga/2000/22/part/I',
    lookedAt: LOOKED_AT,
  },
];

/** An enactment that a text cites, and the section of it, as the text writes it. */
export interface Cited {
  readonly enactment: Enactment;
  /** Undefined where the row is about the whole. */
  readonly section: string | undefined;
}

/** Numbers of sections as a list of them is written: `122C`, `6 and 7`, `104(1), 105 or 106`. */
const NUMBERS = String.raw`\d+[A-Z]*(?:\(\w+\))*(?:\s*(?:,|and|or|to|,\s*and)\s*\d+[A-Z]*(?:\(\w+\))*)*`;
/** Where a text goes on to something else than the Act that it named. */
const OTHER = new RegExp(
  String.raw`;|\b(?:sections?|ss?\.)\s*${NUMBERS} of the |\b(?:Act|Order|Regulations|Measure) \d{4}\b`,
);
const SECTIONS = new RegExp(String.raw`\b(?:sections?|ss?\.)\s*(${NUMBERS})`, 'gi');

/**
 * The enactments of the list that the text of a gateway cites, in both ways of doing it: `Care Act 2014, section 6` and
 * `section 6 of the Care Act 2014`.
 */
export function citedIn(gateway: string): readonly Cited[] {
  return ENACTMENTS.flatMap((enactment): readonly Cited[] => {
    const stretches = stretchesOf(gateway, enactment.act);
    if (stretches.length === 0) return [];
    if (enactment.sections === undefined) return [{ enactment, section: undefined }];
    const numbers = new Set(stretches.flatMap(sectionsIn));
    return enactment.sections
      .filter((section) => numbers.has(section))
      .map((section) => ({ enactment, section }));
  });
}

/** What the text says of an Act: from its title to the next Act or semicolon, and the sections “of the” Act before it. */
function stretchesOf(text: string, act: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf(act); at >= 0; at = text.indexOf(act, at + act.length)) {
    const after = text.slice(at + act.length);
    const end = after.search(OTHER);
    const before = new RegExp(String.raw`\b(?:sections?|ss?\.)\s*${NUMBERS} of the $`, 'i').exec(
      text.slice(0, at),
    );
    found.push(`${before?.[0] ?? ''} ${end < 0 ? after : after.slice(0, end)}`);
  }
  return found;
}

/** `122C` for `sections 122C(1) and 123`, and `123`. */
function sectionsIn(text: string): string[] {
  return [...text.matchAll(SECTIONS)].flatMap(([, numbers = '']) =>
    [...numbers.replace(/\(\w+\)/g, '').matchAll(/\d+[A-Z]*/gi)].map(([each]) => each.toUpperCase()),
  );
}

/** The day that a citation says its section is in force from, as it is written; undefined where it says none. */
export function inForceFrom(cited: string): string | undefined {
  return /\bin force from (\d{4}-\d\d-\d\d)/.exec(cited)?.[1];
}
