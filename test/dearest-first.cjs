/**
 * The order in which test files run: those that take longest first, so that no core is idle at the end while another has one of
 * them before it. Jest does so by itself only where it has seen them before, and else begins with the longest text.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const Sequencer = createRequire(require.resolve('jest'))('@jest/test-sequencer').default;

const DEAREST = [
  'mailbox/story',
  'evidence/browser',
  'mutation/mutate',
  'docs',
  'stacks/validator/template-validation',
  'proof/prove',
  'mutation/custody',
  'mailbox/tab',
  'start/package',
  'commands/agreement',
  'mailbox/looks',
  'commands/first-hour',
  'commands/process',
  'mutation/alike',
  'commands/evidence',
  'proof/exhaustive',
  'commands/plan',
  'publication/page',
  'commands/rollout',
  'client/sealing',
  'proof/reciprocal',
  'commands/why-findings',
  'mutation/kinds-of-defects',
  'compliance/checks',
  'register/hostile-files',
  'proof/guardrails',
  'commands/printed',
  'commands/suspend',
  'assembly/read-once',
  'proof/mutants',
  'compliance/packs/asked-by-shape',
  'evidence/verify',
  'proof/sign-in',
  'proof/baseline',
  'iam/differential',
  'lambda/transfer-audit/queue',
  'proof/shapes',
  'commands/joining',
  'rehearsal/child',
  'register/random-edits',
  'stacks/another-region',
  'bench/run',
  'client/sign-in/session-ends',
  'register/json-schema',
  'proof/approvals',
  'plan/losing',
  'lambda/ledger-seal/model',
  'register/approvals/approvals',
  'lambda/ledger-seal/hostile-member',
  'rollout/engine/engine',
  'publication/withheld',
  'contracts/unpack/unpacked',
  'agreements/page',
  'proof/harmless',
  'proof/by-hand',
  'stacks/reorganisation',
  'commands/synth',
  'mutation/whole/whole-mutants',
  'commands/verify',
  'plan/wording',
  'register/disposals/disposals',
  'lambda/transfer-audit/model',
  'client/deposit',
  'lambda/key-grants/handler',
  'register/key-typos',
  'joining/pack',
  'plan/plan',
  'ledger/core/browser',
  'lambda/key-grants/model',
  'proof/own-path/own-path',
  'lambda/transfer-audit/handler',
  'transfers/archive',
].map((name) => join(__dirname, `${name}.test.ts`));

class DearestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (DEAREST.includes(path) ? DEAREST.indexOf(path) : DEAREST.length);
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}

module.exports = DearestFirst;
