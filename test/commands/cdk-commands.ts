/**
 * The commands of the CDK that the documents print and that need no AWS. process.test.ts runs them, once each, since each
 * starts two processes that load the CDK; docs.test.ts holds that the documents print no others.
 */
export const CDK_LIST = 'npx cdk list';
export const CDK_SYNTH = 'npx cdk synth --quiet -c register=register -c asOf=2027-04-01';
