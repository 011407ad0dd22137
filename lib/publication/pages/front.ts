/** The front page: everything at a glance, the way to what is about oneself, and what is not told. */
import { inWords } from '../../register/calendar';
import {
  type Block,
  capital,
  type Document,
  heading,
  link,
  list,
  paragraph,
  plural,
  say,
  table,
} from '../../words';
import { ABOUT_ME, CATALOGUE, FRONT, TABLES_METADATA, tablePath } from '../paths';
import type { PublicRecord } from '../public-record';
import { tablesOf } from '../tables';
import { FEWEST, toldTogether } from '../transfers';
import { settingInWords } from '../withheld-words';
import { agreementLink, organisationLink, partiesIn, stateOf, ways } from './told';

/** The page. */
export function frontPage(record: PublicRecord): Document {
  const { operator, asOf, sample, agreements, organisations } = record;
  return [
    ways(FRONT),
    heading(1, 'What public bodies share with each other'),
    paragraph(
      `${operator} runs a service by which public bodies share information with each other, and some of it is about people. Nothing is shared without an agreement. This is how things stood on ${inWords(asOf)}: ${plural(agreements.length, 'agreement')}, those that are over or yet to begin included, between ${plural(organisations.length, 'organisation')}, and for each who gets what, why, under which law and for how long.`,
    ),
    ...(sample === undefined ? [] : [paragraph(`A sample. ${sample}`)]),
    heading(2, 'What about me?'),
    paragraph(
      say`${link('Find the group of people that you belong to', ABOUT_ME)}, and see who gets what about you, and why.`,
    ),
    heading(2, 'Agreements'),
    table(
      ['What is shared', 'From', 'To', 'State'],
      agreements.map((each) => [
        agreementLink(FRONT, each),
        partiesIn(FRONT, each, 'owner'),
        partiesIn(FRONT, each, 'recipient'),
        stateOf(each),
      ]),
    ),
    heading(2, 'Organisations'),
    list(organisations.map((each) => organisationLink(FRONT, each))),
    ...howMuch(record),
    ...whatIsNotTold(record),
    ...data(record),
  ];
}

function howMuch({ counted, agreements }: PublicRecord): Block[] {
  const blocks: Block[] = [heading(2, 'How often')];
  if (!counted)
    return [
      ...blocks,
      paragraph('Transfers were not counted for this edition: no copy of the ledger was at hand.'),
    ];
  const quarters = agreements.flatMap((each) => each.quarters ?? []);
  const told = toldTogether(quarters);
  return [
    ...blocks,
    paragraph(
      told === undefined
        ? 'No number can be told yet.'
        : `The numbers that are told come to ${plural(told, 'transfer')}.`,
    ),
    paragraph(
      `Each agreement’s page has the number of its transfers in each quarter that has ended. A number below ${FEWEST} is not told, nor that there were none, and no total has it in it: it could lead to one person.`,
    ),
  ];
}

function whatIsNotTold({ agreements, withheldWhole }: PublicRecord): Block[] {
  const partly = agreements.filter(({ withheld }) => withheld.length > 0);
  return [
    heading(2, 'What is withheld'),
    ...(withheldWhole.length + partly.length === 0 ? [paragraph('Nothing.')] : []),
    ...(withheldWhole.length === 0
      ? []
      : [
          paragraph(
            `${withheldWhole.length === 1 ? 'One agreement is' : `${withheldWhole.length} agreements are`} withheld whole. ${withheldWhole.length === 1 ? 'The reason' : 'The reasons'}:`,
          ),
          list(withheldWhole),
        ]),
    ...(partly.length === 0
      ? []
      : [
          table(
            ['Agreement', 'What is withheld', 'Why'],
            partly.map((each) => [
              agreementLink(FRONT, each),
              capital(each.withheld.map(settingInWords).join(', ')),
              each.reason ?? '',
            ]),
          ),
        ]),
    paragraph('Never told are accounts, keys, mailboxes and names of those who sign, of any agreement.'),
  ];
}

function data(record: PublicRecord): Block[] {
  return [
    heading(2, 'The same as data'),
    list([
      ...tablesOf(record).map(({ name, about }) => say`${link(`${name}.csv`, tablePath(name))}: ${about}`),
      say`${link('csv-metadata.json', TABLES_METADATA)}: what each column of them is (CSV on the Web)`,
      say`${link(CATALOGUE, CATALOGUE)}: the catalogue (DCAT 3, in JSON-LD)`,
    ]),
  ];
}
