/**
 * What a record of processing says of the law: which law asks for it, and on which basis and conditions the owner shares.
 * @see https://www.legislation.gov.uk/eur/2016/679/article/30
 * @see https://www.legislation.gov.uk/ukpga/2018/12/section/61
 */
import type { Agreement } from '../register';
import { capital, plainText } from '../words';
import { CATEGORIES, RECOGNISED } from './privacy-law';
import type { ProcessingRole } from './processing-parts';

type Law = Agreement['lawfulBasis'];
type General = Extract<Law, { readonly regime: 'uk-gdpr' }>;
type Enforcement = Extract<Law, { readonly regime: 'law-enforcement' }>;

/** The letters of UK GDPR Article 6(1). */
const ARTICLE_6: Readonly<Record<General['article6'], string>> = {
  consent: 'a',
  contract: 'b',
  'legal-obligation': 'c',
  'vital-interests': 'd',
  'public-task': 'e',
  'recognised-legitimate-interest': 'ea',
  'legitimate-interests': 'f',
};

/** The letters of section 35(2) of the Act. */
const SECTION_35: Readonly<Record<Enforcement['section35'], string>> = {
  consent: 'a',
  'necessary-for-a-competent-authority': 'b',
};

/** Which law asks for the record, of whom. */
export function askedBy({ regime }: Law, role: ProcessingRole): string {
  const [controller, processor] =
    regime === 'law-enforcement'
      ? ['Data Protection Act 2018, section 61(1)', 'Data Protection Act 2018, section 61(3)']
      : ['UK GDPR, Article 30(1)', 'UK GDPR, Article 30(2)'];
  switch (role) {
    case 'controller':
      return `${controller}: controller`;
    case 'joint-controller':
      return `${controller}: joint controller`;
    case 'processor':
      return `${processor}: processor`;
    case 'either':
      return `${controller} or ${processor}: the agreement does not say which of the two is the controller`;
  }
}

/** The basis: UK GDPR Article 6(1), or section 35(2) of the Act. */
export function basisOf(law: Law): string {
  switch (law.regime) {
    case 'uk-gdpr': {
      const interest =
        law.recognisedInterest === undefined ? '' : `, Annex 1: ${RECOGNISED[law.recognisedInterest]}`;
      return `${plain(law.article6)} (UK GDPR, Article 6(1)(${ARTICLE_6[law.article6]})${interest})`;
    }
    case 'law-enforcement':
      return `${plain(law.section35)} (Data Protection Act 2018, section 35(2)(${SECTION_35[law.section35]}))`;
    case 'not-personal-data':
      return '';
  }
}

/** Conditions for special categories: UK GDPR Article 9(2), or Schedule 8 to the Act. */
export function specialConditions(law: Law): readonly string[] {
  if (law.regime === 'law-enforcement')
    return (law.schedule8 ?? []).map((each) => `${plain(each)} (Data Protection Act 2018, Schedule 8)`);
  return law.regime === 'uk-gdpr' && law.article9 !== undefined
    ? [`${plain(law.article9)} (UK GDPR, Article 9(2))`]
    : [];
}

/** Conditions in Schedule 1 to the Act, for special categories and for offences. */
export function schedule1Conditions(law: Law): readonly string[] {
  return law.regime === 'uk-gdpr' ? (law.schedule1 ?? []).map(plain) : [];
}

/** The special categories of personal data, in words. */
export function categoriesOf({ data }: Agreement): readonly string[] {
  return data.specialCategories.map((each) => CATEGORIES[each]);
}

/** `public-task` as `Public task` */
function plain(word: string): string {
  return plainText(capital(word.replaceAll('-', ' ')));
}
