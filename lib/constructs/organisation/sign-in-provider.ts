/** The organisation’s own OpenID Connect provider, as its account knows it. */
import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { SignIn } from '../../register';

/**
 * It takes tokens for one audience alone. No thumbprint is given: AWS trusts the provider’s certificate by its own list of
 * authorities, and looks up the thumbprint itself where there is none there.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html
 */
export class SignInProvider extends Construct {
  readonly provider: CfnOIDCProvider;

  constructor(scope: Construct, id: string, { issuer, client, audience = client }: SignIn) {
    super(scope, id);
    this.provider = new CfnOIDCProvider(this, 'Provider', { url: issuer, clientIdList: [audience] });
  }
}
