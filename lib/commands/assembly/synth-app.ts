/** Makes the CDK app in this process, with the settings that cdk.json gives to the CDK’s own command line. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib';
import { APP_CONTEXT } from '../../stacks';

/** The part of cdk.json that an app sees. */
interface CdkJson {
  readonly context: Readonly<Record<string, unknown>>;
}

/** This project’s cdk.json, wherever the command is run from. */
const CDK_JSON = resolve(__dirname, '../../../cdk.json');

/**
 * An app whose templates are those of `npx cdk synth`. Findings are left to the caller, who reads them from the
 * validation report in the assembly.
 */
export function synthApp(outdir: string, more: AppProps = {}): App {
  const { context } = JSON.parse(readFileSync(CDK_JSON, 'utf8')) as CdkJson;
  return new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    context: { ...context, '@aws-cdk/core:failSynthOnValidationErrors': false },
    postCliContext: APP_CONTEXT,
    ...more,
  });
}
