/** One agreement, with all that is told of it. */
import { dictionaryBlocks } from '../../contracts/export';
import { inWords } from '../../register/calendar';
import {
  type Block,
  type Document,
  definitions,
  type Entry,
  heading,
  lines,
  list,
  paragraph,
  say,
  table,
} from '../../words';
import { agreementPath } from '../paths';
import type { PublicAgreement } from '../public-record';
import { FEWEST, toldTogether } from '../transfers';
import { settingInWords } from '../withheld-words';
import { RIGHTS } from './people';
import { daysOf, keptFor, oneOrList, partiesIn, stateExplained, WITHHELD, ways } from './told';

/** The page. */
export function agreementPage(agreement: PublicAgreement, counted: boolean): Document {
  const here = agreementPath(agreement.id);
  return [
    ways(here),
    heading(1, agreement.title),
    heading(2, 'Who and why'),
    definitions([
      ['Who shares', partiesIn(here, agreement, 'owner')],
      ['Who gets it', partiesIn(here, agreement, 'recipient')],
      ...(agreement.reciprocal ? [['Direction', 'Each shares with the other'] as const] : []),
      ['What they are to each other', agreement.relationship ?? WITHHELD],
      ['Why', agreement.aim ?? WITHHELD],
      ['Why it is necessary', agreement.necessity ?? WITHHELD],
      ['What it may be used for', oneOrList(agreement.permittedUses)],
      ['What it may not be used for', oneOrList(agreement.prohibitedUses)],
    ]),
    heading(2, 'What is shared'),
    definitions(whatIsShared(agreement)),
    ...dictionary(agreement),
    heading(2, 'Under which law'),
    definitions(agreement.law ?? [['Lawful basis', WITHHELD]]),
    heading(2, 'For how long'),
    definitions([
      ['Days', daysOf(agreement)],
      ['State today', stateExplained(agreement)],
      ['Looked at again by', agreement.review === undefined ? WITHHELD : inWords(agreement.review)],
      ['How long a copy is kept', keptFor(agreement)],
      ['What becomes of it then', agreement.retention?.disposal ?? WITHHELD],
      [
        'Data protection impact assessment',
        agreement.assessment === undefined
          ? WITHHELD
          : say`${inWords(agreement.assessment.date)}: ${agreement.assessment.outcome}`,
      ],
    ]),
    ...howOften(agreement, counted),
    ...withheld(agreement),
    heading(2, 'Your rights'),
    paragraph(agreement.regime === 'not-personal-data' ? 'The data is about no living person.' : RIGHTS),
  ];
}

function whatIsShared(agreement: PublicAgreement): Entry[] {
  const { subjects, letters, sealed } = agreement;
  return [
    ['Data items', oneOrList(agreement.items)],
    ['People whom it is about', subjects?.length === 0 ? 'Nobody' : oneOrList(subjects)],
    ['Special categories of personal data', agreement.specialCategories ?? WITHHELD],
    ['Criminal convictions or offences', agreement.criminalOffence ?? WITHHELD],
    ...(letters ? [['How', 'People of both write to each other, with files attached'] as const] : []),
    ...(sealed
      ? [['Encryption', 'Nobody but the recipients can read it, on the way or in store'] as const]
      : []),
  ];
}

function dictionary({ contract, withheld }: PublicAgreement): readonly Block[] {
  if (contract !== undefined)
    return [heading(3, 'Each column of it'), ...dictionaryBlocks(contract.contract, contract.plan)];
  return withheld.includes('contract') ? [paragraph('The description of its columns is withheld.')] : [];
}

function howOften({ quarters, withheld }: PublicAgreement, counted: boolean): Block[] {
  const head = heading(2, 'How often');
  if (withheld.includes('counts')) return [head, paragraph(WITHHELD)];
  if (!counted) return [head, paragraph('Not counted for this edition.')];
  if (quarters === undefined) return [head, paragraph('Not told, since its days are withheld.')];
  if (quarters.length === 0)
    return [
      head,
      paragraph('No quarter of it can be told yet: each is once it has ended and all of it is recorded.'),
    ];
  const told = toldTogether(quarters);
  return [
    head,
    table(
      ['Quarter', 'Transfers'],
      quarters.map(({ name, transfers }) => [
        name,
        transfers === undefined ? `fewer than ${FEWEST}` : say`${transfers}`,
      ]),
    ),
    ...(told === undefined ? [] : [paragraph(say`The numbers that are told come to ${told}.`)]),
  ];
}

function withheld({ withheld: settings, reason }: PublicAgreement): Block[] {
  if (settings.length === 0) return [];
  return [
    heading(2, 'What is withheld here'),
    paragraph(lines([reason ?? ''])),
    list(settings.map(settingInWords)),
  ];
}
