/** Trust policies as an organisation’s stack has them for those who sign in. */
import { CLIENT, ISSUER } from './office';

const OF = ISSUER.replace('https://', '');
const PRINCIPAL = { Federated: `arn:aws:iam::100000000022:oidc-provider/${OF}` };

/** Lets in named subjects, or the holders of app roles, by more than one factor. */
export function trusting({
  subjects,
  appRoles,
  audience = CLIENT,
}: {
  readonly subjects?: readonly string[];
  readonly appRoles?: readonly string[];
  readonly audience?: string;
}): object {
  const byFactors = { 'ForAnyValue:StringEquals': { [`${OF}:amr`]: 'mfa' } };
  const ofOurs = { [`${OF}:aud`]: audience };
  return {
    Version: '2012-10-17',
    Statement: [
      ...(subjects
        ? [
            {
              Effect: 'Allow',
              Principal: PRINCIPAL,
              Action: ['sts:AssumeRoleWithWebIdentity'],
              Condition: { StringEquals: { ...ofOurs, [`${OF}:sub`]: subjects }, ...byFactors },
            },
          ]
        : []),
      ...(appRoles
        ? [
            {
              Effect: 'Allow',
              Principal: PRINCIPAL,
              Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
              Condition: {
                StringEquals: { ...ofOurs, 'aws:RequestTag/concordat-role': appRoles },
                ...byFactors,
              },
            },
          ]
        : []),
    ],
  };
}
