/** A plan as sentences under headings, the most pressing first. */
import type { Plan } from '../plan';
import { tellHoles, tellShare } from './access';
import { tellCopies } from './copies';
import { tellBaselineRole, tellGuardrail } from './guardrails';
import { tellKey, tellReplacedKey, tellResource } from './keys-and-stacks';
import { tellUnjudged } from './not-judged';
import { tellHolder, tellOrganisation, tellSetting } from './organisations';
import { tellSignIn } from './sign-ins';
import { tellTerms } from './terms';
import type { Told } from './told';

/** The changes of one kind. Never empty. */
export interface PlanSection {
  readonly heading: string;
  readonly told: readonly Told[];
}

const LOOK_FIRST = 'Look first: replaced, deleted or refused';

/** Everything that changes but stacks, which follow from it; what widens access first, under each heading and among headings. */
export function sectionsOf(plan: Plan): PlanSection[] {
  const copies = plan.copies.map((each) => tellCopies(each, plan.after.asOf));
  const sections: PlanSection[] = [
    {
      heading: LOOK_FIRST,
      told: [
        ...plan.keys.flatMap((each) => tellReplacedKey(each) ?? []),
        ...plan.resources.map(tellResource),
        ...copies.filter(({ mark }) => mark === '!'),
      ],
    },
    {
      heading: 'Access',
      told: [...tellHoles(plan.holes, plan), ...plan.shares.map((each) => tellShare(each, plan))],
    },
    { heading: 'Terms of agreements', told: plan.agreements.map((each) => tellTerms(each, plan)) },
    {
      heading: 'Roles and people',
      told: [
        ...plan.holders.map((each) => tellHolder(each, plan.accounts)),
        ...plan.signIns.map((each) => tellSignIn(each, plan.accounts)),
      ],
    },
    {
      heading: 'Organisations',
      told: [...plan.zone.map(tellSetting), ...plan.organisations.map(tellOrganisation)],
    },
    {
      heading: 'Guardrails and baseline',
      told: [...plan.guardrails.map(tellGuardrail), ...plan.baselines.map(tellBaselineRole)],
    },
    { heading: 'Copies of agreements that are over', told: copies.filter(({ mark }) => mark !== '!') },
    { heading: 'Custody', told: plan.keys.map(tellKey) },
    { heading: 'Changed, and not judged here', told: plan.changedNotJudged.map(tellUnjudged) },
  ];
  const said = sections
    .filter(({ told }) => told.length > 0)
    .map(({ heading, told }) => ({ heading, told: widestFirst(told, ({ widens }) => widens) }));
  return widestFirst(
    said,
    ({ heading, told }) => heading === LOOK_FIRST || told.some(({ widens }) => widens),
  );
}

/** In the same order otherwise. */
function widestFirst<T>(all: readonly T[], widens: (each: T) => boolean): T[] {
  return [...all].sort((a, b) => Number(widens(b)) - Number(widens(a)));
}

/** The changes that let anybody do more than before. */
export function wideningsIn(sections: readonly PlanSection[]): Told[] {
  return sections.flatMap(({ told }) => told.filter(({ widens }) => widens));
}
