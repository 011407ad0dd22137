/** Requests that guardrails must deny, and those that they must let be, where people of one member sign in by its own provider. */
import { LEEDS, type Row, type Table } from './asking';

const ELSEWHERE = '100000000031';
const PROVIDER = `arn:aws:iam::${LEEDS}:oidc-provider/login.leeds.example`;
const role = (rest: string, account = LEEDS) => `arn:aws:iam::${account}:role/${rest}`;
const FOR_PEOPLE = ['collect', 'deposit', 'receipts'];
const own = (purpose: string, account = LEEDS) => role(`concordat/concordat-${purpose}`, account);
const DEPLOY = role(`cdk-concordat-deploy-role-${LEEDS}-eu-west-2`);
const ANALYST = role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_1');
const NOT_FOR_PEOPLE = [
  'config',
  'gate-machine',
  'grant-broker',
  'ledger-seal',
  'notices',
  'lift',
  'malware-scan',
  'page-release',
  'release-gate',
  'stop',
  'stop-all',
  'transfer-audit',
];
const OURS = { 'aws:ResourceTag/concordat:organisation': 'leeds' };
const TO_BE_OURS = { 'aws:RequestTag/concordat:organisation': 'leeds' };
const CHANGES = `iam:AddClientIDToOpenIDConnectProvider iam:RemoveClientIDFromOpenIDConnectProvider
  iam:DeleteOpenIDConnectProvider iam:UntagOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint`;
const SIGN_IN: readonly Row[] = FOR_PEOPLE.map((each) => [
  'people',
  'sts:AssumeRoleWithWebIdentity',
  own(each),
]);

/** By the statement’s Sid. */
export const SIGN_IN_TABLES: Readonly<Record<string, Table>> = {
  DenyTheRestToAllButTheOrganisation: {
    deny: [
      ['stranger', 'sqs:SendMessage', `arn:aws:sqs:eu-west-2:${LEEDS}:concordat-gate-verdicts`],
      ['stranger', 'sts:AssumeRole', own('collect')],
    ],
    allow: [
      ...SIGN_IN,
      // The app role comes as a tag.
      ...FOR_PEOPLE.map((each): Row => ['people', 'sts:TagSession', own(each)]),
      ['people', 'sts:TagSession', role('pipeline')],
      ['saml', 'sts:TagSession sts:SetSourceIdentity', ANALYST],
      ['deployer', 'sts:AssumeRole sts:TagSession sts:SetSourceIdentity', DEPLOY],
      ['lambda', 'sts:AssumeRole', own('grant-broker')],
    ],
  },
  DenyFederatedSessionsOfOurRoles: {
    deny: [
      ...FOR_PEOPLE.map((each): Row => ['saml', 'sts:AssumeRoleWithSAML', own(each)]),
      ['saml', 'sts:AssumeRoleWithSAML', DEPLOY],
    ],
    allow: [['saml', 'sts:AssumeRoleWithSAML', ANALYST], ...SIGN_IN],
  },
  DenySignInWhereTheRegisterHasNone: {
    deny: [
      ...FOR_PEOPLE.map((each): Row => ['people', 'sts:AssumeRoleWithWebIdentity', own(each, ELSEWHERE)]),
      [
        'people',
        'sts:AssumeRoleWithWebIdentity',
        role(`cdk-concordat-deploy-role-${ELSEWHERE}-eu-west-2`, ELSEWHERE),
      ],
    ],
    allow: [...SIGN_IN, ['people', 'sts:AssumeRoleWithWebIdentity', role('pipeline', ELSEWHERE)]],
  },
  DenySignInToRolesThatAreNotForPeople: {
    deny: [
      ...NOT_FOR_PEOPLE.map((each): Row => ['people', 'sts:AssumeRoleWithWebIdentity', own(each)]),
      ['people', 'sts:AssumeRoleWithWebIdentity', DEPLOY],
    ],
    allow: [...SIGN_IN, ['people', 'sts:AssumeRoleWithWebIdentity', role('pipeline')]],
  },
  DenyChangingWhoVouchesForPeople: {
    deny: [
      ['administrator', CHANGES, PROVIDER, OURS],
      ['root', 'iam:DeleteOpenIDConnectProvider', PROVIDER, OURS],
    ],
    allow: [
      ['cloudFormation', CHANGES, PROVIDER, OURS],
      ['administrator', CHANGES, PROVIDER],
      ['administrator', 'iam:GetOpenIDConnectProvider', PROVIDER, OURS],
    ],
  },
  DenyOtherProvidersToTheDeployment: {
    deny: [
      ['cloudFormation', `iam:CreateOpenIDConnectProvider iam:TagOpenIDConnectProvider ${CHANGES}`, PROVIDER],
    ],
    allow: [
      [
        'cloudFormation',
        'iam:CreateOpenIDConnectProvider iam:TagOpenIDConnectProvider',
        PROVIDER,
        TO_BE_OURS,
      ],
      ['cloudFormation', CHANGES, PROVIDER, OURS],
      ['administrator', `iam:CreateOpenIDConnectProvider ${CHANGES}`, PROVIDER],
      ['cloudFormation', 'iam:GetOpenIDConnectProvider', PROVIDER],
    ],
  },
};
