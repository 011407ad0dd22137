/** The grants of one key, in KMS. */
import {
  CreateGrantCommand,
  DescribeKeyCommand,
  type GrantListEntry,
  type GrantOperation,
  type KMSClient,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import type { Again } from '../../lib/runtime';
import type { DescribedKey, Grant, GrantOrder, KeyGrants } from './ports';

/** The largest page that KMS gives. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
const PAGE = 100;
/** What KMS says of a marker that it does not know, or knows no longer. */
const LOST_MARKER = 'InvalidMarkerException';
/** How often a listing is begun. */
const LISTINGS = 3;

/** Speaks to KMS of one key. */
export class KmsGrants implements KeyGrants {
  constructor(
    private readonly client: Pick<KMSClient, 'send'>,
    private readonly keyArn: string,
  ) {}

  async describe(): Promise<DescribedKey> {
    const { KeyMetadata: key } = await this.client.send(new DescribeKeyCommand({ KeyId: this.keyArn }));
    return {
      state: key?.KeyState ?? 'Unavailable',
      arn: key?.Arn ?? '',
      account: key?.AWSAccountId ?? '',
      origin: key?.Origin,
      manager: key?.KeyManager,
      spec: key?.KeySpec,
      usage: key?.KeyUsage,
      multiRegion: key?.MultiRegion ?? false,
      clusterId: key?.CloudHsmClusterId,
      externalKeyId: key?.XksKeyConfiguration?.Id,
      materialExpires: key?.ValidTo?.getTime(),
      awaitsMaterial: key?.KeyState === 'PendingImport',
    };
  }

  /** A listing that KMS does not go on with, because it no longer knows the marker, is begun again. */
  async list(again: Again): Promise<Grant[]> {
    for (let begun = 1; ; begun++)
      try {
        return await this.listOnce(again);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== LOST_MARKER || begun === LISTINGS) throw error;
      }
  }

  /** A grant that comes twice, because it moved between pages meanwhile, is listed once. */
  private async listOnce(again: Again): Promise<Grant[]> {
    const grants = new Map<string, Grant>();
    let marker: string | undefined;
    do {
      const command = new ListGrantsCommand({ KeyId: this.keyArn, Limit: PAGE, Marker: marker });
      const page = await again(() => this.client.send(command));
      for (const entry of page.Grants ?? []) grants.set(entry.GrantId ?? '', grantOf(entry));
      marker = page.Truncated ? page.NextMarker : undefined;
    } while (marker !== undefined);
    return [...grants.values()];
  }

  async create({ name, grantee, retiring, operations, contextEquals }: GrantOrder): Promise<string> {
    const { GrantId } = await this.client.send(
      new CreateGrantCommand({
        KeyId: this.keyArn,
        Name: name,
        GranteePrincipal: grantee,
        RetiringPrincipal: retiring,
        Operations: operations as GrantOperation[],
        Constraints: { EncryptionContextEquals: contextEquals },
      }),
    );
    return GrantId ?? '';
  }

  async revoke(id: string): Promise<void> {
    await this.client.send(new RevokeGrantCommand({ KeyId: this.keyArn, GrantId: id }));
  }
}

function grantOf(entry: GrantListEntry): Grant {
  const { EncryptionContextEquals, ...others } = entry.Constraints ?? {};
  return {
    id: entry.GrantId ?? '',
    name: entry.Name,
    grantee: entry.GranteePrincipal,
    granteeService: entry.GranteeServicePrincipal,
    retiring: entry.RetiringPrincipal,
    retiringService: entry.RetiringServicePrincipal,
    operations: entry.Operations ?? [],
    contextEquals: EncryptionContextEquals,
    otherConstraints: Object.values(others).some((constraint) => constraint !== undefined),
    createdAt: entry.CreationDate?.getTime() ?? 0,
  };
}
