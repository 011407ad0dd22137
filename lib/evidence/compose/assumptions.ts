/** What AWS is taken to do, with what live tests of it have come to. */
import { liveOutcomesOf } from '../../assembly';
import { ASSUMPTION_TOPICS, type KnownAssumption, knownAssumptions, stepWords } from '../../policy';
import type { EvidenceAssumption } from '../model';
import type { EvidenceSource } from '../source';

const STATES = {
  documented: 'documented',
  assumed: 'assumed',
  seen: 'seen live',
  refuted: 'refuted',
} as const satisfies Readonly<Record<KnownAssumption['state']['is'], EvidenceAssumption['state']>>;

const SOURCES = { so: 'documented', open: 'open', nothing: 'undocumented' } as const;

/** Every assumption, by what it is about. @throws AssemblyError if the outcomes of the assembly cannot be read */
export function assumptionsIn({ assembly, register, asOf }: EvidenceSource): EvidenceAssumption[] {
  const known = knownAssumptions(liveOutcomesOf(assembly), { region: register.zone.region, asOf });
  const topicOf = new Map(
    ASSUMPTION_TOPICS.flatMap(({ title, assumptions }) => assumptions.map(({ id }) => [id, title])),
  );
  return known.map(({ assumption, state }) => {
    const { id, assumes, source, checked, rests, ifFalse, test } = assumption;
    return {
      id,
      topic: topicOf.get(id) ?? '',
      assumes,
      state: STATES[state.is],
      ...('on' in state && { seen: { on: state.on, region: state.region, saw: state.saw } }),
      source: SOURCES[source.says],
      ...('page' in source && { page: source.page }),
      checked,
      rests,
      ifFalse: { ...ifFalse },
      test:
        test.by === 'probe'
          ? {
              by: 'probe',
              needsOrganisation: test.needsOrganisation === true,
              steps: test.steps.map(stepWords),
            }
          : { by: 'hand', needsOrganisation: false, steps: [test.steps], because: test.because },
    };
  });
}
