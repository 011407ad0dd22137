/**
 * That a provider by which an organisation’s people sign in changes by deployment alone, and that the deployment makes and
 * changes no other. They are known by the tag of the organisation’s stack, so an account’s own providers are left alone.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
import { ORGANISATION_TAG } from '../../names';
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION } from './spared';

const CHANGE_PROVIDERS = [
  'iam:*ClientID*OpenIDConnectProvider',
  'iam:DeleteOpenIDConnectProvider',
  'iam:UntagOpenIDConnectProvider',
  'iam:UpdateOpenIDConnectProvider*',
] as const;
const PROVIDERS = ['arn:aws:iam::*:oidc-provider/*'];

/** The statements on providers, where somebody signs in. */
export function ownProviders(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyChangingWhoVouchesForPeople',
      Effect: 'Deny',
      Action: CHANGE_PROVIDERS,
      Resource: PROVIDERS,
      Condition: {
        ...askedByAllBut(CLOUD_FORMATION),
        Null: { [`aws:ResourceTag/${ORGANISATION_TAG}`]: 'false' },
      },
    },
    {
      Sid: 'DenyOtherProvidersToTheDeployment',
      Effect: 'Deny',
      Action: ['iam:CreateOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider', ...CHANGE_PROVIDERS],
      Resource: PROVIDERS,
      Condition: {
        ArnLike: { 'aws:PrincipalArn': CLOUD_FORMATION },
        Null: {
          [`aws:RequestTag/${ORGANISATION_TAG}`]: 'true',
          [`aws:ResourceTag/${ORGANISATION_TAG}`]: 'true',
        },
      },
    },
  ];
}
