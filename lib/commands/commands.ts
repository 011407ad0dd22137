/** Every command by its name, with its line in the list. A command is loaded only when it is run or explained: many load the whole CDK. */
import { CLIENT_COMMANDS } from './client-commands';
import type { Listed } from './command';

/** In the order in which they are listed. A name of two words is an action of the first: `ledger sample`. */
export const COMMANDS: Readonly<Record<string, Listed>> = {
  init: {
    summary: 'begin a register of one’s own, by questions: the zone and its first organisation',
    load: () => (require('./organisations/init') as typeof import('./organisations/init')).init,
  },
  check: {
    summary: 'check a register and say everything that is wrong with it',
    load: () => (require('./register/check') as typeof import('./register/check')).check,
  },
  synth: {
    summary: 'check the register, make every template, run every check and sum up',
    load: () => (require('./assembly/synth') as typeof import('./assembly/synth')).synth,
  },
  reproduce: {
    summary: 'make an assembly again from the register that it carries, and compare every byte',
    load: () => (require('./assembly/reproduce') as typeof import('./assembly/reproduce')).reproduce,
  },
  acknowledgements: {
    summary: 'list every acknowledged finding with its reason, owner and review date',
    load: () =>
      (require('./assembly/acknowledgements') as typeof import('./assembly/acknowledgements'))
        .acknowledgements,
  },
  custody: {
    summary: 'say who holds each key and who can do what with it, from the templates alone',
    load: () => (require('./access/custody') as typeof import('./access/custody')).custody,
  },
  'custody import': {
    summary: 'print how an organisation imports its key material',
    load: () => (require('./access/custody') as typeof import('./access/custody')).custodyImport,
  },
  prove: {
    summary: 'prove from the templates alone that access is exactly what the agreements imply',
    load: () => (require('./access/prove') as typeof import('./access/prove')).prove,
  },
  evidence: {
    summary: 'make the evidence pack for assessors, from the templates alone',
    load: () => (require('./assembly/evidence') as typeof import('./assembly/evidence')).evidence,
  },
  rehearse: {
    summary: 'deploy a zone and three organisations on this machine, and play a transfer to its end',
    load: () => (require('./trials/rehearse') as typeof import('./trials/rehearse')).rehearse,
  },
  probe: {
    summary: 'test in two sandbox accounts what AWS is taken to do, and write down what was seen',
    load: () => (require('./trials/probe') as typeof import('./trials/probe')).probe,
  },
  'probe record': {
    summary: 'write down what was seen of an assumption about AWS that is tested by hand',
    load: () => (require('./trials/probe-record') as typeof import('./trials/probe-record')).probeRecord,
  },
  plan: {
    summary: 'say who gains and who loses access from one assembly to another, and what to deploy',
    load: () => (require('./assembly/plan') as typeof import('./assembly/plan')).plan,
  },
  rollout: {
    summary: 'carry out a saved plan over many accounts: with --dry-run, each wave and each call',
    load: () => (require('./rollout/rollout') as typeof import('./rollout/rollout')).rollout,
  },
  'rollout engine': {
    summary: 'make the template of what carries plans out from an account of its own, started by a pipeline',
    load: () =>
      (require('./rollout/rollout-engine') as typeof import('./rollout/rollout-engine')).rolloutEngine,
  },
  recover: {
    summary: 'say how a stack that was deleted is made again with what outlived it',
    load: () => (require('./rollout/recover') as typeof import('./rollout/recover')).recover,
  },
  why: {
    summary: 'say who can read what, or what comes of one request, and by which statements',
    load: () => (require('./access/why') as typeof import('./access/why')).why,
  },
  'who reads': {
    summary: 'say who reads an object of an agreement on a day, by which roles and statements',
    load: () => (require('./access/who-reads') as typeof import('./access/who-reads')).whoReads,
  },
  'who decrypts': {
    summary: 'say who can decrypt what an organisation shares, by policy and by grant',
    load: () => (require('./access/who-decrypts') as typeof import('./access/who-decrypts')).whoDecrypts,
  },
  what: {
    summary: 'say what an organisation reads of others, and until when',
    load: () => (require('./access/what') as typeof import('./access/what')).what,
  },
  cost: {
    summary: 'say what the zone, or one organisation, costs a month, in dollars or in pounds',
    load: () => (require('./access/cost') as typeof import('./access/cost')).cost,
  },
  status: {
    summary: 'say where things stand: the register, the assembly, its checks, and what is to be done',
    load: () => (require('./rollout/status') as typeof import('./rollout/status')).status,
  },
  profile: {
    summary: 'write the one file that an organisation needs to send and to collect',
    load: () => (require('./organisations/profile') as typeof import('./organisations/profile')).profile,
  },
  ...CLIENT_COMMANDS,
  calendar: {
    summary: 'list what starts, ends or is to be reviewed in the next months, and what is overdue',
    load: () => (require('./register/calendar') as typeof import('./register/calendar')).calendar,
  },
  'end-sessions': {
    summary: 'end every session that an organisation’s own people have now',
    load: () => (require('./stops/end-sessions') as typeof import('./stops/end-sessions')).endSessions,
  },
  suspend: {
    summary: 'stop an agreement, at once with --live, and write that into the register',
    load: () => (require('./stops/suspend') as typeof import('./stops/suspend')).suspend,
  },
  onboard: {
    summary: 'have an organisation join: its file, what would change, what it costs, and its joining pack',
    load: () => (require('./organisations/onboard') as typeof import('./organisations/onboard')).onboard,
  },
  'agreement new': {
    summary: 'ask for an agreement, checking each answer, and write its file',
    load: () =>
      (require('./agreements/agreement-new') as typeof import('./agreements/agreement-new')).agreementNew,
  },
  approve: {
    summary: 'sign the terms of an agreement for one of its parties, by a key of SSH or of AWS KMS',
    load: () => (require('./agreements/approve') as typeof import('./agreements/approve')).approve,
  },
  withdraw: {
    summary: 'withdraw the approval of an agreement by one of its parties, from a day on',
    load: () => (require('./agreements/withdraw') as typeof import('./agreements/withdraw')).withdraw,
  },
  dispose: {
    summary: 'declare for a recipient that no copy is left under an agreement that has ended',
    load: () => (require('./agreements/dispose') as typeof import('./agreements/dispose')).dispose,
  },
  'agreement certificate': {
    summary: 'write a declaration of disposal as a page for the file',
    load: () =>
      (require('./agreements/agreement-certificate') as typeof import('./agreements/agreement-certificate'))
        .agreementCertificate,
  },
  'agreement document': {
    summary: 'write an agreement as a page that prints well and as an OpenDocument text, with its digest',
    load: () =>
      (require('./agreements/agreement-document') as typeof import('./agreements/agreement-document'))
        .agreementDocumentCommand,
  },
  'agreement import': {
    summary: 'read back what a filled-in document of an agreement says, and list the rest',
    load: () =>
      (require('./agreements/agreement-import') as typeof import('./agreements/agreement-import'))
        .agreementImport,
  },
  'agreement compare': {
    summary: 'say what changed in an agreement since a revision, term by term, as lawyers mark it',
    load: () =>
      (require('./agreements/agreement-compare') as typeof import('./agreements/agreement-compare'))
        .agreementCompare,
  },
  'processing-record': {
    summary: 'write an organisation’s record of processing (UK GDPR, Article 30) as a table',
    load: () =>
      (require('./agreements/processing-record') as typeof import('./agreements/processing-record'))
        .processingRecordCommand,
  },
  publish: {
    summary: 'write the public record: who gets what, why and under which law, as a site and as data',
    load: () => (require('./ledger/publish') as typeof import('./ledger/publish')).publish,
  },
  'agreement change': {
    summary: 'change settings of an agreement, and say what has to be agreed anew',
    load: () =>
      (require('./agreements/agreement-change') as typeof import('./agreements/agreement-change'))
        .agreementChange,
  },
  'agreement renew': {
    summary: 'have an agreement go on under the same terms, as one of its own',
    load: () =>
      (require('./agreements/agreement-days') as typeof import('./agreements/agreement-days')).agreementRenew,
  },
  'agreement end': {
    summary: 'have an agreement end sooner',
    load: () =>
      (require('./agreements/agreement-days') as typeof import('./agreements/agreement-days')).agreementEnd,
  },
  'agreement resume': {
    summary: 'end the suspension of an agreement',
    load: () =>
      (require('./organisations/resume') as typeof import('./organisations/resume')).agreementResume,
  },
  pause: {
    summary: 'have an organisation neither share nor collect for a while',
    load: () => (require('./organisations/pause') as typeof import('./organisations/pause')).pause,
  },
  resume: {
    summary: 'end the pause of an organisation',
    load: () => (require('./organisations/resume') as typeof import('./organisations/resume')).resume,
  },
  leave: {
    summary: 'have an organisation leave, once each of its agreements is settled',
    load: () => (require('./organisations/leave') as typeof import('./organisations/leave')).leave,
  },
  succeed: {
    summary: 'have organisations succeed others, or take over a part, or take a new name',
    load: () => (require('./organisations/succeed') as typeof import('./organisations/succeed')).succeed,
  },
  'contract test': {
    summary: 'check files against a data contract, as the release gate does',
    load: () =>
      (require('./contracts/contract-test') as typeof import('./contracts/contract-test')).contractTest,
  },
  'contract infer': {
    summary: 'write a first contract from a sample file, with what was guessed marked for review',
    load: () =>
      (require('./contracts/contract-infer') as typeof import('./contracts/contract-infer')).contractInfer,
  },
  'contract export': {
    summary: 'write a data contract as CSVW, Frictionless, JSON Schema, DCAT or a data dictionary',
    load: () =>
      (require('./contracts/contract-export') as typeof import('./contracts/contract-export')).contractExport,
  },
  schema: {
    summary: 'write the JSON Schemas with which editors complete and check the register',
    load: () => (require('./register/schema') as typeof import('./register/schema')).schema,
  },
  'mailbox page': {
    summary: 'write an organisation’s mailbox, the page in which its people write messages, as a folder',
    load: () => (require('./mailbox/mailbox') as typeof import('./mailbox/mailbox')).mailboxPage,
  },
  'mailbox publish': {
    summary: 'put an organisation’s mailbox in place where the zone serves it',
    load: () =>
      (require('./mailbox/mailbox-publish') as typeof import('./mailbox/mailbox-publish')).mailboxPublish,
  },
  'mailbox verify': {
    summary: 'hold what is served as a mailbox, or lies in a folder, against what this release makes',
    load: () =>
      (require('./mailbox/mailbox-verify') as typeof import('./mailbox/mailbox-verify')).mailboxVerify,
  },
  'mailbox serve': {
    summary: 'try the mailbox on this computer, with two made-up organisations',
    load: () => (require('./mailbox/mailbox') as typeof import('./mailbox/mailbox')).mailboxServe,
  },
  'ledger sample': {
    summary: 'write a sample of the ledger, to try verify on',
    load: () => (require('./ledger/ledger') as typeof import('./ledger/ledger')).ledgerSample,
  },
  'ledger cosign': {
    summary: 'cosign a checkpoint of the ledger as a witness',
    load: () => (require('./ledger/ledger') as typeof import('./ledger/ledger')).ledgerCosign,
  },
  verify: {
    summary: 'check a copy of the ledger, and say what was checked and what could not be',
    load: () => (require('./ledger/verify') as typeof import('./ledger/verify')).verify,
  },
};
