/** Rules on the lawful basis: which conditions the data needs, and who may rely on which. */

import { orList } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced, whereIs } from '../draft';
import { namedParties } from '../parties';
import type { Agreement } from '../schema/agreement';
import {
  ARTICLE_9,
  type Article9,
  type LawfulBasis,
  SCHEDULE_1_PART_1,
  SCHEDULE_1_PART_2,
} from '../schema/lawful-basis';
import type { Sector } from '../schema/organisation';
import type { Path } from '../yaml-source';

type UkGdpr = Extract<LawfulBasis, { regime: 'uk-gdpr' }>;

const NOT_PUBLIC: readonly Sector[] = ['third-sector', 'private-sector'];

/** Article 9 conditions that also need one in Schedule 1 (Data Protection Act 2018, section 10), and its Part. */
const NEEDS_SCHEDULE_1: Partial<Record<Article9, { part: string; conditions: readonly string[] }>> = {
  'employment-and-social-protection-law': { part: 'Part 1', conditions: SCHEDULE_1_PART_1 },
  'health-or-social-care': { part: 'Part 1', conditions: SCHEDULE_1_PART_1 },
  'public-health': { part: 'Part 1', conditions: SCHEDULE_1_PART_1 },
  'archiving-research-and-statistics': { part: 'Part 1', conditions: SCHEDULE_1_PART_1 },
  'substantial-public-interest': { part: 'Part 2', conditions: SCHEDULE_1_PART_2 },
};

/** The conditions in Schedule 1 of which an Article 9 condition needs one; none where it needs none. */
export function conditionsFor(article9: string | undefined): readonly string[] {
  return NEEDS_SCHEDULE_1[article9 as Article9]?.conditions ?? [];
}

/** The lawful basis fits the data that is shared and the organisations that share it. */
export function lawfulBasisFits(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => faultsOf(agreement, draft));
}

function faultsOf(agreement: Sourced<Agreement>, draft: Draft): Diagnostic[] {
  const { lawfulBasis } = agreement.value;
  switch (lawfulBasis.regime) {
    case 'uk-gdpr':
      return [
        ...subjectsAreNamed(agreement),
        ...article6Fits(agreement, lawfulBasis, draft),
        ...article9Fits(agreement, lawfulBasis),
        ...criminalOffenceFits(agreement, lawfulBasis),
      ];
    case 'law-enforcement':
      return [...subjectsAreNamed(agreement), ...lawEnforcementFits(agreement, draft)];
    case 'not-personal-data':
      return notPersonalFits(agreement);
  }
}

function fault(agreement: Sourced<Agreement>, path: Path, message: string, fix: string, allowed?: string) {
  return at(agreement.source, path, {
    code: 'lawful-basis',
    message,
    fix,
    ...(allowed !== undefined && { allowed }),
  });
}

function subjectsAreNamed(agreement: Sourced<Agreement>): Diagnostic[] {
  if (agreement.value.data.subjects.length > 0) return [];
  return [
    fault(
      agreement,
      ['data', 'subjects'],
      'personal data is about people, but `subjects` is empty',
      'name the groups of people whom the data is about',
    ),
  ];
}

function article6Fits(agreement: Sourced<Agreement>, basis: UkGdpr, draft: Draft): Diagnostic[] {
  const path = ['lawfulBasis', 'article6'];
  const diagnostics: Diagnostic[] = [];
  const deposits = namedParties(agreement.value).filter((party) => party.deposits);
  const interest =
    basis.article6 === 'recognised-legitimate-interest' || basis.article6 === 'legitimate-interests';
  const owners = deposits.flatMap(({ id }) => draft.organisations.get(id)?.value ?? []);
  const owner = owners.find(({ sector }) => !NOT_PUBLIC.includes(sector));
  if (interest && owner !== undefined) {
    diagnostics.push(
      fault(
        agreement,
        path,
        `${owner.id} is a public authority, which may not rely on ${basis.article6} for its tasks (UK GDPR Article 6(1))`,
        'write public-task or legal-obligation, with the legal power under `gateway`',
      ),
    );
  }
  if (basis.article6 === 'recognised-legitimate-interest' && basis.recognisedInterest === undefined) {
    diagnostics.push(
      fault(
        agreement,
        path,
        'a recognised legitimate interest needs the condition in UK GDPR Annex 1 that it meets',
        'add `recognisedInterest:` with the condition',
      ),
    );
  }
  if (basis.article6 !== 'recognised-legitimate-interest' && basis.recognisedInterest !== undefined) {
    diagnostics.push(
      fault(
        agreement,
        ['lawfulBasis', 'recognisedInterest'],
        `a condition in Annex 1 goes only with recognised-legitimate-interest, not with ${basis.article6}`,
        'remove it, or change `article6`',
      ),
    );
  }
  if (basis.recognisedInterest === 'disclosure-for-public-task') {
    for (const { id, path: at } of namedParties(agreement.value).filter(({ collects }) => collects)) {
      const sector = draft.organisations.get(id)?.value.sector;
      if (sector === undefined || !NOT_PUBLIC.includes(sector)) continue;
      diagnostics.push(
        fault(
          agreement,
          at,
          `${id} has no public task, which disclosure-for-public-task needs of the recipient`,
          'choose another condition, or another recipient',
        ),
      );
    }
  }
  return diagnostics;
}

function article9Fits(agreement: Sourced<Agreement>, basis: UkGdpr): Diagnostic[] {
  const special = agreement.value.data.specialCategories.length > 0;
  if (special && basis.article9 === undefined) {
    return [
      fault(
        agreement,
        ['lawfulBasis'],
        'special-category data needs a condition in UK GDPR Article 9(2)',
        `add \`article9:\` with the condition, or empty \`specialCategories\` (${whereIs(agreement.source, ['data', 'specialCategories'])})`,
        orList(ARTICLE_9),
      ),
    ];
  }
  if (!special && basis.article9 !== undefined) {
    return [
      fault(
        agreement,
        ['lawfulBasis', 'article9'],
        'an Article 9 condition is given, but `specialCategories` is empty',
        'name the special categories that are shared, or remove `article9`',
      ),
    ];
  }
  const need = basis.article9 && NEEDS_SCHEDULE_1[basis.article9];
  if (need === undefined || basis.schedule1?.some((condition) => need.conditions.includes(condition)))
    return [];
  return [
    fault(
      agreement,
      basis.schedule1 ? ['lawfulBasis', 'schedule1'] : ['lawfulBasis', 'article9'],
      `${basis.article9} needs a condition in ${need.part} of Schedule 1 to the Data Protection Act 2018 as well`,
      'add one under `schedule1`',
      orList(need.conditions),
    ),
  ];
}

function criminalOffenceFits(agreement: Sourced<Agreement>, basis: UkGdpr): Diagnostic[] {
  if (agreement.value.data.criminalOffence === 'no' || basis.schedule1 !== undefined) return [];
  return [
    fault(
      agreement,
      ['data', 'criminalOffence'],
      'criminal-offence data needs a condition in Schedule 1 to the Data Protection Act 2018',
      'add `schedule1:` under `lawfulBasis`, with the condition',
    ),
  ];
}

function lawEnforcementFits(agreement: Sourced<Agreement>, draft: Draft): Diagnostic[] {
  const { value } = agreement;
  const diagnostics = namedParties(value).flatMap(({ id, path }) => {
    const sector = draft.organisations.get(id)?.value.sector;
    if (sector === undefined || !NOT_PUBLIC.includes(sector)) return [];
    return [
      fault(
        agreement,
        path,
        `${id} is not a competent authority, so law enforcement processing is not open to it`,
        'use the regime uk-gdpr for this organisation, in an agreement of its own',
      ),
    ];
  });
  const { lawfulBasis, data } = value;
  if (
    lawfulBasis.regime === 'law-enforcement' &&
    data.specialCategories.length > 0 &&
    lawfulBasis.schedule8 === undefined
  ) {
    diagnostics.push(
      fault(
        agreement,
        ['lawfulBasis'],
        'sensitive processing needs a condition in Schedule 8 to the Data Protection Act 2018',
        'add `schedule8:` with the condition',
      ),
    );
  }
  return diagnostics;
}

function notPersonalFits(agreement: Sourced<Agreement>): Diagnostic[] {
  const { data } = agreement.value;
  if (data.subjects.length === 0 && data.specialCategories.length === 0 && data.criminalOffence === 'no')
    return [];
  return [
    fault(
      agreement,
      ['lawfulBasis', 'regime'],
      'the data is about people, so it is personal data',
      'choose the regime uk-gdpr or law-enforcement, or correct `data`',
    ),
  ];
}
