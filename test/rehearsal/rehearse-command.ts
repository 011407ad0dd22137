/** The command of the rehearsal as the documents print it; tests of the rehearsal run it, since it needs Python. */
export const REHEARSE = 'npx concordat rehearse';
