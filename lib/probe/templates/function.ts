/** A function with the trust that the functions of organisations have, which asks KMS for a key as soon as it is there. */
import { PROBE_PATH, probeName } from '../../names';
import { trustedByOwnLambda } from '../../policy';
import type { Sandbox } from '../sandbox';
import { OWNER_KEY } from './owner';
import { attribute, document, type ProbeTemplate, ref, resource, template, withValue } from './template';

/** Answers `allowed` or `refused`; anything else that KMS says is an error of the function. */
const CODE = `const { KMSClient, DescribeKeyCommand } = require('@aws-sdk/client-kms');
exports.handler = () =>
  new KMSClient({}).send(new DescribeKeyCommand({ KeyId: process.env.KEY })).then(
    () => 'allowed',
    (error) => {
      if (error.name === 'AccessDeniedException') return 'refused';
      throw error;
    },
  );
`;

export function functionTemplate({ accounts: { owner } }: Sandbox): ProbeTemplate {
  return template('a function that asks KMS for a key', {
    Parameters: { [OWNER_KEY]: { Type: 'String' } },
    Resources: {
      Role: resource('AWS::IAM::Role', {
        RoleName: probeName('function'),
        Path: PROBE_PATH,
        AssumeRolePolicyDocument: withValue(trustedByOwnLambda(owner), '', ''),
        Policies: [
          {
            PolicyName: 'looks-at-the-key',
            PolicyDocument: document({
              Sid: 'LookAtTheKey',
              Effect: 'Allow',
              Action: 'kms:DescribeKey',
              Resource: ref(OWNER_KEY),
            }),
          },
        ],
      }),
      Function: resource('AWS::Lambda::Function', {
        FunctionName: probeName('function'),
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: 30,
        MemorySize: 128,
        Role: attribute('Role', 'Arn'),
        Environment: { Variables: { KEY: ref(OWNER_KEY) } },
        Code: { ZipFile: CODE },
      }),
    },
  });
}
