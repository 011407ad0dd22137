/**
 * How principles map to the checks, and to the Cyber Assessment Framework, with the gaps: what no check bears on.
 * @see https://pages.nist.gov/OSCAL/concepts/layer/control/mapping/
 */
import type { Evidence, SubPrinciple } from '../model';
import { checkControlId, controlId, metadata, OSCAL_FILES, uuidIn } from './document';

const CAF = 'https://www.ncsc.gov.uk/collection/cyber-assessment-framework';

/** The mapping collection. */
export function mapping(evidence: Evidence): object {
  const parts = evidence.principles.flatMap((principle) => principle.parts);
  const framework = { type: 'catalog', href: CAF };
  const mappings = [
    one(
      evidence,
      'checks',
      { type: 'catalog', href: OSCAL_FILES.checks },
      parts,
      ({ checks }) => checks.map(checkControlId),
      'What no check bears on cannot be shown by templates. That is a gap of the evidence, not a failure.',
    ),
    one(evidence, 'caf-3.2', framework, parts, ({ caf32 }) => caf32, 'Contributing outcomes of version 3.2.'),
    one(evidence, 'caf-4.0', framework, parts, ({ caf40 }) => caf40, 'Contributing outcomes of version 4.0.'),
  ].flatMap((each) => (each === undefined ? [] : [each]));
  return {
    'mapping-collection': {
      uuid: uuidIn(evidence, 'mapping'),
      metadata: metadata(
        evidence,
        'Cloud Security Principles: checks that bear on them, and outcomes of the CAF',
      ),
      provenance: {
        method: 'human',
        'matching-rationale': 'functional',
        status: 'draft',
        'mapping-description':
          'Judged goal by goal by the authors of Concordat. A principle that maps to a check is one on which the check bears; that does not mean that the check suffices.',
      },
      mappings,
    },
  };
}

function one(
  evidence: Evidence,
  name: string,
  target: object,
  parts: readonly SubPrinciple[],
  to: (part: SubPrinciple) => readonly string[],
  remarks: string,
) {
  const mapped = parts.filter((part) => to(part).length > 0);
  const gaps = parts.filter((part) => to(part).length === 0);
  if (mapped.length === 0) return undefined;
  return {
    uuid: uuidIn(evidence, 'mapping', name),
    method: 'human',
    'matching-rationale': 'functional',
    status: 'draft',
    'source-resource': { type: 'catalog', href: OSCAL_FILES.catalogue },
    'target-resource': target,
    maps: mapped.map((part) => ({
      uuid: uuidIn(evidence, 'map', name, part.id),
      relationship: 'intersects-with',
      sources: [{ type: 'control', 'id-ref': controlId(part.id) }],
      targets: to(part).map((id) => ({ type: 'control', 'id-ref': id })),
    })),
    ...(gaps.length > 0 && {
      'source-gap-summary': {
        uuid: uuidIn(evidence, 'gaps', name),
        'unmapped-controls': [{ 'with-ids': gaps.map(({ id }) => controlId(id)) }],
      },
    }),
    remarks,
  };
}
