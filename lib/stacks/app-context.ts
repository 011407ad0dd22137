/** What each app of this project is told, however it is started. */
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';

/**
 * For `postCliContext`. Where in this code each resource is made is left out: at 400 organisations that takes an eighth of a
 * synth and two fifths of what it writes, and it is of use to those alone who work on the constructs. They set CDK_DEBUG=1.
 */
export const APP_CONTEXT: Readonly<Record<string, unknown>> = { [DISABLE_CREATION_STACK_TRACES]: true };
