/**
 * The Cloud Security Principles as an OSCAL catalogue, in our own short words, with links to the NCSC’s; and the checks as
 * a catalogue of their own. Neither depends on what an assembly shows.
 * @see https://pages.nist.gov/OSCAL/concepts/layer/control/catalog/
 */
import type { CheckResult, Evidence, Principle, SubPrinciple } from '../model';
import { uuidOf } from '../uuid';
import { checkControlId, controlId, metadata, property } from './document';

/** 14 groups, 24 controls, 115 objectives. */
export function catalogue(evidence: Evidence): object {
  return {
    catalog: {
      uuid: uuidOf('oscal', 'catalogue', evidence.asOf, ...goalIds(evidence)),
      metadata: metadata(
        evidence,
        'NCSC Cloud Security Principles, in short words',
        'The wording of controls and objectives is Concordat’s. The text that counts is the NCSC’s, version 2.1, which is linked from each group. Contains public sector information licensed under the Open Government Licence v3.0.',
      ),
      groups: evidence.principles.map(group),
    },
  };
}

function goalIds({ principles }: Evidence): string[] {
  return principles.flatMap(({ parts }) =>
    parts.flatMap(({ goals }) => goals.map(({ id, text }) => `${id} ${text}`)),
  );
}

function group({ number, title, link, parts }: Principle) {
  return {
    id: `principle-${number}`,
    title,
    links: [{ href: link, rel: 'reference', text: 'The principle in the words of the NCSC' }],
    controls: parts.map(control),
  };
}

function control({ id, title, inherited, member, goals }: SubPrinciple) {
  return {
    id: controlId(id),
    title,
    props: [property('inherited-from-aws', inherited), property('member-duty', member)],
    parts: [
      { id: `${controlId(id)}_smt`, name: 'statement', prose: `${title}: see the words of the NCSC.` },
      ...goals.map((goal) => ({
        id: goal.id,
        name: 'assessment-objective',
        props: [property('strength', goal.strength)],
        prose: goal.text,
      })),
    ],
  };
}

/** The checks. */
export function checksCatalogue(evidence: Evidence): object {
  return {
    catalog: {
      uuid: uuidOf(
        'oscal',
        'checks',
        evidence.asOf,
        ...evidence.checks.map(({ id, title }) => `${id} ${title}`),
      ),
      metadata: metadata(evidence, 'Checks of the Concordat public-sector pack'),
      ...(evidence.checks.length > 0 && { controls: evidence.checks.map(checkControl) }),
    },
  };
}

function checkControl({ id, title, why, reads, doesNotProve }: CheckResult) {
  return {
    id: checkControlId(id),
    title,
    parts: [
      { id: `${checkControlId(id)}_smt`, name: 'statement', prose: title },
      { id: `${checkControlId(id)}_gdn`, name: 'guidance', prose: why },
      {
        id: `${checkControlId(id)}_obj`,
        name: 'assessment-method',
        props: [{ name: 'method', value: 'EXAMINE' }],
        prose: `Reads ${reads.join('; ')}.${/\w/.test(doesNotProve) ? ` Does not prove: ${doesNotProve}` : ''}`,
      },
    ],
  };
}
