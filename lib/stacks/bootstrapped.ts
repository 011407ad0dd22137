/** How stacks are deployed through the roles and the bucket of our own bootstrap, which the baseline makes in each account. */
import { DefaultStackSynthesizer, LegacyStackSynthesizer } from 'aws-cdk-lib';
import { QUALIFIER, stagingBucketName, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';

/** One for each stack. */
export function bootstrapped(zone: Zone): DefaultStackSynthesizer {
  return new DefaultStackSynthesizer({
    qualifier: QUALIFIER,
    fileAssetsBucketName: stagingBucketName(THIS_ACCOUNT, zone),
    // The command line checks the bootstrap version itself; the template stays free of parameters and rules.
    generateBootstrapVersionRule: false,
  });
}

/**
 * For stacks of accounts that have no bootstrap: `cdk deploy` works with the credentials of the person who runs it. The CDK’s own
 * `BootstraplessSynthesizer` would not do: it still names the roles of the CDK’s bootstrap, and CloudFormation is then told
 * to work as a role that is not there.
 */
export function unbootstrapped(): LegacyStackSynthesizer {
  return new LegacyStackSynthesizer();
}
