/** What the release gate of one owner holds deposits against, as the files that come with it. */
import { createHash } from 'node:crypto';
import { checkNeeds } from '../contracts/compile';
import { bucketName, inboxTopicArn } from '../names';
import {
  type Agreement,
  agreementHash,
  bytesIn,
  contractPlansOf,
  directionOwnedBy,
  inboxesToldBySns,
  type Member,
  owns,
  type Register,
  sealedOf,
  spansOf,
  wholeDays,
} from '../register';
import { endOfDay } from '../register/calendar';
import {
  GATE_LIST_FILE,
  GATE_LIST_FORM,
  type GatedAgreement,
  gateListText,
  SEALED_MEDIA_TYPE,
} from '../wire';
import { CONTRACT_PLANS, contractPlanText } from '../wire/contracts';

/** Where Lambda puts the files of a layer. @see https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
const LAYER = '/opt';

/** A file by its name and text. */
interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The files of one gate, and where it finds them. */
export interface GateFiles {
  readonly list: NamedText;
  /** One for each contract of the owner’s agreements, in the order of their ids. */
  readonly plans: readonly NamedText[];
  readonly listPath: string;
  readonly plansPath: string;
}

/**
 * The files of an owner’s gate: every agreement of the register, ended ones too, so that what is deposited under those is
 * rejected for that reason; and the plan of each contract.
 */
export function gateFiles(register: Register, owner: Member): GateFiles {
  const agreements = ownedBy(register, owner);
  const plans = [...contractPlansOf({ ...register, agreements: agreements.filter(isOpen) })].map(
    ([id, plan]) => ({
      id,
      text: contractPlanText(plan),
    }),
  );
  const digests = new Map(
    plans.map(({ id, text }) => [id, createHash('sha256').update(text).digest('hex')] as const),
  );
  const list = gateListText({
    form: GATE_LIST_FORM,
    owner: owner.id,
    bucket: bucketName(register.zone, owner.account),
    agreements: agreements.map((each) => ({
      ...gated(each, owner, digests),
      ...told(register, owner, each),
    })),
  });
  return {
    list: { name: GATE_LIST_FILE, text: list },
    plans: plans.map(({ id, text }) => ({ name: `${CONTRACT_PLANS}/${id}.json`, text })),
    listPath: `${LAYER}/${GATE_LIST_FILE}`,
    plansPath: `${LAYER}/${CONTRACT_PLANS}`,
  };
}

/** The agreements under which a member owns something. */
function ownedBy({ agreements }: Register, { id }: Member): Agreement[] {
  return agreements.filter((each) => owns(each, id));
}

function gated(agreement: Agreement, owner: Member, digests: ReadonlyMap<string, string>): GatedAgreement {
  const { id, ends, delivery, contract, withoutContract = '' } = agreement;
  const sealed = sealedOf(agreement, owner.id);
  const plan = contract && digests.get(contract);
  return {
    id,
    largestObject: bytesIn(delivery.largestObject),
    // What it is of is not to be seen: the agreement’s own types are those of what is in it.
    mediaTypes: sealed ? [SEALED_MEDIA_TYPE] : delivery.mediaTypes,
    until: endOfDay(ends),
    collectWithinDays: wholeDays(delivery.collectWithin),
    contract: sealed
      ? { kind: 'sealed', seal: sealed.kind, keys: sealed.keys.length }
      : contract !== undefined && plan !== undefined
        ? { kind: 'contract', id: contract, plan }
        : { kind: 'none', reason: withoutContract },
  };
}

/** The topics by which teams are told of what is released for them, and when; and the owner’s own of what was rejected. */
function told(register: Register, owner: Member, agreement: Agreement): Pick<GatedAgreement, 'letters'> {
  const inboxes = inboxesToldBySns(register, owner).filter((each) => each.agreement.id === agreement.id);
  if (inboxes.length === 0) return {};
  const topics = (own: boolean) =>
    inboxes
      .filter((each) => each.own === own)
      .map((each) => ({
        id: each.id,
        team: each.team,
        topic: inboxTopicArn(register.zone, owner.account, agreementHash(agreement.id), each),
      }));
  const recipients = directionOwnedBy(agreement, owner.id)?.recipients ?? [];
  return {
    letters: {
      title: agreement.title,
      from: owner.name,
      to: recipients.map((id) => register.organisation(id).name).join(', '),
      inboxes: topics(false),
      own: topics(true),
      // There is one recipient: the other party.
      inForce: recipients.flatMap((recipient) => spansOf(register, agreement, owner.id, recipient)),
    },
  };
}

/** The topics of the inboxes whose teams are told of what an owner’s people write, by their ARNs. */
export function inboxTopicsOf(register: Register, owner: Member): string[] {
  return inboxesToldBySns(register, owner).map((inbox) =>
    inboxTopicArn(register.zone, owner.account, agreementHash(inbox.agreement.id), inbox),
  );
}

/** Whether the gate can look into what is shared: its contract is held against it there, or else by the recipient. */
function isOpen({ sealed }: Agreement): boolean {
  return sealed === undefined;
}

/** What Lambda gives a function without asking, in megabytes, less a tenth. */
const GIVEN = 460;
/** The most storage that a function can have. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html */
const MOST = 10_240;

/**
 * The ephemeral storage that an owner’s gate needs for the digests of keys and references, in megabytes; undefined where what
 * Lambda gives anyway is enough. The rules of the register see that no agreement needs more than there is.
 */
export function gateStorage(register: Register, owner: Member): number | undefined {
  const own = ownedBy(register, owner).filter(isOpen);
  const plans = contractPlansOf({ ...register, agreements: own });
  const bytes = own.map(({ contract, delivery }) => {
    const plan = contract === undefined ? undefined : plans.get(contract);
    return plan ? checkNeeds(plan, 'csv', bytesIn(delivery.largestObject)).spillBytes : 0;
  });
  const megabytes = Math.ceil((Math.max(0, ...bytes) * 1.1) / 1_000_000);
  return megabytes <= GIVEN ? undefined : Math.min(megabytes, MOST);
}
