/**
 * The NCSC’s 14 Cloud Security Principles (version 2.1) in short words of our own: 24 sub-principles with 115 goals, and for
 * each how far templates can show it. The text that counts is the NCSC’s.
 * @see https://www.ncsc.gov.uk/collection/cloud/the-cloud-security-principles
 */
import { CHECKS } from './checks';
import { PRINCIPLES_1_TO_3 } from './principles/from-1-to-3';
import { PRINCIPLES_4_TO_5 } from './principles/from-4-to-5';
import { PRINCIPLES_6_TO_10 } from './principles/from-6-to-10';
import { PRINCIPLES_11_TO_14 } from './principles/from-11-to-14';
import type { SubPrinciple, WrittenSubPrinciple } from './principles/sub-principle';

export type { SubPrinciple } from './principles/sub-principle';

/** The 14 principles by number. */
export const PRINCIPLES: readonly { readonly number: number; readonly title: string }[] = [
  'Data in transit protection',
  'Asset protection and resilience',
  'Separation between customers',
  'Governance framework',
  'Operational security',
  'Personnel security',
  'Secure development',
  'Supply chain security',
  'Secure user management',
  'Identity and authentication',
  'External interface protection',
  'Secure service administration',
  'Audit information and alerting for customers',
  'Secure use of the service',
].map((title, index) => ({ number: index + 1, title }));

/** The 24 sub-principles in order, with the checks that bear on each and on each of its goals. */
export const SUB_PRINCIPLES: readonly SubPrinciple[] = [
  ...PRINCIPLES_1_TO_3,
  ...PRINCIPLES_4_TO_5,
  ...PRINCIPLES_6_TO_10,
  ...PRINCIPLES_11_TO_14,
].map(withChecks);

/** What a goal says of itself is in the principles; which checks bear on it is said by the checks, and by them alone. */
function withChecks(written: WrittenSubPrinciple): SubPrinciple {
  const bearing = (id: string) => CHECKS.filter((check) => check.goals.includes(id)).map((check) => check.id);
  const id = `csp-${written.number}`;
  const goals = written.goals.map(([strength, fromTemplates, text, ...askFor], index) => {
    const goal = `${id}_goal.${index + 1}`;
    return {
      id: goal,
      strength,
      text,
      fromTemplates,
      checks: bearing(goal),
      askFor: fromTemplates === 'yes' ? [] : askFor.length > 0 ? askFor : written.askFor,
    };
  });
  const checks = [...new Set([...bearing(id), ...goals.flatMap((goal) => goal.checks)])].sort();
  return { ...written, id, principle: Number.parseInt(written.number, 10), goals, checks };
}
