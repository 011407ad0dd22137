/** What the validator’s thread does: it has the engine made, then judges the templates that it hears of and is handed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudFormationValidatePlugin } from 'aws-cdk-lib';
import type { Names } from '../../compliance/shapes';
import type { Judged, OnTheWay, ToJudge, ToldShapes } from '.';
import type { EarlyValidation } from './early-validation';
import { KINDS_OF_RESOURCE } from './kinds-of-resource';
import { whileMemoryIsTakenAtOnce } from './memory-at-once';
import { asked, TemplateValidation } from './template-validation';
import type { Work } from './thread';

/** A little less than the engine takes until it is made. */
const ENGINE_MB = 150;

/** Called by the thread. @internal */
export const work: Work<OnTheWay, ToJudge, ToldShapes, Judged> = (folder) => {
  const names = new Map<string, Names>();
  const validation = new TemplateValidation((account) => names.get(account) ?? new Map(), folder);
  whileMemoryIsTakenAtOnce(ENGINE_MB, () => makeEngine(validation, folder));
  let early: EarlyValidation | undefined;
  let isAtWork = false;
  // What is heard meanwhile comes first: the shapes of all are waited for.
  const goOn = () => {
    isAtWork = early?.judgeNext() === true;
    if (isAtWork) setImmediate(goOn);
  };
  return {
    hear: (word) => {
      if ('names' in word) {
        for (const [account, each] of word.names) names.set(account, each);
        early = validation.begin(names);
      } else early?.add(word.stack);
      if (isAtWork) return;
      isAtWork = true;
      setImmediate(goOn);
    },
    carryOut: (order, tell) => {
      for (const [account, each] of order.names) names.set(account, each);
      validation.whenShaped = tell;
      return { report: validation.validate(asked(order.stackTemplates)), version: validation.version };
    },
  };
};

/** The engine is made when it is first asked: here, about a template with one of each kind of resource and nothing in it. */
function makeEngine(validation: CloudFormationValidatePlugin, folder: string): void {
  const templatePath = join(folder, 'kinds.template.json');
  const resources = KINDS_OF_RESOURCE.map((Type, index) => [`Kind${index}`, { Type }]);
  writeFileSync(templatePath, JSON.stringify({ Resources: Object.fromEntries(resources) }));
  validation.validate(
    asked([{ stackConstructPath: '', templatePath, accountId: undefined, region: undefined }]),
  );
}
