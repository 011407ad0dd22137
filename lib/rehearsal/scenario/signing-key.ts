/** The key that signs the ledger is replaced, as a former key in the register has it done. */

import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { isGroup, openAssembly, type Template, type TemplateResource, templateIn } from '../../assembly';
import { LEDGER_SEAL_FUNCTION } from '../../names';
import { deploy } from '../deploy';
import { replaceTemplate } from '../staged-assembly';
import type { Stage } from './stage';

/** Adds the present key to the former ones, and deploys the zone again. The sealer’s next run signs with the new key. */
export async function signingKeyIsReplaced(stage: Stage): Promise<void> {
  const { cast, target } = stage.props;
  await stage.step(
    {
      step: 'The operator replaces the key that signs the ledger',
      expected: 'deployed',
      decidedBy: 'the endpoint',
    },
    async () => {
      const [present, ...more] = await verifierKeys(stage);
      // The sealer publishes its key when it first seals: that there is none is its doing, not the endpoint’s.
      if (present === undefined)
        return {
          seen: 'nothing is sealed: the ledger has no key',
          passed: false,
          decidedBy: 'the function',
        };
      if (more.length > 0) return { seen: `the ledger has ${more.length + 1} keys, not one`, passed: false };
      const assembly = openAssembly(target.assembly);
      const zone = assembly.stacks.find(
        ({ account, resources }) => account === cast.zoneAccount && Object.values(resources).some(isSealer),
      );
      if (zone === undefined) return { seen: 'no stack has the sealer', passed: false };
      replaceTemplate(assembly, zone, withAnotherSigningKey(templateIn(assembly, zone.file), present));
      await deploy(zone.name, zone.account, target);
      return { seen: 'deployed', passed: true, why: [`former key ${present.split('+')[1]}`] };
    },
  );
}

/** That both keys are published, which the verifier needs to check what each has signed. */
export async function ledgerHasBothKeys(stage: Stage): Promise<void> {
  await stage.step(
    { step: 'The ledger was signed on by the new key', expected: 'two keys', decidedBy: 'the function' },
    async () => {
      const { length } = await verifierKeys(stage);
      return { seen: length === 2 ? 'two keys' : `${length} keys`, passed: length === 2 };
    },
  );
}

/**
 * A template of the zone after its register was given this former key: the key that the sealer signs with has another
 * name, so that CloudFormation makes one, and the sealer is told of the former. Unchanged where it has no sealer.
 */
export function withAnotherSigningKey(template: Template, formerKey: string): Template {
  const old = signingKeyIn(template);
  if (old === undefined) return template;
  const after: Template = JSON.parse(JSON.stringify(template).replaceAll(`"${old}"`, `"${old}2"`));
  const Resources = Object.fromEntries(
    Object.entries(after.Resources ?? {}).map(([id, resource]) => {
      if (!isSealer(resource)) return [id, resource];
      const Variables = { ...variablesOf(resource), FORMER_KEYS: formerKey };
      return [id, { ...resource, Properties: { ...resource.Properties, Environment: { Variables } } }];
    }),
  );
  return { ...after, Resources };
}

/** The name, in the template, of the key that the sealer signs with. */
function signingKeyIn({ Resources = {} }: Template): string | undefined {
  const sealer = Object.values(Resources).find(isSealer);
  const arn = sealer && variablesOf(sealer).KEY_ARN;
  const path = isGroup(arn) ? arn['Fn::GetAtt'] : undefined;
  return Array.isArray(path) && typeof path[0] === 'string' ? path[0] : undefined;
}

function isSealer({ Type, Properties }: TemplateResource): boolean {
  return Type === 'AWS::Lambda::Function' && Properties?.FunctionName === LEDGER_SEAL_FUNCTION;
}

function variablesOf({ Properties }: TemplateResource): Readonly<Record<string, unknown>> {
  const environment = Properties?.Environment;
  const variables = isGroup(environment) ? environment.Variables : undefined;
  return isGroup(variables) ? variables : {};
}

/** The Ed25519 keys that the sealer has published, as verifier keys. */
async function verifierKeys(stage: Stage): Promise<readonly string[]> {
  const s3 = stage.as(stage.props.cast.zoneAccount).s3();
  const Bucket = stage.ledgerBucket;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'keys/ed25519-' }));
  const lines: string[] = [];
  for (const { Key = '' } of Contents.filter(({ Key }) => Key?.endsWith('.vkey'))) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    lines.push(((await Body?.transformToString()) ?? '').trim());
  }
  return lines;
}
