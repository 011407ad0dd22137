/** What a share’s grant looks like, and how KMS may show it. Pure. */
import type { ListedShare } from '../../lib/wire';
import type { Grant, GrantOrder } from './ports';

/** What a share’s grant permits. */
const OPERATIONS = ['Decrypt', 'DescribeKey'] as const;
/**
 * When KMS shows a role that exists by its ARN, in milliseconds after a grant was made. It takes about a minute.
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/3038
 */
export const SHOWN_BY_THEN = 3_600_000;

/** The grant that a share is to have. */
export function orderFor(share: ListedShare, bucketArn: string, brokerRole: string): GrantOrder {
  return {
    name: share.share,
    grantee: share.grantee,
    retiring: brokerRole,
    operations: OPERATIONS,
    contextEquals: { 'aws:s3:arn': bucketArn },
  };
}

/**
 * Whether a grant belongs to an AWS service. A service is named as such, or is a principal `x.amazonaws.com`, which an ARN
 * never is: a role may be called `x.amazonaws.com`. Only IAM makes roles under /aws-service-role/.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 */
export function isForService({ grantee, granteeService }: Grant): boolean {
  if (granteeService !== undefined) return true;
  return (
    grantee !== undefined &&
    (/^[a-z0-9.-]+\.amazonaws\.com$/.test(grantee) ||
      /^arn:aws:iam::\d{12}:role\/aws-service-role\/[a-z0-9.-]+\.amazonaws\.com\/[\w+=,.@-]+$/.test(grantee))
  );
}

/**
 * Whether all but name and grantee is as the broker makes it. With no list, any one bucket will do. The broker’s own role, too,
 * is shown by its unique id while it is new, and where it was made again since: who may retire a grant can only end it.
 */
export function isShaped(grant: Grant, bucketArn: string | undefined, brokerRole: string): boolean {
  const context = Object.entries(grant.contextEquals ?? {});
  const [key, value] = context[0] ?? [];
  return (
    context.length === 1 &&
    key === 'aws:s3:arn' &&
    (bucketArn === undefined || value === bucketArn) &&
    !grant.otherConstraints &&
    grant.granteeService === undefined &&
    (grant.retiring === brokerRole || isUniqueRoleId(grant.retiring)) &&
    grant.retiringService === undefined &&
    grant.operations.length === OPERATIONS.length &&
    OPERATIONS.every((operation) => grant.operations.includes(operation))
  );
}

/**
 * Whether a principal is shown by the unique id of a role: of one that was made a moment ago, or that is gone, even if a role of
 * that name was made again.
 * @see https://github.com/aws/aws-sdk-go/issues/1718
 */
export function isUniqueRoleId(principal: string | undefined): boolean {
  return principal !== undefined && /^AROA[A-Z0-9]{12,}$/.test(principal);
}
