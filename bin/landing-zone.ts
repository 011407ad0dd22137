/** The CDK app: `npx cdk synth`, `diff`, `list` and `deploy` run it, by cdk.json. */
import { App } from 'aws-cdk-lib';
import { registerForApp } from '../lib/commands/assembly/app-register';
import { APP_CONTEXT, addChecks, synthesise } from '../lib/stacks';
import { startValidator } from '../lib/stacks/validator';

const validator = startValidator();
// No tree of constructs, which no command reads: an assembly is then the same by whichever command it is made.
const app = new App({ postCliContext: APP_CONTEXT, treeMetadata: false });
const { register, asOf, outcomes } = registerForApp(app);
addChecks(app, register, asOf, validator, outcomes);
synthesise(app, register, asOf, outcomes);
