/** Refusals that any command of delivery may have, as text: what happened, and what to do. */
import type { DeliveryRole, FailureKind, SharedRefusal } from '../../delivery';
import { dateOf, inWords } from '../../register/calendar';
import { andList, momentWords, orList, systemWords, visible } from '../../words';
import { timeInWords } from '../meter';
import { PROFILE_VARIABLE } from '../profile-file';
import { networkMend } from './network';

/** What happened, and what to do. */
export interface RefusalText {
  readonly happened: string;
  readonly mend: string;
}

/** A refusal in words. It names no organisation but those that the caller gave. */
export function sharedText(refusal: SharedRefusal): RefusalText {
  switch (refusal.refused) {
    case 'no-profile':
      return {
        happened: `There is no profile at ${orList(refusal.looked)}.`,
        mend: `Take concordat-profile.json from the joining pack, or ask the operator for it, and name it with --profile FILE or ${PROFILE_VARIABLE}.`,
      };
    case 'faulty-profile':
      return {
        happened: `${refusal.file} is no profile that can be used:\n${refusal.problems.map((each) => `  ${each}`).join('\n')}`,
        mend: 'Ask the operator for the profile of today.',
      };
    case 'no-role':
      return {
        happened: `By the profile your organisation has no role that ${ROLE_DOES[refusal.role]}.`,
        mend: 'Ask the operator: an organisation shares its own data once its file in the register names who may deposit.',
      };
    case 'no-agreement':
      return noAgreement(refusal);
    case 'to-come':
      return {
        happened: `The agreement ${refusal.agreement} is not in force before ${day(refusal.from)}.`,
        mend: 'Wait until then. If it should be in force, ask the operator for the profile of today.',
      };
    case 'over':
      return {
        happened: `The agreement ${refusal.agreement} ${refusal.since === undefined ? 'is in force on no day' : `was in force until ${day(refusal.since)}`}.`,
        mend: 'If the data is still to be shared, a new agreement, or a later end, comes first. If there is one, ask the operator for the profile of today.',
      };
    case 'other-account':
      return {
        happened: `You are signed in to the AWS account ${refusal.found}. Your organisation’s account here is ${refusal.wanted}.`,
        mend: `Sign in to that account, or name its AWS profile: AWS_PROFILE=NAME before the command.${refusal.signsIn ? ' Or sign in with your organisation’s own identity provider: concordat signin.' : ''}`,
      };
    case 'role-denied':
      return {
        happened: `AWS does not let ${refusal.caller} take on ${refusal.role}.`,
        mend: 'Sign in with a role that your organisation’s file in the register names for this, or have the operator add yours.',
      };
    case 'not-signed-in':
      return {
        happened: 'Nobody is signed in on this computer, and no AWS credentials were found.',
        mend: `Run concordat signin, which asks ${visible(refusal.issuer)}; then run the same command again.`,
      };
    case 'session-over':
      return {
        happened: `Your sign-in as ${visible(refusal.subject)} was over on ${momentWords(refusal.ends)}.`,
        mend: 'Run concordat signin, then the same command again: it goes on from what is done.',
      };
    case 'not-let-in':
      return notLetIn(refusal);
    case 'token-refused':
      return {
        happened: `AWS does not take what ${visible(refusal.issuer)} says of you (${refusal.code}): in the account ${refusal.account} it must be known for the audience ${visible(refusal.audience)}.`,
        mend: 'Run concordat signin again. If that changes nothing, ask the operator for the profile of today, and whether your organisation’s sign-in has been deployed.',
      };
    case 'provider-unseen':
      return {
        happened: `AWS could not reach ${visible(refusal.issuer)} to check your sign-in.`,
        mend: 'Run the same command again in some minutes. If it happens again, tell your organisation’s IT that AWS must be able to read the provider’s public keys.',
      };
    case 'clock-off':
      return {
        happened: `The clock of this computer is ${timeInWords(Math.abs(refusal.seconds))} ${refusal.seconds > 0 ? 'ahead of' : 'behind'} ${refusal.of === 'provider' ? 'that of your identity provider' : 'AWS’s'}.`,
        mend: 'Set it, best by network time, and run the command again.',
      };
    case 'failed':
      return failed(refusal);
    case 'disk':
      return {
        happened: `${refusal.path} cannot be ${refusal.act === 'read' ? 'read' : 'written'}: ${systemWords(refusal.code, refusal.act)}.`,
        mend: `Change that, or name another place, and run the command again${refusal.act === 'write' ? ': it goes on from what is done' : ''}.`,
      };
    case 'deposit-busy':
      return {
        happened: `${refusal.by[0]?.toUpperCase()}${refusal.by.slice(1)} deposits under ${refusal.agreement} already.`,
        mend: 'Wait until it has ended, and run the command again. What a killed run has left holds nobody up for more than a minute.',
      };
    case 'stopped':
      return {
        happened: 'Stopped.',
        mend: 'Run the same command again: it goes on from here.',
      };
  }
}

/** AWS says only that it does not let in; what is known here of the sign-in says where to look first. */
function notLetIn({
  role,
  issuer,
  subject,
  methods,
}: Extract<SharedRefusal, { refused: 'not-let-in' }>): RefusalText {
  const who = `${visible(issuer)} says that you are ${visible(subject)}, ${methods.length === 0 ? 'and not how you signed in' : `signed in by ${andList(methods.map(visible))}`}.`;
  const happened = `AWS does not let you take on ${role}. ${who}`;
  const named =
    'If that is not you, sign out there and run concordat signin. If it is you, have your organisation’s file in the register name you for this.';
  return {
    happened,
    mend: methods.includes(MULTI_FACTOR)
      ? named
      : `If the role asks for more than one factor, run concordat signin again and sign in by more than one. ${named}`,
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc8176#section-2 */
const MULTI_FACTOR = 'mfa';

function noAgreement({
  agreement,
  agreements,
  near,
  direction,
  otherWay,
}: Extract<SharedRefusal, { refused: 'no-agreement' }>): RefusalText {
  const [verb, other] = direction === 'sends' ? ['send', 'collect'] : ['collect', 'send'];
  if (otherWay)
    return {
      happened: `Under ${agreement} your organisation ${other === 'send' ? 'sends' : 'collects'}; it does not ${verb} there.`,
      mend:
        agreements.length === 0
          ? `By your profile there is no agreement to ${verb} under.`
          : `It can ${verb} under ${orList(agreements)}.`,
    };
  return {
    happened: `Your profile has no agreement ${agreement}${near === undefined ? '.' : `: did you mean ${near}?`}`,
    mend:
      agreements.length === 0
        ? `It has none to ${verb} under. If there is one, ask the operator for the profile of today.`
        : `It has ${andList(agreements)}. If another is in force, ask the operator for the profile of today.`,
  };
}

const ROLE_DOES: Readonly<Record<DeliveryRole, string>> = {
  deposit: 'deposits',
  collect: 'collects',
  receipts: 'reads receipts',
};

const FAILED: Readonly<Record<FailureKind, (service: string, code: string) => RefusalText>> = {
  'no-credentials': () => ({
    happened: 'No AWS credentials were found, or what was signed in with is over.',
    mend: 'Sign in as for the AWS command line, such as aws sso login --profile NAME, and run the command again with AWS_PROFILE=NAME before it.',
  }),
  'credentials-expired': () => ({
    happened: 'The AWS credentials have expired, or are not valid any more.',
    mend: 'Sign in again, and run the same command: it goes on from what is done.',
  }),
  denied: (service, code) => ({
    happened: `${service} refused it (${code}).`,
    mend: 'A stop, a policy of your own AWS organisation or an agreement that has ended can be why. Ask the operator for the profile of today; if that changes nothing, tell the operator the time and this message.',
  }),
  'no-key': (service, code) => ({
    happened: `${service} cannot use the key with which the data is encrypted (${code}).`,
    mend: 'Whoever owns the data may have switched the key off, or is about to delete it: ask them. Once it can be used, the same command goes on from what is done.',
  }),
  'no-bucket': (service, code) => ({
    happened: `${service} has no such bucket or access point (${code}).`,
    mend: 'It may not have been deployed yet, or be gone. Ask the operator for the profile of today.',
  }),
  clock: (service, code) => ({
    happened: `${service} refused it because the clock of this computer is wrong (${code}).`,
    mend: 'Set it, best by network time, and run the command again.',
  }),
  unreachable: (service, code) => ({
    happened: `${service} does not answer (${systemWords(code, 'reach')}).`,
    mend: networkMend(code, 'run the same command again: it goes on from what is done'),
  }),
  'in-between': (service, code) => ({
    happened: `Something between here and ${service} answered in its place (${code}).`,
    mend: 'A proxy or a firewall of your network may keep this from coming through: have your organisation’s IT let it. Then run the same command again: it goes on from what is done.',
  }),
  busy: (service, code) => ({
    happened: `${service} is there and does not serve now (${code}).`,
    mend: 'Run the same command again in some minutes: it goes on from what is done.',
  }),
  damaged: (service, code) => ({
    happened: `What arrived is not what was sent, by its checksum: ${service} did not take it (${code}).`,
    mend: 'If the file was changed meanwhile, leave it as it is now; run the same command again. If it happens again, look at the network and the disk.',
  }),
  changed: (service, code) => ({
    happened: `${service} has another version by now (${code}).`,
    mend: 'Run the command again: it begins with the new one.',
  }),
  unexpected: (service, code) => ({
    happened: `${service} answered what is not expected (${code}).`,
    mend: 'Run the same command again: it goes on from what is done. If it happens again, tell the operator this message.',
  }),
};

function failed({ kind, code, what, endpoint }: Extract<SharedRefusal, { refused: 'failed' }>): RefusalText {
  const name = what === 's3' ? 'S3' : 'STS, where roles are taken on,';
  return FAILED[kind](endpoint === undefined ? name : `${name} at ${endpoint}`, code);
}

function day(date: string): string {
  return inWords(dateOf(date));
}
