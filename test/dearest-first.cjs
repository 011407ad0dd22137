/**
 * The order in which test files run: those that take longest first, so that no core is idle at the end while another has one of
 * them before it. Jest does so by itself only where it has seen them before, and else begins with the longest text.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const Sequencer = createRequire(require.resolve('jest'))('@jest/test-sequencer').default;

const DEAREST = [
  'stacks/validator/template-validation',
  'docs',
  'mutation/custody',
  'mailbox/story',
  'proof/prove',
  'mutation/mutate',
  'mailbox/looks',
  'commands/evidence',
  'start/package',
  'commands/first-hour',
  'commands/process',
  'commands/synth',
  'evidence/browser',
  'proof/exhaustive',
  'commands/agreement',
  'commands/plan',
  'commands/rollout',
  'client/sealing',
  'compliance/checks',
  'commands/why-findings',
  'proof/shapes',
  'disk/whole',
  'register/random-edits',
  'commands/printed',
  'plan/losing',
  'register/approvals/approvals',
  'proof/mutants',
  'proof/guardrails',
  'commands/approve',
  'lambda/ledger-seal/hostile-member',
  'register/json-schema',
  'assembly/read-once',
  'commands/command-line',
  'commands/joining',
  'lambda/transfer-audit/model',
  'commands/verify',
  'bench/generate-register',
  'stacks/another-region',
  'compliance/packs/asked-by-shape',
  'commands/prove',
  'proof/sign-in',
  'contracts/unpack/unpacked',
  'client/deposit',
  'proof/by-hand',
  'lambda/key-grants/model',
  'stacks/reorganisation',
].map((name) => join(__dirname, `${name}.test.ts`));

class DearestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (DEAREST.includes(path) ? DEAREST.indexOf(path) : DEAREST.length);
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}

module.exports = DearestFirst;
