/** Assumptions on GuardDuty Malware Protection for S3. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

const ROLE = `${GUIDES.guardDuty}/malware-protection-s3-iam-policy-prerequisite.html`;
/** GuardDuty takes seconds to minutes. */
const SCAN = 900;

export const SCANNING: readonly Assumption[] = [
  {
    id: 'scan-role-with-conditions',
    assumes:
      'GuardDuty takes on a role whose trust asks for the account and its plans, where GuardDuty sends them, in a stack that makes the role and the plan straight after it.',
    source: { says: 'open', page: ROLE },
    rests: 'Every organisation’s stack: without the plan nothing is scanned.',
    ifFalse: {
      how: 'closed',
      what: 'the stack fails, or objects stay without a verdict and nobody can read them',
    },
    mend: 'Remove from trustedByGuardDuty in lib/policy/malware-policies.ts the condition that GuardDuty does not meet, or have the plan wait for the role.',
    test: {
      by: 'probe',
      steps: [{ call: { call: 'make-stack', stack: 'scan' }, expect: 'done', decides: true }],
    },
    checked: REVIEWED,
  },
  {
    id: 'scan-writes-verdicts',
    assumes:
      'With the rights of that role, GuardDuty writes the verdict as a tag of each new object: clean for a clean one, a threat for the EICAR test file.',
    source: { says: 'so', page: `${GUIDES.guardDuty}/monitoring-malware-protection-s3-scans-gdu.html` },
    rests: 'Release: only what has the tag of a clean verdict can be read.',
    ifFalse: { how: 'closed', what: 'objects stay without a verdict and nobody can read them' },
    mend: 'Compare malwareScanPermissions in lib/policy/malware-policies.ts with what CloudTrail shows as refused.',
    test: {
      by: 'probe',
      steps: [
        { call: { call: 'make-stack', stack: 'scan' }, expect: 'done' },
        { call: { call: 'put-object', object: 'clean' }, expect: 'done' },
        { call: { call: 'put-object', object: 'infected' }, expect: 'done' },
        { call: { call: 'get-verdict', object: 'clean' }, expect: 'clean', within: SCAN, decides: true },
        {
          call: { call: 'get-verdict', object: 'infected' },
          expect: 'infected',
          within: SCAN,
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
];
