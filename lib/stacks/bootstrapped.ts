/** How stacks are deployed through the roles and the bucket of our own bootstrap, which the baseline makes in each account. */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultStackSynthesizer, type FileAssetSource, LegacyStackSynthesizer } from 'aws-cdk-lib';
import { QUALIFIER, stagingBucketName, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';

/** One for each stack. */
export function bootstrapped(zone: Zone): DefaultStackSynthesizer {
  return new InAscii({
    qualifier: QUALIFIER,
    fileAssetsBucketName: stagingBucketName(THIS_ACCOUNT, zone),
    // The command line checks the bootstrap version itself; the template stays free of parameters and rules.
    generateBootstrapVersionRule: false,
  });
}

/**
 * Writes templates in ASCII, with `\u00f4` for `ô`. CloudFormation takes either, but gives a template back with `?` for each character
 * beyond: whoever asks what a stack runs, as a rollout does, would find another template than was deployed.
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1220
 * @see https://github.com/aws/aws-cli/issues/10185
 */
class InAscii extends DefaultStackSynthesizer {
  protected override synthesizeTemplate(
    ...given: Parameters<DefaultStackSynthesizer['synthesizeTemplate']>
  ): FileAssetSource {
    const source = super.synthesizeTemplate(...given);
    const [session] = given;
    const file = join(session.assembly.outdir, this.boundStack.templateFile);
    const written = readFileSync(file);
    if (isAscii(written)) return source;
    const ascii = written
      .toString('utf8')
      .replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
    writeFileSync(file, ascii);
    return { ...source, sourceHash: createHash('sha256').update(ascii).digest('hex') };
  }
}

/**
 * For stacks of accounts that have no bootstrap: `cdk deploy` works with the credentials of the person who runs it. The CDK’s own
 * `BootstraplessSynthesizer` would not do: it still names the roles of the CDK’s bootstrap, and CloudFormation is then told
 * to work as a role that is not there.
 */
export function unbootstrapped(): LegacyStackSynthesizer {
  return new LegacyStackSynthesizer();
}
