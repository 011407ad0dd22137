/**
 * The order in which test files run: those that take longest first, so that no core is idle at the end while another has one of
 * them before it. Jest does so by itself only where it has seen them before, and else begins with the longest text.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const Sequencer = createRequire(require.resolve('jest'))('@jest/test-sequencer').default;

const DEAREST = [
  'evidence/browser',
  'mutation/custody',
  'stacks/validator/template-validation',
  'docs',
  'proof/prove',
  'commands/evidence',
  'commands/first-hour',
  'start/package',
  'lambda/key-grants/model',
  'assembly/read-once',
  'commands/process',
  'commands/plan',
  'commands/why-findings',
  'plan/losing',
  'proof/exhaustive',
  'proof/guardrails',
  'lambda/ledger-seal/model',
  'mutation/mutate',
  'commands/synth',
  'compliance/packs/asked-by-shape',
  'lambda/transfer-audit/life',
  'proof/mutants',
  'stacks/another-region',
  'commands/joining',
  'stacks/validator/validation-beside',
  'stacks/reorganisation',
  'proof/by-hand',
  'lambda/transfer-audit/model',
  'client/sealing',
  'proof/sign-in',
  'proof/shapes',
  'lambda/ledger-seal/hostile-member',
  'client/sign-in/session-ends',
  'register/json-schema',
  'register/random-edits',
  'disk/whole',
].map((name) => join(__dirname, `${name}.test.ts`));

class DearestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (DEAREST.includes(path) ? DEAREST.indexOf(path) : DEAREST.length);
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}

module.exports = DearestFirst;
