/** The CDK app: `npx cdk synth`, `diff`, `list` and `deploy` run it, by cdk.json. */
import { App } from 'aws-cdk-lib';
import { registerForApp } from '../lib/commands/app-register';
import { addChecks, synthesise } from '../lib/stacks';

const app = new App();
const { register, asOf } = registerForApp(app);
addChecks(app, register, asOf);
synthesise(app, register, asOf);
