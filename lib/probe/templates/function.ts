/** A function with the trust that the functions of organisations have, which asks KMS for a key as soon as it is there. */
import { PROBE, PROBE_PATH, probeName } from '../../names';
import { trustedByOwnLambda } from '../../policy';
import type { Sandbox } from '../sandbox';
import { OWNER_KEY } from './owner';
import { attribute, document, type ProbeTemplate, ref, resource, template, withValue } from './template';

/** Answers `allowed` or `refused`; anything else that KMS says is an error of the function. */
const CODE = `const { KMSClient, DescribeKeyCommand, GetKeyRotationStatusCommand } = require('@aws-sdk/client-kms');
exports.handler = ({ as }) => {
  const Ask = as === 'function' ? GetKeyRotationStatusCommand : DescribeKeyCommand;
  return new KMSClient({}).send(new Ask({ KeyId: process.env.KEY })).then(
    () => 'allowed',
    (error) => {
      if (error.name === 'AccessDeniedException') return 'refused';
      throw error;
    },
  );
};
`;

/** The alias by which the function is called as well. */
export const FUNCTION_ALIAS = PROBE;

export function functionTemplate({ accounts: { owner }, region }: Sandbox): ProbeTemplate {
  const arn = `arn:aws:lambda:${region}:${owner}:function:${probeName('function')}`;
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
            PolicyDocument: document(
              {
                Sid: 'LookAtTheKey',
                Effect: 'Allow',
                Action: 'kms:DescribeKey',
                Resource: ref(OWNER_KEY),
              },
              {
                Sid: 'LookAtItsRotationByItsOwnCode',
                Effect: 'Allow',
                Action: 'kms:GetKeyRotationStatus',
                Resource: ref(OWNER_KEY),
                Condition: { ArnEquals: { 'lambda:SourceFunctionArn': arn } },
              },
            ),
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
      Version: resource('AWS::Lambda::Version', { FunctionName: probeName('function') }, 'Function'),
      Alias: resource('AWS::Lambda::Alias', {
        Name: FUNCTION_ALIAS,
        FunctionName: probeName('function'),
        FunctionVersion: attribute('Version', 'Version'),
      }),
    },
  });
}
