/** How stacks are deployed through the roles and the bucket of our own bootstrap, which the baseline makes in each account. */
import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { QUALIFIER, stagingBucketName } from '../policy/bootstrap-names';
import { THIS_ACCOUNT } from '../policy/placeholders';
import type { Zone } from '../register/schema/zone';

/** One for each stack. */
export function bootstrapped(zone: Zone): DefaultStackSynthesizer {
  return new DefaultStackSynthesizer({
    qualifier: QUALIFIER,
    fileAssetsBucketName: stagingBucketName(THIS_ACCOUNT, zone),
    // The command line checks the bootstrap version itself; the template stays free of parameters and rules.
    generateBootstrapVersionRule: false,
  });
}
