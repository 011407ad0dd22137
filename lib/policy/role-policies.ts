/** What the roles of an organisation may do, and who may take them on. */

import { AGREEMENTS_PREFIX, accessPointsFor, anyKey, bucketArn, REPORTS_PREFIX, s3Service } from '../names';
import type { AccountId, OrganisationId, Zone } from '../register';
import { endOfDay, type IsoDate } from '../register/calendar';
import {
  accountRoot,
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type TrustStatement,
} from './document';

/** Only the roles that the organisation names, each in its own account, may take on the role. */
export function trustedByDeclared(
  account: AccountId,
  principals: readonly string[],
): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'DeclaredPrincipalsTakeOnTheRole',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': principals } },
  });
}

/**
 * Deposits under agreements, sees verdicts and decisions, reads the gate’s reports, and recalls; it cannot read what was
 * deposited.
 * @param leaves the last day on which it may deposit, if the organisation leaves: nothing need be deployed that night
 */
export function depositPermissions(
  zone: Zone,
  account: AccountId,
  keyArn: string,
  leaves?: IsoDate,
): PolicyDocument<IdentityStatement> {
  const bucket = bucketArn(zone, account);
  const objects = `${bucket}/${AGREEMENTS_PREFIX}*`;
  return policy(
    {
      Sid: 'DepositUnderAgreements',
      Effect: 'Allow',
      Action: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      Resource: [objects],
      ...(leaves && { Condition: { DateLessThan: { 'aws:CurrentTime': endOfDay(leaves) } } }),
    },
    {
      Sid: 'ReadReportsOnDeposits',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [`${bucket}/${REPORTS_PREFIX}*`],
    },
    {
      Sid: 'SeeTheVerdictOnDeposits',
      Effect: 'Allow',
      Action: ['s3:GetObjectTagging'],
      Resource: [objects],
    },
    {
      Sid: 'RecallDepositsKeepingTheirVersions',
      Effect: 'Allow',
      Action: ['s3:DeleteObject'],
      Resource: [objects],
    },
    {
      Sid: 'ListOwnDepositsAndReports',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [bucket],
      Condition: { StringLike: { 's3:prefix': [`${AGREEMENTS_PREFIX}*`, `${REPORTS_PREFIX}*`] } },
    },
    {
      // A multipart upload needs Decrypt to put the parts together; without s3:GetObject it reads no deposit.
      Sid: 'EncryptDepositsThroughS3',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [keyArn],
      Condition: { StringEquals: { 'kms:ViaService': s3Service(zone) } },
    },
  );
}

/**
 * Collects through the access points that any owner made for this organisation. In a resource a `*` may
 * run on beyond its colon, so that an object’s name could pass for an access point’s; in an `ArnLike` it cannot, so the
 * access point is asked for there too.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function collectPermissions(zone: Zone, id: OrganisationId): PolicyDocument<IdentityStatement> {
  const accessPoints = accessPointsFor(zone, id);
  const inTheZone = { 'aws:ResourceOrgID': zone.awsOrganizationId };
  const throughThem = { 's3:DataAccessPointArn': accessPoints };
  return policy(
    {
      Sid: 'CollectThroughAccessPointsMadeForUs',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [`${accessPoints}/object/${AGREEMENTS_PREFIX}*`],
      Condition: { ArnLike: throughThem, StringEquals: inTheZone },
    },
    {
      Sid: 'ListThroughAccessPointsMadeForUs',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [accessPoints],
      Condition: {
        ArnLike: throughThem,
        StringEquals: inTheZone,
        StringLike: { 's3:prefix': `${AGREEMENTS_PREFIX}*` },
      },
    },
    {
      // Which owner’s key it is, is settled by the grants that owners make, not here.
      Sid: 'DecryptWhatIsCollectedWhereGranted',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [anyKey(zone)],
      Condition: { StringEquals: { ...inTheZone, 'kms:ViaService': s3Service(zone) } },
    },
  );
}
