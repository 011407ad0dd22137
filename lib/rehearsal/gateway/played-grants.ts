/**
 * KMS grants, played: no endpoint of this kind has them. They are kept as KMS keeps them, and the authoriser asks them.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
import { createHash } from 'node:crypto';
import { type Grant, grantOf } from '../../iam';
import type { Reply } from './local-port';

/** A grant with the fields of KMS. */
export interface PlayedGrant {
  readonly GrantId: string;
  readonly KeyId: string;
  readonly Name?: string;
  readonly GranteePrincipal: string;
  readonly RetiringPrincipal?: string;
  readonly Operations: readonly string[];
  readonly Constraints?: { readonly EncryptionContextEquals?: Readonly<Record<string, string>> };
  /** Seconds since 1970. */
  readonly CreationDate: number;
}

type Input = Readonly<Record<string, unknown>>;

/** What KMS needs to know of the world. */
export interface PlayedGrantsProps {
  /** Whether a role is there: KMS refuses a grant to a role that is not. */
  readonly exists: (role: string) => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The operations that are answered here and not by the endpoint. */
export const GRANT_OPERATIONS: ReadonlySet<string> = new Set(['CreateGrant', 'ListGrants', 'RevokeGrant']);

/** The grants of every key, by its ARN. */
export class PlayedGrants {
  readonly #grants = new Map<string, PlayedGrant>();

  constructor(private readonly props: PlayedGrantsProps) {}

  all(): readonly PlayedGrant[] {
    return [...this.#grants.values()];
  }

  of(key: string): readonly PlayedGrant[] {
    return this.all().filter(({ KeyId }) => KeyId === key);
  }

  /** Those of a key, ready to be asked, under the ARN by which the templates know the key. */
  asGrants(key: string, known: string): Grant[] {
    return this.of(key).map((each) =>
      grantOf({
        name: each.Name ?? each.GrantId,
        key: known,
        grantee: each.GranteePrincipal,
        operations: each.Operations,
        ...(each.RetiringPrincipal !== undefined && { retiring: each.RetiringPrincipal }),
        ...(each.Constraints?.EncryptionContextEquals && {
          encryptionContextEquals: each.Constraints.EncryptionContextEquals,
        }),
      }),
    );
  }

  async answer(operation: string, key: string, input: Input): Promise<Reply> {
    switch (operation) {
      case 'ListGrants':
        return json(200, { Grants: this.of(key), Truncated: false });
      case 'CreateGrant':
        return await this.#create(key, input);
      case 'RevokeGrant': {
        const id = String(input.GrantId);
        const found = this.#grants.get(id)?.KeyId === key && this.#grants.delete(id);
        return found
          ? json(200, {})
          : json(400, { __type: 'NotFoundException', message: `Grant ${id} not found` });
      }
      default:
        return json(400, { __type: 'UnknownOperationException', message: operation });
    }
  }

  async #create(key: string, input: Input): Promise<Reply> {
    const { Name, GranteePrincipal, RetiringPrincipal, Operations, Constraints } =
      input as Partial<PlayedGrant>;
    for (const role of [GranteePrincipal, RetiringPrincipal])
      if (role !== undefined && !(await this.props.exists(role)))
        return json(400, {
          __type: 'InvalidArnException',
          message: 'ARN does not refer to a valid principal',
        });
    // Asked again for the same, KMS answers with the grant that there is.
    const same = JSON.stringify([key, Name, GranteePrincipal, RetiringPrincipal, Operations, Constraints]);
    const GrantId = createHash('sha256').update(same).digest('hex');
    if (!this.#grants.has(GrantId))
      this.#grants.set(GrantId, {
        ...(input as unknown as PlayedGrant),
        KeyId: key,
        GrantId,
        CreationDate: Math.floor(this.props.now() / 1000),
      });
    return json(200, { GrantId, GrantToken: 'played' });
  }
}

function json(status: number, value: object): Reply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
