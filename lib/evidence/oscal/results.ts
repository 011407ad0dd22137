/**
 * What the checks came to, as OSCAL assessment results. OSCAL knows only satisfied and not satisfied, so a goal that is shown
 * in part, or that templates do not show, is no finding: it is left out of the objectives, and the observations say why.
 * @see https://pages.nist.gov/OSCAL/concepts/layer/assessment/assessment-results/
 */
import { dayWords } from '../../register/calendar';
import type { CheckResult, Evidence } from '../model';
import { momentOf } from '../uuid';
import { controlId, metadata, OSCAL_FILES, property, uuidIn } from './document';
import { sharingControlId } from './sharing-catalogue';

/** Evidence that an observation names; evidence.json has all. */
const MOST_NAMED = 20;

/** What is told of a goal of either set of principles. */
type Goal = Pick<
  Evidence['sharingPrinciples'][number]['goals'][number],
  'id' | 'text' | 'state' | 'why' | 'checks'
>;

/** The assessment results. */
export function assessmentResults(evidence: Evidence): object {
  const plan = uuidIn(evidence, 'plan');
  const goals: readonly Goal[] = [
    ...evidence.principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals)),
    ...evidence.sharingPrinciples.flatMap((principle) => principle.goals),
  ];
  const findings = goals.flatMap((goal) => findingOf(evidence, goal));
  const observations = evidence.checks.map((check, index) => observationOf(evidence, check, index));
  return {
    'assessment-results': {
      uuid: uuidIn(evidence, 'results'),
      metadata: metadata(evidence, 'What the synthesised templates show'),
      'import-ap': { href: `#${plan}` },
      results: [
        {
          uuid: uuidIn(evidence, 'result'),
          title: `Checks of the templates as of ${dayWords(evidence.asOf)}`,
          description: `Every check ran on the assembly ${evidence.assemblyDigest}. Nothing was run against live AWS.`,
          start: momentOf(evidence.asOf),
          end: momentOf(evidence.asOf),
          'reviewed-controls': reviewed(evidence, goals),
          ...(observations.length > 0 && { observations }),
          ...(findings.length > 0 && { findings }),
        },
      ],
      'back-matter': {
        resources: [
          {
            uuid: plan,
            title: 'There is no separate assessment plan',
            description:
              'The plan is the catalogue of checks: each runs on every resource that it concerns, at every synth and again here.',
            rlinks: [{ href: OSCAL_FILES.checks, 'media-type': 'application/json' }],
          },
        ],
      },
    },
  };
}

function reviewed({ principles, sharingPrinciples }: Evidence, goals: readonly Goal[]) {
  const parts = principles.flatMap((principle) => principle.parts);
  const left = [
    ...parts.filter(({ state }) => state === 'not shown').map(({ id }) => controlId(id)),
    ...sharingPrinciples
      .filter((principle) => principle.goals.every(({ state }) => state === 'not shown'))
      .map(sharingControlId),
  ].map((id) => ({ 'control-id': id }));
  const open = goals.filter(({ state }) => state === 'not shown' || state === 'partly');
  return {
    description:
      'Controls and objectives that templates cannot show, or show only in part, are excluded: they are neither satisfied nor not.',
    'control-selections': [{ 'include-all': {}, ...(left.length > 0 && { 'exclude-controls': left }) }],
    'control-objective-selections': [
      {
        'include-all': {},
        ...(open.length > 0 && { 'exclude-objectives': open.map(({ id }) => ({ 'objective-id': id })) }),
      },
    ],
  };
}

function observationOf(evidence: Evidence, check: CheckResult, index: number) {
  const { id, title, passed, failed, accepted, notApplicable, judgements } = check;
  const named = (['fail', 'pass'] as const)
    .flatMap((outcome) => firstWith(outcome, judgements))
    .slice(0, MOST_NAMED);
  return {
    uuid: uuidIn(evidence, 'observation', id),
    title: id,
    description: `${title} ${passed} of ${passed + failed + accepted} judgements pass, ${accepted} fail and are accepted as exceptions; ${notApplicable} more do not apply.`,
    props: [
      property('passed', String(passed)),
      property('failed', String(failed)),
      property('accepted', String(accepted)),
      property('not-applicable', String(notApplicable)),
    ],
    methods: ['EXAMINE'],
    types: ['control-objective'],
    ...(named.length > 0 && {
      // The templates are not handed over with the pack; the judgement, which is, has the place in them.
      'relevant-evidence': named.map(({ outcome, file, pointer, saw, at }) => ({
        href: `../evidence.json#/checks/${index}/judgements/${at}`,
        description: `${outcome}: ${saw}`,
        // OSCAL has no empty values, and an empty pointer is the whole file.
        props: [property('file', file), ...(pointer === '' ? [] : [property('pointer', pointer)])],
      })),
    }),
    collected: momentOf(evidence.asOf),
  };
}

/** As many judgements as are named, each with its place among all. */
function firstWith(wanted: 'fail' | 'pass', judgements: CheckResult['judgements']) {
  const found = [];
  for (const [at, each] of judgements.entries()) {
    if (found.length === MOST_NAMED) break;
    if (each.outcome === wanted) found.push({ ...each, at });
  }
  return found;
}

function findingOf(evidence: Evidence, goal: Goal) {
  const { id, text, state, why, checks } = goal;
  if (state !== 'shown' && state !== 'failed') return [];
  return [
    {
      uuid: uuidIn(evidence, 'finding', id),
      title: text,
      description: `${why}. Checks: ${checks.join(', ')}.`,
      target: {
        type: 'objective-id',
        'target-id': id,
        status:
          state === 'shown'
            ? { state: 'satisfied', reason: 'pass', remarks: 'As far as templates show it.' }
            : { state: 'not-satisfied', reason: 'fail' },
      },
      'related-observations': checks.map((check) => ({
        'observation-uuid': uuidIn(evidence, 'observation', check),
      })),
    },
  ];
}
