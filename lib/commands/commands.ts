/** Every command by its name, with its line in the list. A command is loaded only when it is run or explained: many load the whole CDK. */
import { CLIENT_COMMANDS } from './client-commands';
import type { Listed } from './command';

/** In the order in which they are listed. A name of two words is an action of the first: `ledger sample`. */
export const COMMANDS: Readonly<Record<string, Listed>> = {
  init: {
    summary: 'begin a register of one’s own, by questions: the zone and its first organisation',
    load: () => (require('./init') as typeof import('./init')).init,
  },
  check: {
    summary: 'check a register and say everything that is wrong with it',
    load: () => (require('./check') as typeof import('./check')).check,
  },
  synth: {
    summary: 'check the register, make every template, run every check and sum up',
    load: () => (require('./synth') as typeof import('./synth')).synth,
  },
  reproduce: {
    summary: 'make an assembly again from the register that it carries, and compare every byte',
    load: () => (require('./reproduce') as typeof import('./reproduce')).reproduce,
  },
  acknowledgements: {
    summary: 'list every acknowledged finding with its reason, owner and review date',
    load: () => (require('./acknowledgements') as typeof import('./acknowledgements')).acknowledgements,
  },
  custody: {
    summary: 'say who holds each key and who can do what with it, from the templates alone',
    load: () => (require('./custody') as typeof import('./custody')).custody,
  },
  'custody import': {
    summary: 'print how an organisation imports its key material',
    load: () => (require('./custody') as typeof import('./custody')).custodyImport,
  },
  prove: {
    summary: 'prove from the templates alone that access is exactly what the agreements imply',
    load: () => (require('./prove') as typeof import('./prove')).prove,
  },
  evidence: {
    summary: 'make the evidence pack for assessors, from the templates alone',
    load: () => (require('./evidence') as typeof import('./evidence')).evidence,
  },
  rehearse: {
    summary: 'deploy a zone and three organisations on this machine, and play a transfer to its end',
    load: () => (require('./rehearse') as typeof import('./rehearse')).rehearse,
  },
  probe: {
    summary: 'test in two sandbox accounts what AWS is taken to do, and write down what was seen',
    load: () => (require('./probe') as typeof import('./probe')).probe,
  },
  'probe record': {
    summary: 'write down what was seen of an assumption about AWS that is tested by hand',
    load: () => (require('./probe-record') as typeof import('./probe-record')).probeRecord,
  },
  plan: {
    summary: 'say who gains and who loses access from one assembly to another, and what to deploy',
    load: () => (require('./plan') as typeof import('./plan')).plan,
  },
  rollout: {
    summary: 'carry out a saved plan over many accounts: with --dry-run, each wave and each call',
    load: () => (require('./rollout') as typeof import('./rollout')).rollout,
  },
  'rollout engine': {
    summary: 'make the template of what carries plans out from an account of its own, started by a pipeline',
    load: () => (require('./rollout-engine') as typeof import('./rollout-engine')).rolloutEngine,
  },
  recover: {
    summary: 'say how a stack that was deleted is made again with what outlived it',
    load: () => (require('./recover') as typeof import('./recover')).recover,
  },
  why: {
    summary: 'say who can read what, or what comes of one request, and by which statements',
    load: () => (require('./why') as typeof import('./why')).why,
  },
  'who reads': {
    summary: 'say who reads an object of an agreement on a day, by which roles and statements',
    load: () => (require('./who-reads') as typeof import('./who-reads')).whoReads,
  },
  'who decrypts': {
    summary: 'say who can decrypt what an organisation shares, by policy and by grant',
    load: () => (require('./who-decrypts') as typeof import('./who-decrypts')).whoDecrypts,
  },
  what: {
    summary: 'say what an organisation reads of others, and until when',
    load: () => (require('./what') as typeof import('./what')).what,
  },
  cost: {
    summary: 'say what the zone, or one organisation, costs a month, in dollars or in pounds',
    load: () => (require('./cost') as typeof import('./cost')).cost,
  },
  status: {
    summary: 'say where things stand: the register, the assembly, its checks, and what is to be done',
    load: () => (require('./status') as typeof import('./status')).status,
  },
  profile: {
    summary: 'write the one file that an organisation needs to send and to collect',
    load: () => (require('./profile') as typeof import('./profile')).profile,
  },
  ...CLIENT_COMMANDS,
  calendar: {
    summary: 'list what starts, ends or is to be reviewed in the next months, and what is overdue',
    load: () => (require('./calendar') as typeof import('./calendar')).calendar,
  },
  'end-sessions': {
    summary: 'end every session that an organisation’s own people have now',
    load: () => (require('./end-sessions') as typeof import('./end-sessions')).endSessions,
  },
  suspend: {
    summary: 'stop an agreement, at once with --live, and write that into the register',
    load: () => (require('./suspend') as typeof import('./suspend')).suspend,
  },
  onboard: {
    summary: 'have an organisation join: its file, what would change, what it costs, and its joining pack',
    load: () => (require('./onboard') as typeof import('./onboard')).onboard,
  },
  'agreement new': {
    summary: 'ask for an agreement, checking each answer, and write its file',
    load: () => (require('./agreement-new') as typeof import('./agreement-new')).agreementNew,
  },
  approve: {
    summary: 'sign the terms of an agreement for one of its parties, by a key of SSH or of AWS KMS',
    load: () => (require('./approve') as typeof import('./approve')).approve,
  },
  withdraw: {
    summary: 'withdraw the approval of an agreement by one of its parties, from a day on',
    load: () => (require('./withdraw') as typeof import('./withdraw')).withdraw,
  },
  dispose: {
    summary: 'declare for a recipient that no copy is left under an agreement that has ended',
    load: () => (require('./dispose') as typeof import('./dispose')).dispose,
  },
  'agreement certificate': {
    summary: 'write a declaration of disposal as a page for the file',
    load: () =>
      (require('./agreement-certificate') as typeof import('./agreement-certificate')).agreementCertificate,
  },
  'agreement document': {
    summary: 'write an agreement as a page that prints well and as an OpenDocument text, with its digest',
    load: () =>
      (require('./agreement-document') as typeof import('./agreement-document')).agreementDocumentCommand,
  },
  'agreement import': {
    summary: 'read back what a filled-in document of an agreement says, and list the rest',
    load: () => (require('./agreement-import') as typeof import('./agreement-import')).agreementImport,
  },
  'agreement compare': {
    summary: 'say what changed in an agreement since a revision, term by term, as lawyers mark it',
    load: () => (require('./agreement-compare') as typeof import('./agreement-compare')).agreementCompare,
  },
  publish: {
    summary: 'write the public record: who gets what, why and under which law, as a site and as data',
    load: () => (require('./publish') as typeof import('./publish')).publish,
  },
  'agreement change': {
    summary: 'change settings of an agreement, and say what has to be agreed anew',
    load: () => (require('./agreement-change') as typeof import('./agreement-change')).agreementChange,
  },
  'agreement renew': {
    summary: 'have an agreement go on under the same terms, as one of its own',
    load: () => (require('./agreement-days') as typeof import('./agreement-days')).agreementRenew,
  },
  'agreement end': {
    summary: 'have an agreement end sooner',
    load: () => (require('./agreement-days') as typeof import('./agreement-days')).agreementEnd,
  },
  'agreement resume': {
    summary: 'end the suspension of an agreement',
    load: () => (require('./resume') as typeof import('./resume')).agreementResume,
  },
  pause: {
    summary: 'have an organisation neither share nor collect for a while',
    load: () => (require('./pause') as typeof import('./pause')).pause,
  },
  resume: {
    summary: 'end the pause of an organisation',
    load: () => (require('./resume') as typeof import('./resume')).resume,
  },
  leave: {
    summary: 'have an organisation leave, once each of its agreements is settled',
    load: () => (require('./leave') as typeof import('./leave')).leave,
  },
  succeed: {
    summary: 'have organisations succeed others, or take over a part, or take a new name',
    load: () => (require('./succeed') as typeof import('./succeed')).succeed,
  },
  'contract test': {
    summary: 'check files against a data contract, as the release gate does',
    load: () => (require('./contract-test') as typeof import('./contract-test')).contractTest,
  },
  'contract infer': {
    summary: 'write a first contract from a sample file, with what was guessed marked for review',
    load: () => (require('./contract-infer') as typeof import('./contract-infer')).contractInfer,
  },
  'contract export': {
    summary: 'write a data contract as CSVW, Frictionless, JSON Schema, DCAT or a data dictionary',
    load: () => (require('./contract-export') as typeof import('./contract-export')).contractExport,
  },
  schema: {
    summary: 'write the JSON Schemas with which editors complete and check the register',
    load: () => (require('./schema') as typeof import('./schema')).schema,
  },
  'mailbox page': {
    summary: 'write an organisation’s mailbox, the page in which its people write messages, as a folder',
    load: () => (require('./mailbox') as typeof import('./mailbox')).mailboxPage,
  },
  'mailbox publish': {
    summary: 'put an organisation’s mailbox in place where the zone serves it',
    load: () => (require('./mailbox-publish') as typeof import('./mailbox-publish')).mailboxPublish,
  },
  'mailbox verify': {
    summary: 'hold what is served as a mailbox, or lies in a folder, against what this release makes',
    load: () => (require('./mailbox-verify') as typeof import('./mailbox-verify')).mailboxVerify,
  },
  'mailbox serve': {
    summary: 'serve a play of the mailbox on this computer, with two made-up bodies',
    load: () => (require('./mailbox') as typeof import('./mailbox')).mailboxServe,
  },
  'ledger sample': {
    summary: 'write a sample of the ledger, to try verify on',
    load: () => (require('./ledger') as typeof import('./ledger')).ledgerSample,
  },
  'ledger cosign': {
    summary: 'cosign a checkpoint of the ledger as a witness',
    load: () => (require('./ledger') as typeof import('./ledger')).ledgerCosign,
  },
  verify: {
    summary: 'check a copy of the ledger, and say what was checked and what could not be',
    load: () => (require('./verify') as typeof import('./verify')).verify,
  },
};
