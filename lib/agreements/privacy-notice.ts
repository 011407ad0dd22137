/**
 * What a person is to be told of an agreement that shares data about them: UK GDPR Articles 13 and 14, or section 44 of the Data
 * Protection Act 2018. It says what the register says, lists what it cannot say, and guesses nothing. What is withheld from the
 * public is left out here too, and that it is.
 * @see https://www.legislation.gov.uk/eur/2016/679/article/14
 * @see https://www.legislation.gov.uk/ukpga/2018/12/section/44
 */
import {
  type Agreement,
  directionsOf,
  durationInWords,
  isWithheld,
  isWithheldWhole,
  type PublicSetting,
  partiesOf,
} from '../register';
import { inWords } from '../register/calendar';
import {
  andList,
  type Block,
  code,
  type Document,
  definitions,
  type Entry,
  heading,
  list,
  listed,
  paragraph,
  say,
  type Words,
} from '../words';
import type { DocumentSource } from './document-source';
import { BASES, CATEGORIES, RECOGNISED, REGULATOR, rightsUnder, SECTION_35, unknownIn } from './privacy-law';

/** Why there is no notice of an agreement; undefined where there is one. */
export function whyNoNotice(agreement: Agreement): string | undefined {
  if (agreement.lawfulBasis.regime === 'not-personal-data')
    return 'what it shares concerns no living person, so there is nobody to tell';
  if (isWithheldWhole(agreement))
    return `all of it is withheld from the public: ${agreement.public?.reason ?? ''}`;
  return undefined;
}

/**
 * The notice, for the parties to complete and to publish.
 * @throws RangeError where there is nothing to tell, or all is withheld
 */
export function privacyNotice(source: DocumentSource): Document {
  const { agreement } = source;
  const why = whyNoNotice(agreement);
  if (why !== undefined) throw new RangeError(`${agreement.id} has no privacy notice: ${why}`);
  const withheld = (agreement.public?.withheld ?? []).filter((each) => each !== 'counts');
  return [
    heading(1, `How we share information about you: ${agreement.title}`),
    heading(2, 'Who shares it, and with whom'),
    ...who(source),
    heading(2, 'What it is for, and why it is lawful'),
    definitions(purposes(agreement)),
    heading(2, 'What is shared'),
    definitions(what(agreement, source)),
    heading(2, 'For how long'),
    definitions(howLong(source)),
    heading(2, 'Your rights'),
    ...rights(source),
    ...(withheld.length === 0
      ? []
      : [
          heading(2, 'What this notice does not tell'),
          paragraph(
            `Some things are kept back. The reason that the organisations give: ${agreement.public?.reason ?? ''}`,
          ),
        ]),
    heading(2, 'To be completed before it is published'),
    paragraph(
      `The agreement does not say these things, and the law asks that people are told them, where they apply. Take this section out once they are written above.`,
    ),
    list(unknownIn(agreement.lawfulBasis)),
    paragraph(
      say`Made on ${inWords(source.asOf)} from the agreement ${code(agreement.id)}. This is no part of what its parties sign.`,
    ),
  ];
}

/** What stands in the place of what is withheld. */
const WITHHELD = 'This is not told.';

function told(agreement: Agreement, setting: PublicSetting, words: () => Words): Words {
  return isWithheld(agreement, setting) ? WITHHELD : words();
}

/** As it is on the day of the notice, unless the days are withheld. */
function shares({ agreement, asOf }: DocumentSource): string {
  const { starts, ends } = agreement;
  if (!isWithheld(agreement, 'ends') && ends < asOf) return 'shared';
  return !isWithheld(agreement, 'starts') && asOf < starts ? 'is to share' : 'shares';
}

function who(source: DocumentSource): Block[] {
  const { register, agreement } = source;
  if (isWithheld(agreement, 'parties')) return [paragraph(WITHHELD)];
  const name = (id: Parameters<typeof register.organisation>[0]) => register.organisation(id).name;
  const controllers =
    agreement.relationship === 'joint-controllers'
      ? 'They decide together how the information is used.'
      : agreement.relationship === 'separate-controllers'
        ? 'Each of them decides by itself how it uses the information, and answers for that.'
        : 'The one that shares decides how the information is used; the other uses it on its behalf.';
  return [
    ...directionsOf(agreement).map(({ owner, recipients }) =>
      paragraph(
        `${name(owner)} ${shares(source)} information about you with ${andList(recipients.map(name))}.`,
      ),
    ),
    paragraph(controllers),
    definitions(
      partiesOf(agreement).map(
        (id): Entry => [`Data protection at ${name(id)}`, register.organisation(id).contacts.dataProtection],
      ),
    ),
  ];
}

function purposes(agreement: Agreement): Entry[] {
  const { purpose, lawfulBasis: law } = agreement;
  const basis = (): Words => {
    if (law.regime === 'uk-gdpr')
      return law.recognisedInterest === undefined
        ? BASES[law.article6]
        : `${BASES[law.article6]}: ${RECOGNISED[law.recognisedInterest]}`;
    return law.regime === 'law-enforcement' ? SECTION_35[law.section35] : '';
  };
  return [
    ['What it is for', told(agreement, 'purpose.aim', () => purpose.aim)],
    ['Why it is needed', told(agreement, 'purpose.necessity', () => purpose.necessity)],
    [
      'What it may be used for',
      told(agreement, 'purpose.permittedUses', () => listed(purpose.permittedUses)),
    ],
    [
      'What it may not be used for',
      told(agreement, 'purpose.prohibitedUses', () => listed(purpose.prohibitedUses)),
    ],
    ['Basis in law', told(agreement, 'lawfulBasis', basis)],
    ...conditions(agreement),
    ['Power to share', told(agreement, 'lawfulBasis', () => law.gateway)],
  ];
}

/** On which conditions sensitive information is used. They show what kind it is, so they go with that where it is withheld. */
function conditions(agreement: Agreement): Entry[] {
  const { lawfulBasis: law } = agreement;
  const isKeptBack = (['lawfulBasis', 'data.specialCategories', 'data.criminalOffence'] as const).some(
    (each) => isWithheld(agreement, each),
  );
  if (isKeptBack || law.regime === 'not-personal-data') return [];
  const plain = (each: string) => each.replaceAll('-', ' ');
  const said =
    law.regime === 'law-enforcement'
      ? (law.schedule8 ?? []).map((each) => `${plain(each)} (Data Protection Act 2018, Schedule 8)`)
      : [
          ...(law.article9 === undefined ? [] : [`${plain(law.article9)} (UK GDPR, Article 9(2))`]),
          ...(law.schedule1 ?? []).map((each) => `${plain(each)} (Data Protection Act 2018, Schedule 1)`),
        ];
  return said.length === 0 ? [] : [['Condition for sensitive information', listed(said)]];
}

function what(agreement: Agreement, { register }: DocumentSource): Entry[] {
  const { data } = agreement;
  const from = directionsOf(agreement).map(({ owner }) => register.organisation(owner).name);
  return [
    ['Information about you', told(agreement, 'data.items', () => listed(data.items))],
    ['Whom it is about', told(agreement, 'data.subjects', () => listed(data.subjects))],
    ...(data.specialCategories.length === 0
      ? []
      : [
          [
            'Sensitive information',
            told(agreement, 'data.specialCategories', () =>
              listed(data.specialCategories.map((each) => CATEGORIES[each])),
            ),
          ] as const,
        ]),
    ...(data.criminalOffence === 'no'
      ? []
      : [
          [
            'Offences',
            told(
              agreement,
              'data.criminalOffence',
              () => 'It includes information about offences, or that somebody is said to have committed one',
            ),
          ] as const,
        ]),
    ['Where it comes from', told(agreement, 'parties', () => andList(from))],
  ];
}

function howLong({ agreement, asOf }: DocumentSource): Entry[] {
  const { starts, ends, retention, hold } = agreement;
  const isHeld = hold !== undefined && (hold.until === undefined || hold.until >= asOf);
  const longer = isHeld ? ', and longer while a legal hold forbids deleting it' : '';
  return [
    [
      'When it is shared',
      say`from ${told(agreement, 'starts', () => inWords(starts))} to ${told(agreement, 'ends', () => inWords(ends))}`,
    ],
    [
      'How long who gets it keeps it',
      told(agreement, 'retention', () => `up to ${durationInWords(retention.period)}${longer}`),
    ],
    ['What becomes of it then', told(agreement, 'retention', () => retention.disposal)],
  ];
}

function rights({ register, agreement }: DocumentSource): Block[] {
  const { rights: mailbox } = agreement.contacts;
  const { lawfulBasis: law } = agreement;
  // A complaint is made to a controller, and a processor is none (Data Protection Act 2018, section 164A).
  const decides =
    agreement.relationship === 'controller-and-processor' && !isWithheld(agreement, 'parties')
      ? directionsOf(agreement).map(({ owner }) => register.organisation(owner).name)
      : [];
  const toWhom = decides.length === 0 ? 'any of these organisations' : andList(decides);
  return [
    // Which basis it is, and so which rights, is not told where the law is not.
    ...(isWithheld(agreement, 'lawfulBasis')
      ? [
          paragraph(
            'You have rights over what is held about you. Which they are depends on the law, which is not told here.',
          ),
        ]
      : [paragraph('You can ask:'), list(rightsUnder(law))]),
    ...(isWithheld(agreement, 'parties')
      ? []
      : [
          paragraph(
            agreement.relationship === 'controller-and-processor'
              ? say`Write to ${mailbox}.`
              : say`Write to ${mailbox}, or to any of these organisations: each has to answer you.`,
          ),
        ]),
    paragraph(
      `If you are not content with how your information is used, you may complain to ${toWhom}, and to the ${REGULATOR}.`,
    ),
  ];
}
