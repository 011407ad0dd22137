/** Checks on when, under which agreement and what recipients read. */
import canonicalize from 'canonicalize';
import { instantOf } from '../../iam';
import { GATE_RELEASED, GATE_TAG } from '../../names';
import { addDays, dayWords, startOfDay } from '../../register/calendar';
import type { Check } from '../check';
import { eachOf, fail, holds, notAsked, pass } from '../judging';
import { asked, type CheckedStatement } from '../statements';
import { NONE, POINT, policyOf, shareOf } from './shares';

/** Whether what is asked is one moment, in whichever of the forms that AWS takes: with an offset, or in seconds since 1970. */
function isMoment(values: readonly string[], moment: string): boolean {
  const [only = '', ...more] = values;
  return more.length === 0 && instantOf(only) === instantOf(moment);
}

export const SHARE_TERMS: readonly Check[] = [
  {
    id: 'SHARE-DAYS',
    title: 'Access starts and ends on the days of its agreement, without anybody doing anything.',
    reads: ['AWS::S3::AccessPoint Policy', 'register.json agreements'],
    why: 'Access that has to be taken away by hand is forgotten.',
    goals: ['csp-9_goal.9', 'csp-9_goal.10', 'csp-6.2_goal.5'],
    doesNotProve: 'That copies made before the end are deleted: the agreement says who does that.',
    remediation:
      'Condition every statement on aws:CurrentTime, from the first moment of the first day to the last of the last, in UK time.',
    judge: eachOf(
      [POINT],
      (seen) => {
        const share = shareOf(seen);
        if (share === undefined)
          return notAsked('No agreement is known to hold it to.', 'Properties', 'Name');
        const [from, until] = [startOfDay(share.days.from), startOfDay(addDays(share.days.until, 1))];
        const timeless = policyOf(seen).find(
          (each) =>
            each.allows &&
            !(
              isMoment(asked(each, 'aws:CurrentTime', ['DateGreaterThanEquals']), from) &&
              isMoment(asked(each, 'aws:CurrentTime', ['DateLessThan']), until)
            ),
        );
        return timeless
          ? fail(
              `${timeless.sid} does not hold from ${dayWords(share.days.from)} to ${dayWords(share.days.until)} only.`,
              ...timeless.at,
            )
          : pass(
              `It holds from ${dayWords(share.days.from)} to ${dayWords(share.days.until)}, and at no other time.`,
              'Properties',
              'Policy',
            );
      },
      NONE,
    ),
  },
  {
    id: 'SHARE-LINE',
    title:
      'Every access point says which line of the register it comes from and, where approvals are asked for, which signatures it rests on.',
    reads: ['AWS::S3::AccessPoint Metadata'],
    why: 'An assessor can then go from access to the agreement that was reviewed, and to who signed it.',
    goals: ['csp-5.4_goal.1', 'csp-9_goal.7', 'csp-14.2_goal.3'],
    doesNotProve: 'That the review was a good one.',
    remediation:
      'Put agreement, owner, recipient and source in the Metadata, and the digests of terms and approvals.',
    judge: eachOf(
      [POINT],
      (seen) => {
        const metadata =
          (seen.resource.template.Metadata as { Concordat?: Record<string, unknown> } | undefined)
            ?.Concordat ?? {};
        const share = shareOf(seen);
        const source = String(metadata.source);
        const right =
          /^agreements\/[\w./-]+\.yaml:\d+$/.test(source) &&
          (share === undefined ||
            (canonicalize(metadata.approval) === canonicalize(share.approval) &&
              metadata.agreement === share.agreement.id &&
              metadata.recipient === share.recipient.id &&
              metadata.owner === share.owner.id));
        return holds(
          right,
          `It comes from ${source}.`,
          'It does not say rightly which agreement it comes from.',
          'Metadata',
          'Concordat',
        );
      },
      NONE,
    ),
  },
  {
    id: 'GATE-READ',
    title: 'Recipients can read only what the malware scan found clean and the release gate released.',
    reads: ['AWS::S3::AccessPoint Policy'],
    why: 'Bad data is stopped before the recipient sees it.',
    goals: ['csp-11_goal.5', 'csp-14.1_goal.5', 'csp-14.2_goal.5'],
    doesNotProve:
      'That GuardDuty knows every piece of malware, or that a contract asks for what the data needs.',
    remediation:
      'Condition every statement that allows s3:GetObject on the tags GuardDutyMalwareScanStatus and concordat-gate.',
    judge: eachOf(
      [POINT],
      (seen) => {
        const clean = (each: CheckedStatement) =>
          asked(each, 's3:ExistingObjectTag/GuardDutyMalwareScanStatus', ['StringEquals']).join() ===
            'NO_THREATS_FOUND' &&
          asked(each, `s3:ExistingObjectTag/${GATE_TAG}`, ['StringEquals']).join() === GATE_RELEASED;
        const unscanned = policyOf(seen).find(
          (each) => each.allows && each.actions.some((action) => action !== 's3:listbucket') && !clean(each),
        );
        return unscanned
          ? fail(
              `${unscanned.sid} lets objects be read that were not found clean and released.`,
              ...unscanned.at,
            )
          : pass(
              'Objects can be read once the malware scan has found them clean and the gate has released them.',
              'Properties',
              'Policy',
            );
      },
      NONE,
    ),
  },
];
