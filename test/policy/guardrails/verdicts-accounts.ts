/** What administrators may still do to roles and stacks of the deployment, and to the record of their account, and why. */
import { DEPLOYERS, LEEDS } from './asking';
import { ADDS, ELSEWHERE, type Protected, RESTORES, TAGS } from './protected';
import { THE_ACCOUNT } from './reference';

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const GUARDDUTY = at('guardduty', 'detector/0123abcd');
const ANALYZER = at('access-analyzer', 'analyzer/concordat-external-access');
const MANAGEMENT =
  'is taken from the management account or a delegated administrator alone; no member is one';
const OWN_CHANGES =
  'an analyst’s own work on findings; each stays listed, and was sent out when it was found';

/** Roles and stacks of the deployment, and the record that each account keeps. */
export const ACCOUNT_VERDICTS: readonly Protected[] = [
  ...['concordat/concordat-grant-broker', `cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`].map(
    (role): Protected => ({
      kind: ['iam', 'role'],
      who: 'administrator',
      resource: `arn:aws:iam::${LEEDS}:role/${role}`,
      let: { '*ServiceLinkedRole': 'AWS keeps these under a path of its own' },
    }),
  ),
  {
    kind: ['iam', 'policy'],
    who: 'administrator',
    resource: `arn:aws:iam::${LEEDS}:policy/concordat-deployment-boundary`,
    let: {},
  },
  {
    kind: ['iam', 'role'],
    who: 'deployersAdministrator',
    resource: `arn:aws:iam::${DEPLOYERS}:role/deployment`,
    let: { '*ServiceLinkedRole': 'AWS keeps these under a path of its own' },
  },
  {
    kind: ['iam', 'oidc-provider'],
    who: 'deployersAdministrator',
    resource: `arn:aws:iam::${DEPLOYERS}:oidc-provider/token.actions.githubusercontent.com`,
    let: { '*agOpenIDConnectProvider': TAGS },
  },
  {
    kind: ['iam', 'saml-provider'],
    who: 'deployersAdministrator',
    resource: `arn:aws:iam::${DEPLOYERS}:saml-provider/directory`,
    let: { '*agSAMLProvider': TAGS },
  },
  {
    kind: ['iam', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*AccountAlias': 'is about the address at which people sign in',
      '*AccountPasswordPolicy': 'is about users, of which the landing zone has none',
      '*CloudFrontPublicKey': ELSEWHERE,
      '*OrganizationsRoot*': MANAGEMENT,
      '*OutboundWebIdentityFederation': 'is about being known elsewhere',
      'Set*': 'is about where tokens are valid',
      'UpdateAccount*': 'is about the name, the address and the passwords of the account',
      PutAccountProperties: 'is about features of IAM, and of no role',
    },
  },
  {
    kind: ['cloudformation', 'stack'],
    who: 'administrator',
    resource: at('cloudformation', 'stack/Organisation-leeds/x'),
    let: {},
  },
  {
    kind: ['cloudformation', 'stack'],
    who: 'administrator',
    resource: at('cloudformation', 'stack/StackSet-concordat-baseline-x/y'),
    let: {},
  },
  {
    kind: ['cloudformation', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*GeneratedTemplate': 'writes a template, and deploys none',
      '*OrganizationsAccess': MANAGEMENT,
      '*Resource': 'works with the caller’s own rights, which the guardrails hold',
      '*Type*': 'no type may bear a name of AWS’s; a hook may stop a deployment, and change none',
      CancelResourceRequest: 'works with the caller’s own rights, which the guardrails hold',
      CreateStackSet: ADDS,
      CreateUploadBucket: ADDS,
      RegisterPublisher: ELSEWHERE,
      StartResourceScan: 'reads',
    },
  },
  {
    kind: ['access-analyzer', 'Analyzer'],
    who: 'administrator',
    resource: ANALYZER,
    let: {
      '*agResource': TAGS,
      'Create*Analyzer': ADDS,
      CreateAccessPreview: 'reads',
      GenerateFindingRecommendation: 'reads',
      StartResourceScan: 'reads',
      UpdateFindings: OWN_CHANGES,
    },
  },
  {
    kind: ['access-analyzer', 'ArchiveRule'],
    who: 'administrator',
    resource: `${ANALYZER}/archive-rule/x`,
    let: { DeleteArchiveRule: 'shows again what a rule hid' },
  },
  {
    kind: ['access-analyzer', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: { '*PolicyGeneration': 'reads' },
  },
  {
    kind: ['cloudtrail', 'trail'],
    who: 'administrator',
    resource: at('cloudtrail', 'trail/councils-own'),
    let: { '*Tags': TAGS, CreateTrail: ADDS, StartLogging: RESTORES },
  },
  {
    kind: ['cloudtrail', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: { '*Import': ELSEWHERE, '*OrganizationDelegatedAdmin': MANAGEMENT },
  },
  {
    kind: ['config', 'ConfigRule'],
    who: 'administrator',
    resource: at('config', 'config-rule/config-rule-abcdef'),
    let: {
      '*agResource': TAGS,
      PutExternalEvaluation: 'is about rules that are judged elsewhere; ours are AWS’s own',
      StartConfigRulesEvaluation: 'has rules look again',
    },
  },
  {
    kind: ['config', 'ConfigurationRecorder'],
    who: 'administrator',
    resource: at('config', 'configuration-recorder/concordat/x'),
    let: {
      '*agResource': TAGS,
      AssociateResourceTypes: 'records more',
      StartConfigurationRecorder: RESTORES,
    },
  },
  {
    kind: ['config', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*Remediation*':
        'a remedy works as a role that is passed to it, and is refused what that role is refused',
      '*ResourceConfig': 'is about resources that are not AWS’s',
      DeletePendingAggregationRequest: 'refuses to show the record elsewhere',
      DeleteRetentionConfiguration: 'the record is then kept for seven years',
      PutEvaluations: 'is about rules that a function judges; ours are AWS’s own',
      PutServiceLinkedConfigurationRecorder: ADDS,
      StartResourceEvaluation: 'has rules look ahead',
    },
  },
  {
    kind: ['guardduty', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*Invitation*': 'an account that has an administrator takes no other',
      '*CustomDetectionRule*': 'adds what is looked for',
      '*OrganizationAdminAccount': MANAGEMENT,
      '*Threat*': 'adds what is looked for',
      'Start*': 'looks more',
      ArchiveFindings: OWN_CHANGES,
      CreateDetector: ADDS,
      CreateInvestigation: 'reads',
      CreateMalwareProtectionPlan: 'a bucket has one plan, and ours is there',
      CreateMembers: MANAGEMENT,
      CreatePublishingDestination: ADDS,
      CreateSampleFindings: 'findings that say that they are samples',
      InviteMembers: MANAGEMENT,
      SendObjectMalwareScan: 'scans once more',
      SendSecurityTelemetry: 'adds what is looked at',
      UnarchiveFindings: OWN_CHANGES,
      UpdateFindingsFeedback: OWN_CHANGES,
      UpdateMalwareScanSettings: 'is about the disks of servers, of which the landing zone has none',
      UpdateOrganizationConfiguration: MANAGEMENT,
    },
  },
  {
    kind: ['guardduty', 'detector'],
    who: 'administrator',
    resource: GUARDDUTY,
    let: { '*agResource': TAGS },
  },
  {
    kind: ['guardduty', 'filter'],
    who: 'administrator',
    resource: `${GUARDDUTY}/filter/x`,
    let: { '*agResource': TAGS, DeleteFilter: 'shows again what a filter hid' },
  },
  {
    kind: ['guardduty', 'ipset'],
    who: 'administrator',
    resource: `${GUARDDUTY}/ipset/x`,
    let: { '*agResource': TAGS, DeleteIPSet: 'shows again what a list of the trusted hid' },
  },
  {
    kind: ['guardduty', 'trustedentityset'],
    who: 'administrator',
    resource: `${GUARDDUTY}/trustedentityset/x`,
    let: { '*agResource': TAGS, DeleteTrustedEntitySet: 'shows again what a list of the trusted hid' },
  },
  {
    kind: ['guardduty', 'malwareprotectionplan'],
    who: 'administrator',
    resource: at('guardduty', 'malware-protection-plan/x'),
    let: { '*agResource': TAGS },
  },
  {
    kind: ['guardduty', 'publishingDestination'],
    who: 'administrator',
    resource: `${GUARDDUTY}/publishingDestination/x`,
    let: { '*agResource': TAGS },
  },
  {
    kind: ['account', 'account'],
    who: 'administrator',
    resource: '*',
    let: {},
  },
  {
    kind: ['organizations', 'handshake'],
    who: 'administrator',
    resource: '*',
    let: { '*Handshake': 'refuses an invitation' },
  },
  {
    kind: ['organizations', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*AWSServiceAccess': MANAGEMENT,
      'Create*Account': MANAGEMENT,
      CreateOrganization: 'an account that is in an organisation makes none',
      DeleteOrganization: MANAGEMENT,
      DeleteResourcePolicy: MANAGEMENT,
      EnableAllFeatures: MANAGEMENT,
    },
  },
];
