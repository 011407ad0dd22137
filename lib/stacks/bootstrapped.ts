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

/** One whose template is uploaded under the digest of what is there in the end. */
class InAscii extends DefaultStackSynthesizer {
  protected override synthesizeTemplate(
    ...given: Parameters<DefaultStackSynthesizer['synthesizeTemplate']>
  ): FileAssetSource {
    const source = super.synthesizeTemplate(...given);
    const [session] = given;
    const ascii = rewrittenInAscii(join(session.assembly.outdir, this.boundStack.templateFile));
    if (ascii === undefined) return source;
    return { ...source, sourceHash: createHash('sha256').update(ascii).digest('hex') };
  }
}

/** One whose template is handed over, or deployed from where it is. */
class InAsciiWithoutBootstrap extends LegacyStackSynthesizer {
  protected override synthesizeTemplate(
    ...given: Parameters<LegacyStackSynthesizer['synthesizeTemplate']>
  ): FileAssetSource {
    const source = super.synthesizeTemplate(...given);
    const [session] = given;
    rewrittenInAscii(join(session.assembly.outdir, this.boundStack.templateFile));
    return source;
  }
}

/**
 * Writes a template in ASCII, with `\u00f4` for `ô`. CloudFormation takes either, but gives a template back with `?` for each character
 * beyond: whoever asks what a stack runs, as a rollout does, would find another template than was deployed.
 * @returns what it wrote; undefined where the template was in ASCII
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1220
 * @see https://github.com/aws/aws-cli/issues/10185
 */
function rewrittenInAscii(file: string): string | undefined {
  const written = readFileSync(file);
  if (isAscii(written)) return undefined;
  const ascii = written
    .toString('utf8')
    .replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  writeFileSync(file, ascii);
  return ascii;
}

/**
 * For stacks of accounts that have no bootstrap: `cdk deploy` works with the credentials of the person who runs it. The CDK’s own
 * `BootstraplessSynthesizer` would not do: it still names the roles of the CDK’s bootstrap, and CloudFormation is then told
 * to work as a role that is not there.
 */
export function unbootstrapped(): LegacyStackSynthesizer {
  return new InAsciiWithoutBootstrap();
}
