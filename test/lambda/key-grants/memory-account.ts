/** What else of an account the broker speaks to, in memory: Parameter Store, IAM’s roles, and the stack that deploys it. */

/** Answers as the services do. */
export class MemoryAccount {
  /** The text of each parameter, by its name. */
  readonly parameters = new Map<string, string>();
  /** Inline policies by role, and by their name. */
  readonly policies = new Map<string, Map<string, string>>();
  /** As CloudFormation says it. */
  stackStatus = 'UPDATE_IN_PROGRESS';

  /** The action that a request asks for, or undefined where it is of another service. */
  actionOf(headers: Readonly<Record<string, string>>, body: string): string | undefined {
    const target = headers['x-amz-target'];
    if (target?.startsWith('AmazonSSM.')) return target.slice('AmazonSSM.'.length);
    return new URLSearchParams(body).get('Action') ?? undefined;
  }

  answer(action: string, body: string): { status: number; body: string } {
    switch (action) {
      case 'PutParameter': {
        const { Name, Value } = JSON.parse(body) as { Name: string; Value: string };
        if (Buffer.byteLength(Value) > 4_096) return refused('ValidationException');
        if (this.parameters.has(Name)) return refused('ParameterAlreadyExists');
        this.parameters.set(Name, Value);
        return { status: 200, body: '{"Version":1}' };
      }
      case 'GetParametersByPath': {
        const {
          Path,
          MaxResults,
          NextToken = '0',
        } = JSON.parse(body) as {
          Path: string;
          MaxResults: number;
          NextToken?: string;
        };
        const all = [...this.parameters].filter(([name]) => name.startsWith(`${Path}/`));
        const end = Number(NextToken) + MaxResults;
        const Parameters = all
          .slice(Number(NextToken), end)
          .map(([Name, Value]) => ({ Name, Value, Type: 'String' }));
        return {
          status: 200,
          body: JSON.stringify({ Parameters, ...(end < all.length && { NextToken: String(end) }) }),
        };
      }
      case 'PutRolePolicy': {
        const form = new URLSearchParams(body);
        const role = this.policies.get(form.get('RoleName') ?? '');
        if (!role) return { status: 404, body: '<Error><Code>NoSuchEntity</Code></Error>' };
        role.set(form.get('PolicyName') ?? '', form.get('PolicyDocument') ?? '');
        return { status: 200, body: '<PutRolePolicyResponse/>' };
      }
      case 'DescribeStacks':
        return {
          status: 200,
          body: `<Stacks><member><StackStatus>${this.stackStatus}</StackStatus></member></Stacks>`,
        };
      default:
        return { status: 400, body: '<Error><Code>InvalidAction</Code></Error>' };
    }
  }
}

function refused(type: string): { status: number; body: string } {
  return { status: 400, body: JSON.stringify({ __type: type, message: type }) };
}
