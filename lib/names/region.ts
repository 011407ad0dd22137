/** The AWS Region that everything is in, unless the register has a dated exception. */

/** The one AWS Region in the United Kingdom, Europe (London). No other file outside tests and docs spells it. */
export const UK_REGION = 'eu-west-2';
