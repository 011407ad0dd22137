/** The credentials of a role that was taken on, as AWS’s clients take them. */

/** What STS answers to AssumeRole, as far as it counts. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
interface TakenOn {
  readonly Credentials?:
    | {
        readonly AccessKeyId: string | undefined;
        readonly SecretAccessKey: string | undefined;
        readonly SessionToken: string | undefined;
        readonly Expiration: Date | undefined;
      }
    | undefined;
}

/**
 * Reads them. Without a token they would be those of a user, and nobody’s here.
 * @param role its ARN, for the error
 * @throws Error where STS gave none
 */
export function credentialsOf({ Credentials }: TakenOn, role: string) {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
    throw new Error(`STS gave no credentials for ${role}`);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration && { expiration: Expiration }),
  };
}
