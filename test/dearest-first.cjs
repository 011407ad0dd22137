/**
 * The order in which test files run. First those of bytes, which need no assembly: V8 collects all that a worker holds each time that
 * 64 MB of buffers and of zlib’s memory have gone by, and before there are assemblies a worker holds little. Of each kind those that
 * take longest come first, so that no core is idle at the end while another has one of them before it. Jest does so by itself only
 * where it has seen them before, and else begins with the longest text.
 */
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const Sequencer = createRequire(require.resolve('jest'))('@jest/test-sequencer').default;

const OF_BYTES = [
  'mailbox',
  'lambda',
  'client',
  'contracts',
  'ledger',
  'delivery',
  'messages',
  'transfers',
  'wire',
].map((folder) => join(__dirname, folder) + sep);
/** Of those folders, what makes an assembly. */
const OF_ASSEMBLIES = [
  'lambda/transfer-audit/register-history',
  'lambda/rollout-step/step',
  'lambda/ledger-seal/hostile-member',
  'lambda/release-gate/deployed',
  'lambda/notices/handler',
  'client/sign-in/template',
].map(fileOf);

const DEAREST = [
  'mailbox/sealed',
  'mailbox/story',
  'mailbox/looks',
  'mailbox/tabs',
  'mailbox/tab',
  'evidence/browser',
  'mutation/mutate',
  'docs',
  'stacks/validator/template-validation',
  'proof/prove',
  'mutation/custody',
  'start/package',
  'commands/agreement',
  'proof/notices-by-sns',
  'commands/rollout-back',
  'commands/first-hour',
  'commands/process',
  'stacks/validator/early-validation',
  'mutation/alike',
  'proof/status-role',
  'proof/served-page',
  'commands/approve',
  'commands/evidence',
  'proof/exhaustive',
  'commands/plan',
  'publication/page',
  'commands/rollout',
  'client/bundle',
  'lambda/notices/model',
  'client/sealing',
  'proof/reciprocal',
  'commands/why-findings',
  'mutation/kinds-of-defects',
  'compliance/checks',
  'register/hostile-files',
  'bench/generate-register',
  'proof/guardrails',
  'commands/printed',
  'commands/suspend',
  'assembly/read-once',
  'proof/mutants',
  'compliance/packs/asked-by-shape',
  'compliance/packs',
  'commands/reproduce',
  'evidence/verify',
  'proof/sign-in',
  'commands/prove',
  'commands/why-copied',
  'proof/rights',
  'proof/baseline',
  'iam/differential',
  'lambda/transfer-audit/queue',
  'lambda/transfer-audit/life',
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
].map(fileOf);

function fileOf(name) {
  return join(__dirname, `${name}.test.ts`);
}

class DearestFirst extends Sequencer {
  sort(tests) {
    const isOfBytes = ({ path }) =>
      OF_BYTES.some((folder) => path.startsWith(folder)) && !OF_ASSEMBLIES.includes(path);
    const place = ({ path }) => (DEAREST.includes(path) ? DEAREST.indexOf(path) : DEAREST.length);
    return super.sort(tests).sort((a, b) => isOfBytes(b) - isOfBytes(a) || place(a) - place(b));
  }
}

module.exports = DearestFirst;
