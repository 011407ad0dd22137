/** Tells an organisation at once of what it deposited and GuardDuty did not find clean, and of a scan that does not work. */
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { bucketName, DEPOSITS_HELD, MALWARE_CLEAN } from '../../names';
import { addHeardEvents, type HeardIn } from '../alerts/heard-events';

/** As AWS names them; its own example writes the warning in small letters. */
const EVENTS = [
  'GuardDuty Malware Protection Object Scan Result',
  'GuardDuty Malware Protection Post Scan Action Failed',
  'GuardDuty Malware Protection Resource Status Error',
  'GuardDuty Malware Protection Resource Status Warning',
  'GuardDuty Malware Protection Resource Status warning',
];

/** What the queue keeps of an event: of the object, its name and version alone. What an event does not say is left empty. */
const MESSAGE: CfnRule.InputTransformerProperty = {
  inputPathsMap: {
    event: '$.detail-type',
    file: '$.detail.s3ObjectDetails.objectKey',
    version: '$.detail.s3ObjectDetails.versionId',
    verdict: '$.detail.scanResultDetails.scanResultStatus',
    status: '$.detail.resourceStatus',
    time: '$.time',
  },
  inputTemplate: `"${[
    'At <time>: <event>. File: <file> (version <version>). Verdict: <verdict>. Status of the plan: <status>.',
    'The file is not released: no recipient can read it, and waiting does not change that. What to do:',
    'UNSUPPORTED: GuardDuty cannot open it. It has a password, or is an archive with too much in it. Deposit it again without; it is encrypted here in any case.',
    'THREATS_FOUND: treat it as a security incident. Do not open it, and find out where it came from.',
    'ACCESS_DENIED, FAILED, a failed action after the scan, or a status of the plan: look at the plan in GuardDuty, mend what it names, update the plan, and deposit the file again.',
  ].join(' ')}"`,
};

/** One rule for every verdict but the clean one. What it says to do stands in each message and in the alarm. */
export class DepositsHeld extends Construct {
  constructor(scope: Construct, id: string, heardIn: HeardIn) {
    super(scope, id);
    const ours = [bucketName(heardIn.zone, heardIn.account), { exists: false }];
    addHeardEvents(this, {
      ...heardIn,
      name: DEPOSITS_HELD,
      alarm: { prefix: 'concordat-deposits', name: 'held' },
      description:
        'Concordat: sees deposits that GuardDuty did not find clean, and a scan that does not work',
      eventPattern: {
        source: ['aws.guardduty'],
        'detail-type': EVENTS,
        detail: {
          // A result names the bucket of its object, a status that of its plan.
          s3ObjectDetails: { bucketName: ours },
          s3BucketDetails: { bucketName: ours },
          scanResultDetails: { scanResultStatus: [{ 'anything-but': [MALWARE_CLEAN] }, { exists: false }] },
        },
      },
      message: MESSAGE,
      says: 'A deposit was not found clean, or the malware scan does not work: nobody can read what was deposited. The queue concordat-deposits-held says which file and why. A file with a password, or a large archive, cannot be scanned: deposit it again without. A threat is an incident. If the scan itself fails, look at the malware protection plan in GuardDuty.',
      saysUnkept:
        'A deposit was not found clean, or the malware scan does not work, and the queue could not keep which file it is. Look at the tags of what was deposited last, and at the plan in GuardDuty.',
    });
  }
}
