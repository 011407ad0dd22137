/** The check on findings that were set aside. */
import { REPORT_FILE } from '../../assembly';
import { dayWords } from '../../register/calendar';
import type { Check } from '../check';
import { fail, listOf, notAsked, onFile, onManifest, pass, type Verdict, valueAt } from '../judging';

/** As `acknowledge` writes it: the reason, who answers for it, and the day of the next look. */
const WRITTEN = /^(.{20,}) Owner: (.+)\. Review by (\d{4}-\d{2}-\d{2})\.$/s;

/** One finding that was set aside. */
function judged(violation: unknown, asOf: string, ...at: (string | number)[]): Verdict {
  const rule = String(valueAt(violation, 'acknowledgedId') ?? valueAt(violation, 'ruleName'));
  const [, , owner, review] = WRITTEN.exec(String(valueAt(violation, 'reason'))) ?? [];
  if (!rule.includes('::'))
    return fail(`${rule} was set aside by a bare rule id, which leaves no trace of the pack.`, ...at);
  if (owner === undefined || review === undefined)
    return fail(`${rule} was set aside without reason, owner or review date.`, ...at);
  if (review < asOf)
    return fail(`${rule} was to be looked at again by ${dayWords(review)}; ask ${owner}.`, ...at);
  return pass(
    `${rule} was set aside with a reason; ${owner} answers for it, and looks again by ${dayWords(review)}.`,
    ...at,
  );
}

export const EXCEPTIONS: readonly Check[] = [
  {
    id: 'TPL-EXCEPT',
    title:
      'Every finding that was set aside has a reason, an owner and a day of the next look, which is not past.',
    reads: ['validation-report.json suppressedViolations'],
    why: 'An exception that nobody looks at again is a hole.',
    goals: ['csp-5.4_goal.2', 'csp-14.1_goal.1', 'csp-14.1_goal.2'],
    doesNotProve: 'That the reason is right: read it.',
    remediation: 'Fix the finding, or acknowledge it again with a reason, an owner and a review date.',
    afterSynth: true,
    judge: (assembly) => {
      if (assembly.underWay)
        return [
          onManifest(
            assembly,
            notAsked(
              'The report is being made; Concordat-Acknowledgements asks the same at each synth.',
              'artifacts',
            ),
          ),
        ];
      if (!assembly.files.has(REPORT_FILE))
        return [
          onManifest(
            assembly,
            fail(`There is no ${REPORT_FILE}, so no rule pack is known to have run.`, 'artifacts'),
          ),
        ];
      const reports = listOf(valueAt(assembly.files.get(REPORT_FILE), 'pluginReports'));
      return reports.flatMap((report, pack) => [
        ...listOf(valueAt(report, 'suppressedViolations')).map((each, index) =>
          onFile(
            assembly,
            REPORT_FILE,
            judged(each, assembly.asOf, 'pluginReports', pack, 'suppressedViolations', index),
          ),
        ),
        ...listOf(valueAt(report, 'violations')).map((each, index) =>
          onFile(
            assembly,
            REPORT_FILE,
            fail(`${String(valueAt(each, 'ruleName'))} is open.`, 'pluginReports', pack, 'violations', index),
          ),
        ),
      ]);
    },
  },
];
