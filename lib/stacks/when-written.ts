/** Tells of a template as soon as it is written. */
import { join } from 'node:path';
import { type PolicyValidationStack, type Stack, Token } from 'aws-cdk-lib';

/** Calls with the template of a stack once its file is complete. It is what the CDK tells its plugins of it after all are. */
export function whenWritten(stack: Stack, call: (written: PolicyValidationStack) => void): void {
  const { synthesizer } = stack;
  const write = synthesizer.synthesize.bind(synthesizer);
  synthesizer.synthesize = (session) => {
    write(session);
    call({
      stackConstructPath: stack.node.path,
      templatePath: join(session.outdir, stack.templateFile),
      accountId: known(stack.account),
      region: known(stack.region),
    });
  };
}

/** An account or a Region, unless it is known only where the stack is deployed. */
function known(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}
