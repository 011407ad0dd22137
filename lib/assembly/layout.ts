/** The names of the files in an assembly: those that the CDK gives, and those that Concordat puts beside them. */
import type { FolderKind } from '../disk';
import { BUDGETS_STACK_SET, STACK_SET, stackSetBodyFile } from '../names';
import { LIVE_OUTCOMES_FILE, ORIGIN_FILE, REGISTER_FILE } from '../wire';

/** What the CDK says of the whole assembly. */
export const MANIFEST_FILE = 'manifest.json';
/** The findings of a synth, which the CDK writes. */
export const REPORT_FILE = 'validation-report.json';

/** Where the policy is that an organisation is asked to set on a key that it brought. */
export function askedPolicyFile(organisation: string): string {
  return `key-policy-${organisation}.json`;
}

/** Whether a file is the policy that some organisation is asked to set. */
export function isAskedPolicy(file: string): boolean {
  return /^key-policy-.+\.json$/.test(file);
}

/** Whether a file is one of those that Concordat puts beside the templates and that decide, or show, what is deployed. */
export function isBesideTemplates(file: string): boolean {
  return [REGISTER_FILE, ORIGIN_FILE, LIVE_OUTCOMES_FILE].includes(file) || isAskedPolicy(file);
}

/** Files of the CDK and of Concordat that are of no stack and no asset, and what the CDK leaves where it deploys from a folder. */
const OF_ALL = [
  ...[MANIFEST_FILE, REPORT_FILE, 'tree.json', 'cdk.out', '.cache', 'synth.lock'],
  ...[REGISTER_FILE, ORIGIN_FILE, LIVE_OUTCOMES_FILE],
  ...[STACK_SET, BUDGETS_STACK_SET].flatMap((each) => [stackSetBodyFile(each), `${each}.json`]),
  // An earlier release wrote it.
  `${STACK_SET}.body.json`,
];

/** What a synth puts into its folder, whether it came to its end or not, and replaces by the next. */
export const ASSEMBLY_FOLDER: FolderKind = {
  what: 'cloud assembly',
  isOne: (held) => held.some((name) => /^manifest\.json$|\.template\.json$|^asset\./.test(name)),
  part: () => (path) => {
    const [top = ''] = path.split('/');
    const isOurs =
      OF_ALL.includes(top) ||
      templateOfFile(top) !== undefined ||
      isAskedPolicy(top) ||
      /^asset\.|^read\.\d+\.\d+\.lock$/.test(top);
    return isOurs ? 'as made' : 'strange';
  },
};

/** What the CDK writes about one stack, beside its template. */
export function besideTemplate(template: string, what: 'assets' | 'metadata'): string {
  return template.replace(/\.template\.json$/, `.${what}.json`);
}

/** The template whose stack a file is about; undefined if it is about no one stack. */
export function templateOfFile(file: string): string | undefined {
  const [, stem] = /^(.+)\.(?:template|assets|metadata)\.json$/.exec(file) ?? [];
  return stem && `${stem}.template.json`;
}

/** The folder of the asset that goes to S3 under this name, as messages call it. */
export function assetFolder(s3Key: string): string {
  return `asset.${s3Key.replace(/\.zip$/, '')}`;
}
