/**
 * What CloudFormation needs in an account to make, change and remove one kind of resource, and no more: the actions that the
 * handlers of the resource types ask for, less those for settings that no stack here uses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */

import { KEY_PURPOSE_TAG, ROLE_PATH, rolesBoundaryArn, stagingBucketName, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import type { IdentityStatement } from './document';

/** One action, `s3:CreateBucket`. */
export type Action = IdentityStatement['Action'][number];

/** One set of actions on one set of resources. */
export interface Need {
  readonly actions: readonly Action[];
  /** ARNs, with `*` and with the placeholder of the account. */
  readonly resources: readonly string[];
  readonly condition?: IdentityStatement['Condition'];
}

/** The needs of kinds of resource, by their types. */
export type Needs = Readonly<Record<string, readonly Need[]>>;

/** Actions on resources. */
export function need(resources: readonly string[], ...actions: Action[]): Need {
  return { actions, resources };
}

/** An ARN in the account that gets the template, in the zone’s Region. */
export function inThisAccount({ region }: Zone, service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${THIS_ACCOUNT}:${rest}`;
}

/** The roles of the landing zone in the account that gets the template. */
export const OWN_ROLES = `arn:aws:iam::${THIS_ACCOUNT}:role${ROLE_PATH}*`;

/** Any OpenID Connect provider in the account: their names are the issuers’. */
export const PROVIDERS = [`arn:aws:iam::${THIS_ACCOUNT}:oidc-provider/*`];

/** The policies that cap these roles. */
export const OWN_BOUNDARIES = [
  rolesBoundaryArn('member', THIS_ACCOUNT),
  rolesBoundaryArn('zone', THIS_ACCOUNT),
] as const;

/** Only on keys that say what of the landing zone’s they are for. */
export const OWN_KEYS_ALONE = { Null: { [`aws:ResourceTag/${KEY_PURPOSE_TAG}`]: 'false' } } as const;

/** To give one of those roles to a service. */
export function passOwnRolesTo(service: string): Need {
  return {
    actions: ['iam:PassRole'],
    resources: [OWN_ROLES],
    condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

/** To read what was uploaded for a deployment. */
export function readAssets(zone: Zone): Need {
  return need([`arn:aws:s3:::${stagingBucketName(THIS_ACCOUNT, zone)}/*`], 's3:GetObject');
}
