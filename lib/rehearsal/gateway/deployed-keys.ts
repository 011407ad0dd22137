/** Which key at the endpoint is which key of the templates: found by account and description, which are unique. */
import { type AssemblyStack, keyArnToBe, textOf } from '../../assembly';
import { forward, NothingLearntError } from './local-port';

/** Asked for a key by its ARN at the endpoint, it looks it up there once. */
export class DeployedKeys {
  /** By the ARN at the endpoint: the ARN by which the world knows the key. */
  readonly #known = new Map<string, string>();
  readonly #described = new Map<string, string>();

  constructor(
    private readonly endpoint: string,
    stacks: readonly AssemblyStack[],
  ) {
    for (const stack of stacks)
      for (const [id, resource] of Object.entries(stack.resources))
        if (resource.Type === 'AWS::KMS::Key')
          this.#described.set(`${stack.account} ${textOf(resource, 'Description')}`, keyArnToBe(stack, id));
  }

  /** The ARN by which the world knows a key of the endpoint; undefined where no template makes it. */
  async known(deployed: string): Promise<string | undefined> {
    const found = this.#known.get(deployed);
    if (found !== undefined) return found;
    const account = deployed.split(':')[4] ?? '';
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'TrentService.DescribeKey',
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${deployed.split(':')[3]}/kms/aws4_request, SignedHeaders=host, Signature=00`,
    };
    const body = Buffer.from(JSON.stringify({ KeyId: deployed }));
    const reply = await forward(this.endpoint, { method: 'POST', url: '/', headers, body }, account);
    if (reply.status !== 200) {
      if (reply.body.includes('NotFoundException')) return undefined;
      throw new NothingLearntError(reply);
    }
    const { KeyMetadata } = JSON.parse(reply.body.toString('utf8')) as {
      KeyMetadata?: { Description?: string };
    };
    const known = this.#described.get(`${account} ${KeyMetadata?.Description}`);
    if (known !== undefined) this.#known.set(deployed, known);
    return known;
  }

  /** The other way round, as far as it was asked before. */
  deployed(known: string): string | undefined {
    return [...this.#known].find(([, each]) => each === known)?.[0];
  }
}
