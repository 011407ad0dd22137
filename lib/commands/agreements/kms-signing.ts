/** Has AWS KMS sign. What is signed has some hundred bytes, of the 4,096 that KMS takes as they are. */
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../../register/changes';
import { clientSettings } from '../../runtime';
import { FaultyInput, UsageError } from '../option';

const ARN = /^arn:aws:kms:([a-z]{2}-[a-z]+-\d):\d{12}:key\/[0-9a-f-]{36}$/;

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
const ALGORITHM = { ed25519: 'ED25519_SHA_512', p256: 'ECDSA_SHA_256' } as const;

/** The part of the client that signs, for tests to stand in for. */
export interface Kms {
  readonly send: (command: SignCommand) => Promise<{ readonly Signature?: Uint8Array | undefined }>;
}

/** A key of KMS as a signer. @throws UsageError if that is no ARN of a key */
export function kmsSigner(arn: string, kms?: Kms): Signer {
  const [, region] = ARN.exec(arn) ?? [];
  if (region === undefined)
    throw new UsageError(`--kms takes the ARN of a key, as the organisation’s file names it, not '${arn}'`);
  return {
    kind: 'kms',
    arn,
    sign: async (message, key) => {
      const command = new SignCommand({
        KeyId: arn,
        Message: message,
        MessageType: 'RAW',
        SigningAlgorithm: ALGORITHM[key],
      });
      try {
        const { Signature } = await (
          kms ?? new KMSClient(clientSettings(region, { asksAgain: 'client', seconds: 30 }))
        ).send(command);
        if (Signature !== undefined) return Signature;
      } catch (error) {
        const { name, message: said } = error as Error;
        throw new FaultyInput(`error: AWS KMS did not sign (${name}): ${said}\nNothing was written.\n`, {
          cause: error,
        });
      }
      throw new FaultyInput('error: AWS KMS gave no signature.\nNothing was written.\n');
    },
  };
}
