/**
 * What the law has people told, in words that are read aloud: bases, kinds of information, rights, and what no agreement says.
 * @see https://www.legislation.gov.uk/eur/2016/679/contents Articles 6, 9, 13 to 21, as amended by the Data (Use and Access) Act 2025
 */
import type { Agreement } from '../register';

type Law = Agreement['lawfulBasis'];
type General = Extract<Law, { readonly regime: 'uk-gdpr' }>;
type Enforcement = Extract<Law, { readonly regime: 'law-enforcement' }>;

/**
 * To whom people complain. The Commission takes the Commissioner’s place on a day that Ministers set.
 * @see https://www.legislation.gov.uk/ukpga/2025/18/section/119
 */
export const REGULATOR = 'Information Commissioner, or the Information Commission that takes its place';

/** UK GDPR Article 6(1). */
export const BASES: Readonly<Record<General['article6'], string>> = {
  consent: 'You have agreed to it (UK GDPR, Article 6(1)(a))',
  contract: 'It is needed for a contract with you, or before one (UK GDPR, Article 6(1)(b))',
  'legal-obligation': 'The law obliges the organisation that shares to do it (UK GDPR, Article 6(1)(c))',
  'vital-interests': 'It is needed to protect somebody’s life (UK GDPR, Article 6(1)(d))',
  'public-task':
    'It is needed for a task in the public interest, or under official authority, that the law lays down (UK GDPR, Article 6(1)(e))',
  'recognised-legitimate-interest':
    'It is needed for a purpose that the law recognises as a legitimate interest (UK GDPR, Article 6(1)(ea))',
  'legitimate-interests':
    'It is needed for legitimate interests that yours do not outweigh (UK GDPR, Article 6(1)(f))',
};

/** UK GDPR Annex 1. */
export const RECOGNISED: Readonly<Record<NonNullable<General['recognisedInterest']>, string>> = {
  'disclosure-for-public-task': 'a public body asks for it, for its task',
  'national-security-public-security-or-defence': 'national security, public security or defence',
  emergencies: 'an emergency',
  crime: 'to detect, investigate or prevent crime',
  safeguarding: 'to protect children and other people at risk',
};

/** Data Protection Act 2018, section 35(2). */
export const SECTION_35: Readonly<Record<Enforcement['section35'], string>> = {
  consent: 'You have agreed to it (Data Protection Act 2018, section 35(2)(a))',
  'necessary-for-a-competent-authority':
    'It is needed for a task of law enforcement (Data Protection Act 2018, section 35(2)(b))',
};

/** UK GDPR Article 9(1). */
export const CATEGORIES: Readonly<Record<Agreement['data']['specialCategories'][number], string>> = {
  'racial-or-ethnic-origin': 'racial or ethnic origin',
  'political-opinions': 'political opinions',
  'religious-or-philosophical-beliefs': 'religious or philosophical beliefs',
  'trade-union-membership': 'membership of a trade union',
  'genetic-data': 'genetic data',
  'biometric-data-for-identification': 'biometric data that tell who somebody is',
  health: 'health',
  'sex-life': 'sex life',
  'sexual-orientation': 'sexual orientation',
};

/** What people can ask for under a basis: UK GDPR Articles 15 to 21, or sections 45 to 47 of the Act. */
export function rightsUnder(law: Law): readonly string[] {
  const all = ['to see what is held about you, and to have a copy', 'to have it corrected where it is wrong'];
  if (law.regime !== 'uk-gdpr')
    return [
      ...all,
      'to have it deleted or its use limited, where the law says so',
      'why you were refused, where an investigation or somebody’s safety allows it to be told',
    ];
  const { article6 } = law;
  const isObliged = article6 === 'legal-obligation' || article6 === 'public-task';
  return [
    ...all,
    'to have its use limited, while something about it is in dispute',
    // Article 17(3)(b)
    ...(isObliged
      ? []
      : ['to have it deleted, where it is no longer needed or there is no longer a ground for it']),
    // Article 21(1)
    ...(['public-task', 'recognised-legitimate-interest', 'legitimate-interests'].includes(article6)
      ? ['that it is not used, for reasons that have to do with your own situation: to object']
      : []),
    // Article 20(1)
    ...(article6 === 'consent' || article6 === 'contract'
      ? [
          'for what you gave yourself in a form that you can take to somebody else, where it is used by machine',
        ]
      : []),
    // Article 7(3)
    ...(article6 === 'consent' ? ['that it stops: you can withdraw what you agreed to at any time'] : []),
  ];
}

/** What the law has people told, and an agreement of this register has no setting for, with the place that asks for it. */
export function unknownIn(law: Law): readonly string[] {
  if (law.regime !== 'uk-gdpr')
    return [
      'Postal addresses of the controllers, beside these mailboxes (section 44(1)(a)).',
      'How to reach the Information Commissioner (section 44(1)(e)).',
      'How long each organisation keeps its own records of it (section 44(2)(b)).',
      'Whom else a recipient lets have it, also outside the United Kingdom (section 44(2)(c)).',
      'Whether any of this is held back for an investigation, and why (section 44(4)).',
    ];
  return [
    'Postal addresses of the controllers, beside these mailboxes (Articles 13(1)(a) and 14(1)(a)).',
    'How long each organisation keeps its own records of it, from which it shares or into which it takes this (Articles 13(2)(a) and 14(2)(a)).',
    'Where the organisation that shares has it from, if not from the people themselves, and whether from public sources (Article 14(2)(f)).',
    'Whether a recipient takes the information out of the United Kingdom afterwards, and how it is protected there (Articles 13(1)(f) and 14(1)(f)).',
    'Whom else a recipient lets have it, its own suppliers included (Articles 13(1)(e) and 14(1)(e)).',
    'Whether decisions about people are made by machine alone, how, and with what effect (Articles 13(2)(f) and 14(2)(g)).',
    'Whether people have to give the information, and what happens if they do not (Article 13(2)(e)).',
    ...(law.article6 === 'legitimate-interests'
      ? ['Which legitimate interests it is for (Articles 13(1)(d) and 14(2)(b)).']
      : []),
    'Whether people were told already, or need not be, as where it is impossible or would defeat the purpose (Articles 13(4) and 14(5)).',
    'How the organisation that collected the information told people at the time that it would be shared (Article 13(3)).',
  ];
}
