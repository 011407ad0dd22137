/** Checks on the assembly as a whole. */

import { ORGANISATION_TAG, UK_REGION } from '../../names';
import { registerDigest } from '../../register';
import { ORIGIN_FILE } from '../../wire';
import type { Check, JudgedAssembly, JudgedStack, Judgement } from '../check';
import { organisationOf } from '../facts';
import {
  fail,
  holds,
  listOf,
  notAsked,
  onFile,
  onManifest,
  onStack,
  pass,
  type Verdict,
  valueAt,
} from '../judging';
import { templateTextOf } from '../template-text';

/** Judges each stack by its template. */
export function eachStack(look: (stack: JudgedStack, assembly: JudgedAssembly) => Verdict) {
  return (assembly: JudgedAssembly): Judgement[] =>
    assembly.stacks.map((stack) => onStack(stack, look(stack, assembly)));
}

/** Judges each stack by what the manifest says of it. */
function eachArtifact(look: (stack: JudgedStack) => Verdict) {
  return (assembly: JudgedAssembly): Judgement[] =>
    assembly.stacks.map((stack) => {
      const { at, ...verdict } = look(stack);
      return onManifest(assembly, { ...verdict, at: ['artifacts', stack.artifact, ...at] });
    });
}

const HOLDING = ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::CloudTrail::Trail'];
const TAGGABLE = [
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
];

function region(stack: JudgedStack, { register: { zone } }: JudgedAssembly): Verdict {
  if (stack.region !== zone.region) return fail(`It is deployed to ${stack.region}, not to ${zone.region}.`);
  // CloudFront looks for certificates in us-east-1 alone, and they hold nothing but the name of a host.
  const isAllowed = (arn: string) => arn === zone.mailbox?.served?.certificate;
  const [other] =
    [...templateTextOf(stack).arns].find(([at, arns]) => at !== zone.region && !arns.every(isAllowed)) ?? [];
  if (other !== undefined) return fail(`It names a resource in ${other}.`, 'Resources');
  const global = stack.resources.find(
    ({ type, properties }) => type === 'AWS::DynamoDB::GlobalTable' || properties.MultiRegion === true,
  );
  if (global)
    return fail(`${global.logicalId} can be copied to other Regions.`, 'Resources', global.logicalId);
  if (zone.region === UK_REGION)
    return pass(
      stack.resources.some(({ type }) => type === 'AWS::CloudFront::Distribution')
        ? `It is deployed to ${UK_REGION}, London. CloudFront serves the mailbox’s page, which holds no message, from edges elsewhere too, with a certificate from us-east-1.`
        : `It is deployed to ${UK_REGION}, London, and names no other Region.`,
      'Resources',
    );
  return notAsked(
    `The register has a dated exception that lets the zone use ${zone.region}, outside the UK.`,
    'Resources',
  );
}

function isolated(stack: JudgedStack, assembly: JudgedAssembly): Verdict {
  const owner = organisationOf(assembly, stack);
  if (templateTextOf(stack).isBound) return fail('It takes values from another stack.', 'Resources');
  for (const { logicalId, type, properties } of stack.resources) {
    const tags = listOf(properties.Tags)
      .filter((tag) => valueAt(tag, 'Key') === ORGANISATION_TAG)
      .map((tag) => valueAt(tag, 'Value'));
    const wrong =
      owner === undefined
        ? tags.length > 0
        : tags.some((tag) => tag !== owner.id) || (tags.length === 0 && TAGGABLE.includes(type));
    if (wrong)
      return fail(`${logicalId} is not tagged as ${owner?.id ?? 'the operator'}’s.`, 'Resources', logicalId);
  }
  return pass(
    owner === undefined
      ? 'It holds the operator’s own resources, and no organisation’s.'
      : `All in it is ${owner.id}’s, in its own account; it takes nothing from another stack.`,
    'Resources',
  );
}

export const WHOLE: readonly Check[] = [
  {
    id: 'TPL-REGION',
    title: 'Everything is deployed to the UK Region, and nothing can be copied out of it.',
    reads: ['manifest.json environment', '* (every resource)'],
    why: 'The data stays in the UK.',
    goals: ['csp-2.1_goal.1', 'csp-2.5_goal.2', 'csp-14.2_goal.3'],
    doesNotProve:
      'Where AWS’s global services, such as IAM, keep names and tags, or where its support staff are.',
    remediation: `Deploy to ${UK_REGION}, and name no resource in another Region.`,
    judge: eachStack(region),
  },
  {
    id: 'TPL-ISOLATE',
    title: 'Every stack holds the resources of one organisation, in its own account, each tagged as its own.',
    reads: ['* (every resource) Tags', 'manifest.json environment'],
    why: 'What one organisation’s stack does cannot touch another’s.',
    goals: [
      'csp-3_goal.1',
      'csp-3_goal.2',
      'csp-3_goal.3',
      'csp-7_goal.4',
      'csp-9_goal.5',
      'csp-14.2_goal.2',
      'csp-14.2_goal.3',
    ],
    doesNotProve: 'What else is in the account.',
    remediation: 'Move the resource to its owner’s stack, or tag it.',
    judge: eachStack(isolated),
  },
  {
    id: 'TPL-HASH',
    title: 'Every template is named in the manifest by the hash of its bytes.',
    reads: ['manifest.json stackTemplateAssetObjectUrl'],
    why: 'What is deployed can be compared, byte for byte, with what was reviewed.',
    goals: [
      'csp-5.4_goal.1',
      'csp-5.4_goal.2',
      'csp-5.4_goal.5',
      'csp-7_goal.3',
      'csp-14.2_goal.1',
      'csp-14.2_goal.3',
    ],
    doesNotProve: 'That it was deployed, or that nobody changed it since: ask for a drift report.',
    remediation: 'Synthesise the assembly again.',
    judge: (assembly) =>
      eachArtifact((stack) => {
        const url = valueAt(
          assembly.manifest,
          'artifacts',
          stack.artifact,
          'properties',
          'stackTemplateAssetObjectUrl',
        );
        if (url === undefined)
          return notAsked(
            'CloudFormation is handed the template itself, not a copy in a bucket.',
            'properties',
            'templateFile',
          );
        return holds(
          String(url).endsWith(`/${stack.sha256}.json`),
          `Its template has the SHA-256 ${stack.sha256}, as the manifest says.`,
          'Its template is not the one that the manifest names.',
          'properties',
          'stackTemplateAssetObjectUrl',
        );
      })(assembly),
  },
  {
    id: 'TPL-REGISTER',
    title: 'The assembly carries the register that it was made from, named by its digest.',
    reads: ['register.json', 'concordat.json registerDigest'],
    why: 'Access can then be held against agreements by anybody who has the assembly.',
    goals: ['csp-5.4_goal.1', 'csp-5.4_goal.2', 'csp-14.1_goal.1', 'csp-14.2_goal.3'],
    doesNotProve: 'That the register was reviewed: ask for the settings that protect its main branch.',
    remediation: 'Synthesise the assembly again.',
    judge: (assembly) => {
      const digest = valueAt(assembly.files.get(ORIGIN_FILE), 'registerDigest');
      return [
        onFile(
          assembly,
          ORIGIN_FILE,
          holds(
            digest === registerDigest(assembly.register),
            `register.json has the digest ${String(digest)}.`,
            'register.json is not the register that this digest names.',
            'registerDigest',
          ),
        ),
      ];
    },
  },
  {
    id: 'TPL-TERM',
    title: 'Stacks that hold data, keys or the trail cannot be deleted by one slip.',
    reads: ['manifest.json terminationProtection'],
    why: 'Deleting the stack would end the sharing of an organisation, or the record.',
    goals: ['csp-2.5_goal.1', 'csp-5.4_goal.3'],
    doesNotProve: 'That nobody switches the protection off first.',
    remediation: 'Set terminationProtection on the stack.',
    judge: eachArtifact((stack) =>
      stack.resources.some(({ type }) => HOLDING.includes(type))
        ? holds(
            stack.terminationProtection,
            'It is protected from deletion.',
            'It is not protected from deletion.',
            'properties',
            'terminationProtection',
          )
        : notAsked('It holds no data, no key and no trail.', 'properties', 'templateFile'),
    ),
  },
];
