/**
 * The templates as a component that implements principles, as far as checks bear on them.
 * @see https://pages.nist.gov/OSCAL/concepts/layer/implementation/component-definition/
 */

import { plural } from '../../words';
import type { Evidence, SubPrinciple } from '../model';
import { controlId, metadata, OSCAL_FILES, property, uuidIn } from './document';

/** The component definition. A principle on which no check bears is not in it. */
export function componentDefinition(evidence: Evidence): object {
  const parts = evidence.principles
    .flatMap((principle) => principle.parts)
    .filter(({ checks }) => checks.length > 0);
  return {
    'component-definition': {
      uuid: uuidIn(evidence, 'component-definition'),
      metadata: metadata(evidence, 'Concordat, as its templates describe it'),
      components: [
        {
          uuid: uuidIn(evidence, 'component'),
          type: 'software',
          title: 'Concordat landing zone',
          description: `CloudFormation templates for ${plural(evidence.stacks.length, 'stack')}, synthesised from the register ${evidence.registerDigest}.`,
          props: [property('assembly-sha256', evidence.assemblyDigest)],
          ...(parts.length > 0 && {
            'control-implementations': [
              {
                uuid: uuidIn(evidence, 'implementation'),
                source: OSCAL_FILES.catalogue,
                description:
                  'What the templates contribute to each principle. What AWS and the member contribute is in the catalogue.',
                'implemented-requirements': parts.map((part) => requirement(evidence, part)),
              },
            ],
          }),
        },
      ],
    },
  };
}

function requirement(evidence: Evidence, part: SubPrinciple) {
  const goals = part.goals.filter(({ checks }) => checks.length > 0);
  return {
    uuid: uuidIn(evidence, 'requirement', part.id),
    'control-id': controlId(part.id),
    description: part.operator,
    props: [property('state', part.state.replaceAll(' ', '-'))],
    ...(goals.length > 0 && {
      statements: goals.map(({ id, why, checks, state }) => ({
        'statement-id': id,
        uuid: uuidIn(evidence, 'statement', id),
        description: `${why}. Checks: ${checks.join(', ')}.`,
        props: [property('state', state.replaceAll(' ', '-'))],
      })),
    }),
  };
}
