/** IAM Access Analyzer for every account of the AWS organisation. */
import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { Construct } from 'constructs';
import { ANALYZER_NAME } from '../../names';

/**
 * Finds what is open to somebody outside the AWS organisation. An analyzer of one account would take every share with
 * another organisation of the zone for a finding, and the stranger among them would not be seen.
 *
 * AWS Organizations has to trust IAM Access Analyzer first, in the management account too: AWS refuses it otherwise.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-external.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html
 */
export class OrganisationAnalyzer extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnAnalyzer(this, 'Analyzer', { analyzerName: ANALYZER_NAME, type: 'ORGANIZATION' });
  }
}
