/** The access points of one account in memory, as S3 Control answers for them. */
export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Principal?: unknown;
};

export class MemoryS3Control {
  /** The policy of each access point, `''` where it has none. */
  readonly policies = new Map<string, string>();

  answer(method: string, path: string, body: string): { status: number; body: string } {
    const name = /^\/v20180820\/accesspoint\/([^/]+)\/policy$/.exec(path)?.[1];
    if (name === undefined) return error(400, 'InvalidRequest');
    const policy = this.policies.get(name);
    if (policy === undefined) return error(404, 'NoSuchAccessPoint');
    if (method === 'PUT') {
      const text = /<Policy>(.*)<\/Policy>/s.exec(body)?.[1];
      if (text === undefined) return error(400, 'MalformedXML');
      this.policies.set(name, unescaped(text));
      return { status: 200, body: '' };
    }
    if (policy === '') return error(404, 'NoSuchAccessPointPolicy');
    const escaped = policy.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    return {
      status: 200,
      body: `<?xml version="1.0"?>\n<GetAccessPointPolicyResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Policy>${escaped}</Policy></GetAccessPointPolicyResult>`,
    };
  }

  statements(name: string): PolicyStatement[] {
    const policy = this.policies.get(name) ?? '';
    return policy === '' ? [] : (JSON.parse(policy) as { Statement: PolicyStatement[] }).Statement;
  }

  /** Whether nothing can be read through the access point. A missing one is closed. */
  isClosed(name: string): boolean {
    const denies = ({ Effect, Principal, Action, Resource }: PolicyStatement) =>
      Effect === 'Deny' &&
      Principal === '*' &&
      ['s3:GetObject*', 's3:ListBucket*'].every((each) => (Action as string[]).includes(each)) &&
      (Resource as string[]).some((each) => each.endsWith(`:accesspoint/${name}`)) &&
      (Resource as string[]).some((each) => each.endsWith(`:accesspoint/${name}/object/*`));
    const statements = this.statements(name);
    return statements.length === 0 || statements.some(denies);
  }
}

/** A policy such as a share’s access point has. */
export function openPolicy(name: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GetByTheRecipient',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::222222222222:root' },
        Action: ['s3:GetObject'],
        Resource: `${name}/object/agreements/a<b>&"c"/*`,
      },
    ],
  });
}

function error(status: number, code: string): { status: number; body: string } {
  return {
    status,
    body: `<ErrorResponse><Error><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
  };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
