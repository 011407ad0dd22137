/** Makes the profile of an organisation from a register: what its people and jobs need to send and to collect. */
import {
  accessPointArn,
  agreementPrefix,
  bucketName,
  ledgerOrigin,
  RECEIPTS_PREFIX,
  roleArn,
  zoneBucketName,
} from '../names';
import { PROFILE_FORM, type Profile, type ProfileDays } from '../wire';
import type { IsoDate } from './calendar';
import { registerDigest } from './canonical';
import { contractPlansOf } from './contract-plans';
import { wholeDays } from './duration';
import { sessionSeconds, signInOf, somebodyDeposits } from './may';
import { type Direction, directionOwnedBy, directionsOf } from './parties';
import type { Register } from './register';
import type { Agreement } from './schema/agreement';
import type { Organisation } from './schema/organisation';
import { sealedOf } from './sealed';
import { runsOfDays, shareId } from './share';
import { bytesIn } from './size';

/**
 * Makes the profile. It names nobody but the organisation and the other parties of its agreements. Of what is over by the day
 * it says nothing: an agreement whose last day has passed is left out.
 */
export function profileOf(register: Register, organisation: Organisation, asOf: IsoDate): Profile {
  const { zone } = register;
  const { id, name, account, contacts } = organisation;
  const current = register.agreements.filter(({ ends }) => ends >= asOf);
  const own = current.flatMap((agreement) => {
    const direction = directionOwnedBy(agreement, id);
    return direction ? [{ agreement, direction }] : [];
  });
  const others = current.flatMap((agreement) =>
    directionsOf(agreement)
      .filter(({ recipients }) => recipients.includes(id))
      .map((direction) => ({ agreement, direction })),
  );
  const sharesOwn = somebodyDeposits(organisation);
  const signIn = signInOf(organisation);
  return {
    form: PROFILE_FORM,
    register: { digest: registerDigest(register), asOf },
    region: zone.region,
    organisation: { id, name, account },
    roles: {
      ...(sharesOwn && { deposit: roleArn(account, 'deposit') }),
      collect: roleArn(account, 'collect'),
      receipts: roleArn(account, 'receipts'),
    },
    ...(signIn && {
      signIn: {
        issuer: signIn.issuer,
        client: signIn.client,
        audience: signIn.audience ?? signIn.client,
        maxSession: sessionSeconds(signIn),
      },
    }),
    help: {
      dataProtection: contacts.dataProtection,
      ...(contacts.helpDesk !== undefined && { desk: contacts.helpDesk }),
      ...(contacts.helpDeskTelephone !== undefined && { telephone: contacts.helpDeskTelephone }),
    },
    ...(sharesOwn && { bucket: bucketName(zone, account) }),
    ledger: {
      bucket: zoneBucketName(zone, 'ledger'),
      receipts: `${RECEIPTS_PREFIX}${account}/`,
      origin: ledgerOrigin(zone),
    },
    sends: sharesOwn
      ? own.map(({ agreement, direction }) => sent(register, organisation, agreement, direction))
      : [],
    collects: others.map(({ agreement, direction }) =>
      collected(register, organisation, agreement, register.organisation(direction.owner)),
    ),
    contracts: [
      ...contractPlansOf({
        ...register,
        agreements: [
          ...(sharesOwn ? own : []),
          ...others.filter(({ agreement: { sealed } }) => sealed !== undefined),
        ].map(({ agreement }) => agreement),
      }).values(),
    ],
  };
}

function sent(
  register: Register,
  owner: Organisation,
  agreement: Agreement,
  direction: Direction,
): Profile['sends'][number] {
  const { largestObject, mediaTypes } = agreement.delivery;
  const recipients = direction.recipients.map((each) => {
    const recipient = register.organisation(each);
    return { ...partyOf(recipient), days: runsOfDays(agreement, [owner, recipient], register) };
  });
  return {
    ...termsOf(register, agreement, runsOfDays(agreement, [owner, owner], register)),
    largestObject: bytesIn(largestObject),
    mediaTypes,
    recipients,
    ...writtenTo(agreement, owner),
    ...(agreement.sealed && { sealed: sealedOf(agreement, owner.id) }),
  };
}

function collected(
  register: Register,
  recipient: Organisation,
  agreement: Agreement,
  owner: Organisation,
): Profile['collects'][number] {
  const sealed = sealedOf(agreement, owner.id);
  return {
    ...termsOf(register, agreement, runsOfDays(agreement, [owner, recipient], register)),
    owner: partyOf(owner),
    accessPoint: accessPointArn(register.zone, owner.account, shareId(agreement.id, recipient.id)),
    ...ownInboxes(agreement, recipient),
    ...(sealed && {
      sealed: {
        kind: sealed.kind,
        why: sealed.why,
        keys: sealed.keys.flatMap(({ key, holder, keptBy }) =>
          holder === recipient.id ? [{ key, keptBy }] : [],
        ),
        largestObject: bytesIn(agreement.delivery.largestObject),
        mediaTypes: agreement.delivery.mediaTypes,
      },
    }),
  };
}

/** The inboxes of the other party, without where it is told of messages: that is for the operator to know. */
function writtenTo({ correspondence }: Agreement, writer: Organisation) {
  const others = correspondence?.inboxes.filter(({ of }) => of !== writer.id);
  return others && { writesTo: others.map(({ id, team }) => ({ id, team })) };
}

function ownInboxes({ correspondence }: Agreement, reader: Organisation) {
  const own = correspondence?.inboxes.filter(({ of }) => of === reader.id);
  return own && { inboxes: own.map(({ id, team, readers }) => ({ id, team, ...readers })) };
}

function termsOf(register: Register, agreement: Agreement, days: readonly ProfileDays[]) {
  return {
    agreement: agreement.id,
    title: agreement.title,
    prefix: agreementPrefix(agreement.id),
    days,
    collectWithinDays: wholeDays(agreement.delivery.collectWithin),
    contract: contractOf(register, agreement),
  };
}

function partyOf({ id, name }: Organisation) {
  return { id, name };
}

function contractOf({ contracts }: Register, agreement: Agreement): Profile['sends'][number]['contract'] {
  const { contract, withoutContract } = agreement;
  if (withoutContract !== undefined) return { none: withoutContract };
  const found = contracts.find(({ id }) => id === contract);
  // A register that holds together has no such agreement.
  if (found === undefined) throw new TypeError(`${agreement.id} has neither a contract nor a reason why not`);
  return { id: found.id, version: found.version };
}
