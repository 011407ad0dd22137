/** What the evidence does not show, for any assembly. Each limit says who can show it. */
export const LIMITS_OF_EVIDENCE: readonly string[] = [
  'Templates say what would be deployed. That they were deployed, and that nothing was changed since, is for the operator to show: npx cdk diff, and the drift report of CloudFormation in each account.',
  'What was seen on live AWS, the list of what AWS is taken to do says; nothing else here was run there. That AWS does what it documents is for AWS’s own reports to show (SOC 2, ISO 27001, from AWS Artifact).',
  'Data centres, governance and incident handling (principles 2.2, 4 and 5.3) are nothing that templates can show.',
  'Who the people behind a role are, how they sign in and how they were vetted is for each organisation to show.',
  'That an agreement is lawful, and that its parties signed it, is for the parties to show. The register holds what they wrote.',
  'What administrators of an account can do beyond the roles of the templates is not here; CloudTrail records it.',
  'Keys in CloudHSM or outside AWS are not made by templates. What is said of them is the register’s claim, and the policy is what the organisation was asked to set.',
  'The checks read properties. Each says what may still be wrong when it passes.',
  'The checks do not read the template inside the StackSets of the baseline, which gives every account its bootstrap, with roles and buckets of its own. That the roles that deploy can do no more than they need is not shown here: read Baseline.template.json.',
  'Neither the checks nor the access proof reckon with service control and resource control policies, which could only take access away. That they are attached is for the operator to show.',
];
