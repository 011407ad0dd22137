/** Every rule that spans the files of a register: what each holds is said where it is. */
import type { IsoDate } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import type { Draft } from '../draft';
import { approvalsAreNotAhead, approvalsCount, approversCanSign } from './approvals';
import { contractCanBeHeldAgainst, contractIsNamedOrExplained } from './contract';
import { contractsCompile, numbersAreExact } from './contract-rules';
import { largestObjectCanBeChecked } from './contract-size';
import { inboxesAreOfTheParties, messagesCanBeRead } from './correspondence';
import { agreementsLieInMembership, datesAreInOrder } from './dates';
import { disposalFits } from './disposal';
import { gatewaysAreInForce } from './gateway-days';
import { deployersAreTheOperators, unitsAreDistinct } from './guardrails';
import {
  accountsAreDistinct,
  administratorsAreApart,
  codesAreDistinct,
  idsAreHandles,
  mailboxesAreTeams,
  principalsAreOwn,
  stoppersAreTheOperators,
} from './identity';
import { lawfulBasisFits } from './lawful-basis';
import { formerKeysAreTheLedgers } from './ledger-keys';
import { mailboxHasItsOwnOrigin, servedPageIsTheOperators } from './mailbox';
import { mailboxesCanBeTold, notifyIsTheZones } from './notify';
import { textsIdentifyNobody } from './personal-data';
import { assessedBeforeTheStart, objectsCanBeScanned, whatWasDoneHasBeen } from './possible';
import { withheldIsNotTold } from './public-record';
import { idsResolve, partiesCanAct } from './references';
import { regionIsInTheUk } from './region';
import { listsRepeatNothing } from './repeated';
import { rolloutIsApart } from './rollout';
import { sealsCanBeOpened } from './sealed';
import { appRolesAreOfOne, providersAreTheirOwn, signInSaysWho, whoSignsInIsNamed } from './sign-in';
import { agreementsFollow, handOversFollow, successorsFollow } from './succession';

/** Each asks about the register alone. */
const RULES = [
  idsAreHandles,
  accountsAreDistinct,
  principalsAreOwn,
  stoppersAreTheOperators,
  administratorsAreApart,
  codesAreDistinct,
  mailboxesAreTeams,
  idsResolve,
  partiesCanAct,
  datesAreInOrder,
  disposalFits,
  agreementsLieInMembership,
  lawfulBasisFits,
  gatewaysAreInForce,
  approversCanSign,
  approvalsCount,
  successorsFollow,
  handOversFollow,
  agreementsFollow,
  contractsCompile,
  numbersAreExact,
  contractIsNamedOrExplained,
  contractCanBeHeldAgainst,
  largestObjectCanBeChecked,
  sealsCanBeOpened,
  inboxesAreOfTheParties,
  messagesCanBeRead,
  withheldIsNotTold,
  unitsAreDistinct,
  deployersAreTheOperators,
  rolloutIsApart,
  formerKeysAreTheLedgers,
  notifyIsTheZones,
  mailboxesCanBeTold,
  assessedBeforeTheStart,
  signInSaysWho,
  whoSignsInIsNamed,
  providersAreTheirOwn,
  appRolesAreOfOne,
  textsIdentifyNobody,
  listsRepeatNothing,
];

/**
 * What breaks a rule, in the order of the rules.
 * @param asOf the day on which exceptions must be in force
 * @param by the day by which all that the register says was done must have been done; not looked at if not given
 */
export function faultsBetweenFiles(draft: Draft, asOf: IsoDate, by?: IsoDate): Diagnostic[] {
  return [
    ...RULES.flatMap((rule) => rule(draft)),
    ...regionIsInTheUk(draft, asOf),
    ...mailboxHasItsOwnOrigin(draft),
    ...servedPageIsTheOperators(draft),
    ...(by === undefined ? [] : [...whatWasDoneHasBeen(draft, by), ...approvalsAreNotAhead(draft, by)]),
  ];
}

/** What can be made, and would not work on AWS as its limits are. */
export function findingsBetweenFiles(draft: Draft): Diagnostic[] {
  return objectsCanBeScanned(draft);
}
