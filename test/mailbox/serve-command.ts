/** How the documents print the command that serves a play. */
export const SERVE = 'npx concordat mailbox serve';
