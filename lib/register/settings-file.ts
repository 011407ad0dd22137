/** The file of settings by name alone: whoever looks for one need not load what reads it. */

/** It lies in the zone’s own folder. */
export const SETTINGS_FILE = 'concordat.yaml';
