/** The CDK app: `npx cdk synth`, `diff`, `list` and `deploy` run it, by cdk.json. */
import { App } from 'aws-cdk-lib';
import { registerForApp } from '../lib/commands/app-register';
import { APP_CONTEXT, addChecks, synthesise } from '../lib/stacks';

const app = new App({ postCliContext: APP_CONTEXT });
const { register, asOf, outcomes } = registerForApp(app);
addChecks(app, register, asOf, outcomes);
synthesise(app, register, asOf, outcomes);
