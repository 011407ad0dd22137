/** Assumptions on GuardDuty Malware Protection for S3, and on the release gate that goes by its verdicts. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

const ROLE = `${GUIDES.guardDuty}/malware-protection-s3-iam-policy-prerequisite.html`;
/** The day on which those on the release gate were held against AWS’s pages. */
const GATE_REVIEWED = '2026-11-29';
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
  {
    id: 'verdicts-reach-the-account',
    assumes:
      'GuardDuty sends an event on each scan of an object to the default event bus of the bucket’s account, with the version and the verdict.',
    source: { says: 'so', page: `${GUIDES.guardDuty}/monitor-with-eventbridge-s3-malware-protection.html` },
    rests: 'That the release gate checks a deposit within minutes of its scan.',
    ifFalse: {
      how: 'told',
      what: 'late: the gate’s sweep finds the deposit within the hour, and until it has decided nobody can read it',
    },
    mend: 'Have the sweep run more often, in lib/constructs/gate/release-gate.ts.',
    test: {
      by: 'hand',
      steps: 'Deploy an organisation, deposit a file, and see the log of concordat-release-gate.',
      because: 'a probe deploys no gate',
    },
    checked: GATE_REVIEWED,
  },
  {
    id: 'tags-of-the-version-that-is-named',
    assumes:
      'Where PutObjectTagging names a version, S3 asks for s3:PutObjectVersionTagging, and compares s3:ExistingObjectTag and s3:RequestObjectTag with the tags of that version and of the request; a tag that is not there is a key that is not there.',
    source: { says: 'open', page: `${GUIDES.s3}/tagging-and-policies.html` },
    rests: 'That the gate decides beside a clean verdict alone, and once.',
    ifFalse: {
      how: 'closed',
      what: 'the gate can’t write its decision, which alarms, and nobody can read what it was about',
    },
    mend: 'Compare denyFalseVerdicts and denyFalseDecisions in lib/policy/bucket-policy.ts with the error that S3 gives.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation, deposit a file, and once it is released run aws s3api put-object-tagging on its version, as an administrator and with the gate’s role: both are refused.',
      because: 'a probe deploys no gate',
    },
    checked: GATE_REVIEWED,
  },
  {
    id: 'a-second-scan-keeps-tags',
    assumes: 'GuardDuty, where it scans an object again, leaves the tags that are there beside its own.',
    source: { says: 'open', page: ROLE },
    rests: 'That what was released stays so when somebody asks GuardDuty to scan it again.',
    ifFalse: {
      how: 'closed',
      what: 'the decision is gone and nobody can read the version, until the gate hears of the second verdict and writes the same decision again',
    },
    mend: 'Nothing: the gate makes it good by itself.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation, deposit a file, wait for its release, and run aws guardduty send-object-malware-scan on it.',
      because: 'a probe deploys no gate',
    },
    checked: GATE_REVIEWED,
  },
  {
    id: 'machine-role-with-conditions',
    assumes:
      'Step Functions takes on a role whose trust names the account and the one state machine, in the stack that makes both.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html',
    },
    rests: 'Checks that one run of the release gate cannot end.',
    ifFalse: {
      how: 'closed',
      what: 'the stack fails; or such a check does not go on, which alarms, and nobody can read what it is about',
    },
    mend: 'Have trustedByGateMachine in lib/policy/gate-policies.ts ask for any state machine of the account.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation, deposit a file of more than 2 GB, and see an execution of concordat-release-gate.',
      because: 'a probe deploys no gate',
    },
    checked: GATE_REVIEWED,
  },
];
