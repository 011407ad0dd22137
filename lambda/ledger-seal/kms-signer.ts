/** The log’s keys, in KMS. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
import {
  GetPublicKeyCommand,
  type KMSClient,
  SignCommand,
  type SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
import {
  type Checkpoint,
  checkpointText,
  mlDsaMessage,
  type NoteSignature,
  rawPublicKey,
  timestamped,
  type VerifierKey,
  verifierKey,
} from '../../lib/ledger';
import { EnvironmentError } from '../../lib/runtime';
import type { LogSigner } from './ports';

/** Which keys, and under which name they sign. */
export interface KmsSignerProps {
  readonly client: Pick<KMSClient, 'send'>;
  readonly origin: string;
  /** ECC_NIST_EDWARDS25519. */
  readonly keyArn: string;
  /** ML_DSA_44, for a second signature. */
  readonly mlDsaKeyArn: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Signs by one call for the Ed25519 key, and one for the ML-DSA-44 key if there is one. */
export class KmsSigner implements LogSigner {
  private known: Promise<readonly VerifierKey[]> | undefined;

  constructor(private readonly props: KmsSignerProps) {}

  keys(): Promise<readonly VerifierKey[]> {
    this.known ??= this.readKeys().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  async sign(checkpoint: Checkpoint): Promise<NoteSignature[]> {
    const { origin, keyArn, mlDsaKeyArn, now } = this.props;
    const [ed25519, mlDsa] = await this.keys();
    const lines: NoteSignature[] = [];
    if (ed25519) {
      const signature = await this.signed(keyArn, 'ED25519_SHA_512', Buffer.from(checkpointText(checkpoint)));
      lines.push({ name: origin, keyId: ed25519.keyId, signature });
    }
    if (mlDsa && mlDsaKeyArn !== undefined) {
      const time = Math.floor(now() / 1000);
      const message = mlDsaMessage(checkpoint, origin, time);
      const signature = timestamped(time, await this.signed(mlDsaKeyArn, 'ML_DSA_SHAKE_256', message));
      lines.push({ name: origin, keyId: mlDsa.keyId, signature });
    }
    return lines;
  }

  private async readKeys(): Promise<VerifierKey[]> {
    const { origin, keyArn, mlDsaKeyArn } = this.props;
    const keys = [verifierKey(origin, 'ed25519', await this.publicKey(keyArn, 'ed25519', 'KEY_ARN'))];
    if (mlDsaKeyArn !== undefined) {
      const bytes = await this.publicKey(mlDsaKeyArn, 'ml-dsa-44', 'ML_DSA_KEY_ARN');
      keys.push(verifierKey(origin, 'mlDsa44', bytes));
    }
    return keys;
  }

  private async publicKey(arn: string, wanted: string, variable: string): Promise<Uint8Array> {
    const { PublicKey } = await this.props.client.send(new GetPublicKeyCommand({ KeyId: arn }));
    const { algorithm, bytes } = rawPublicKey(PublicKey ?? Buffer.of());
    if (algorithm !== wanted)
      throw new EnvironmentError(`${variable} names a key for ${algorithm}: it must be for ${wanted}`);
    return bytes;
  }

  private async signed(
    arn: string,
    algorithm: SigningAlgorithmSpec,
    message: Uint8Array,
  ): Promise<Uint8Array> {
    const { Signature } = await this.props.client.send(
      new SignCommand({ KeyId: arn, Message: message, MessageType: 'RAW', SigningAlgorithm: algorithm }),
    );
    return Signature ?? Buffer.of();
  }
}
