/** Runs the checks of the public-sector pack at every synth, over the templates as they were just written. */
import { dirname } from 'node:path';
import { CfnResource, type PolicyValidationPluginReport, type PolicyViolation } from 'aws-cdk-lib';
import { type Assembly, artifactOf } from '../../assembly';
import type { Check, Judgement } from '../check';
import { PUBLIC_SECTOR } from '../checks';
import { judgementsOf } from '../judgements';
import type { AppTree, TemplateCheck, TemplateContext } from './template-check';

/** A validation plugin: each judgement that fails is a finding, on its resource where it has one. */
export class PublicSectorChecks implements TemplateCheck {
  readonly name = PUBLIC_SECTOR;

  /** @param read opens the assembly in a folder, before all of it is written */
  constructor(private readonly read: (folder: string) => Assembly) {}

  validate({ templatePaths, appConstruct }: TemplateContext): PolicyValidationPluginReport {
    const [first] = templatePaths;
    if (first === undefined) return { success: true, violations: [] };
    const folder = dirname(first);
    const assembly = this.read(folder);
    const violations = judgementsOf(assembly).flatMap(({ check, judgements }) =>
      judgements
        .filter(({ outcome }) => outcome === 'fail')
        .map((judgement) => violationOf(check, judgement, pathOf(judgement, assembly, appConstruct))),
    );
    return { success: violations.length === 0, violations };
  }
}

/** The construct that a judgement is about: its resource’s, else its stack’s, else the file. */
function pathOf({ file, resource }: Judgement, assembly: Assembly, app: AppTree): string {
  const stack = assembly.stacks.find((each) => each.file === file);
  if (stack === undefined) return file;
  const artifact = artifactOf(assembly, stack)?.id ?? stack.name;
  const scope = app.node.tryFindChild(artifact);
  const found = scope?.node
    .findAll()
    .find(
      (each) => CfnResource.isCfnResource(each) && each.stack.resolve(each.logicalId) === resource?.logicalId,
    );
  return found?.node.path ?? artifact;
}

function violationOf(check: Check, judgement: Judgement, constructPath: string): PolicyViolation {
  const { file, pointer, resource, saw, register } = judgement;
  return {
    ruleName: check.id,
    description: `${check.title} ${saw}${register === undefined ? '' : ` It comes from ${register}.`}`,
    fix: check.remediation,
    severity: 'error',
    violatingResources: [
      {
        constructPath,
        locations: [`${file}#${pointer}`],
        ...(resource && { resourceLogicalId: resource.logicalId }),
      },
    ],
  };
}
