/** What the validator’s thread does: it has the engine made, then judges the templates that it is handed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CloudFormationValidatePlugin,
  IPolicyValidationContext,
  PolicyValidationStack,
} from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';
import type { Judged, ToJudge, ToldShapes } from '.';
import { KINDS_OF_RESOURCE } from './kinds-of-resource';
import { TemplateValidation } from './template-validation';
import type { Work } from './thread';

/** Called by the thread. @internal */
export const work: Work<ToJudge, ToldShapes, Judged> = () => {
  let names: ToJudge['names'] = new Map();
  const validation = new TemplateValidation((account) => names.get(account) ?? new Map());
  makeEngine(validation);
  return (order, tell) => {
    names = order.names;
    validation.whenShaped = tell;
    return { report: validation.validate(asked(order.stackTemplates)), version: validation.version };
  };
};

/** The engine is made when it is first asked: here, about a template with one of each kind of resource and nothing in it. */
function makeEngine(validation: CloudFormationValidatePlugin): void {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-kinds-'));
  try {
    const templatePath = join(folder, 'kinds.template.json');
    const resources = KINDS_OF_RESOURCE.map((Type, index) => [`Kind${index}`, { Type }]);
    writeFileSync(templatePath, JSON.stringify({ Resources: Object.fromEntries(resources) }));
    validation.validate(
      asked([{ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A request to judge templates. The app is in another thread; CDK’s validation reads templates alone. */
function asked(stackTemplates: readonly PolicyValidationStack[]): IPolicyValidationContext {
  return {
    stackTemplates: [...stackTemplates],
    templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
    appConstruct: new RootConstruct(),
  };
}
