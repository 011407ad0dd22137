/**
 * The AWS Region that `region` in `zone.yaml` has if it is not given. All else takes `zone.region`: names, policies and stacks.
 * Functions take theirs from the environment that Lambda gives them.
 */

/** The one AWS Region in the United Kingdom, Europe (London). No other code spells it, but for examples. */
export const UK_REGION = 'eu-west-2';
