/** Who reads one object, and what one organisation reads, by the templates: the questions of `concordat who` and `what`. */
import type { AgreementFacts, OrganisationFacts, World } from '../assembly';
import { decide, requestOf } from '../iam';
import { Askers, EVERYTHING } from './askers';
import { providerOf } from './entitlement/signed-in';
import { collectRole, type WayToRead, waysToRead } from './explain-reading';
import { indexed } from './indexed';

/** A subject, or whoever holds an app role, as an issuer says. */
export interface SignedInReader {
  readonly issuer: string;
  readonly subject?: string;
  readonly appRole?: string;
}

/** An organisation, and how it reads. */
export interface Reader {
  readonly organisation: OrganisationFacts;
  /** Every way by which it reads; none for a recipient that does not. */
  readonly ways: readonly WayToRead[];
  /** For a recipient that does not read: each way that it has, and why it is closed. */
  readonly closed: readonly WayToRead[];
  /** Whether the agreement names it. */
  readonly isRecipient: boolean;
  readonly role: string;
  /** The roles of its people that its template lets take on the role. */
  readonly people: readonly string[];
  /** Those who sign in by the organisation’s own provider that its template lets take on the role. */
  readonly signedIn: readonly SignedInReader[];
}

/**
 * Everybody who reads an object of an agreement at a moment: each recipient, reading or not, and each other organisation that
 * reads all the same. Every organisation of the register but the owner is asked about.
 * @param direction whose object it is: of a reciprocal agreement, each party owns some
 * @param object its key in the owner’s bucket
 * @param time UTC, to the second
 */
export function readersOf(
  world: World,
  agreement: AgreementFacts,
  direction: AgreementFacts['directions'][number],
  object: string,
  time: string,
): Reader[] {
  const { organisations } = world.register;
  const owner = organisations.find(({ id }) => id === direction.owner);
  if (owner === undefined) return [];
  const askers = new Askers(world);
  return organisations.flatMap((organisation): Reader[] => {
    if (organisation.id === owner.id) return [];
    const all = waysToRead(world, organisation, owner, { object, time }, askers);
    const ways = all.filter(isOpen);
    const isRecipient = direction.recipients.includes(organisation.id);
    if (ways.length === 0 && !isRecipient) return [];
    const closed = ways.length > 0 ? [] : all.filter(({ share }) => share?.agreement === agreement.id);
    const role = collectRole(organisation.account);
    return [
      {
        organisation,
        ways,
        closed,
        isRecipient,
        role,
        people: peopleBehind(world, askers, organisation, role),
        signedIn: signedInBehind(world, organisation, role),
      },
    ];
  });
}

/** What an organisation reads of one other, and by which way. */
export interface ReadOf {
  readonly owner: OrganisationFacts;
  readonly way: WayToRead;
}

/** Every way by which an organisation reads what others share, now or, of a share to come, from its first day on. */
export function readBy(world: World, reader: OrganisationFacts): ReadOf[] {
  const askers = new Askers(world);
  return world.register.organisations
    .filter(({ id }) => id !== reader.id)
    .flatMap((owner) =>
      waysToRead(world, reader, owner, {}, askers)
        .filter(isOpen)
        .map((way) => ({ owner, way })),
    );
}

/** Reading needs both S3 and KMS to allow it. */
export function isOpen({ read, decrypt }: WayToRead): boolean {
  return read.verdict === 'allowed' && decrypt?.verdict === 'allowed';
}

/** Of those whom the register names, the ones that the template’s trust lets in. */
export function peopleBehind(
  world: World,
  askers: Askers,
  { mayCollect, account }: OrganisationFacts,
  arn: string,
): string[] {
  const role = indexed(world).roleByArn.get(arn);
  if (role === undefined) return [];
  const context = {
    'aws:PrincipalOrgID': askers.organizationOf(account),
    'aws:ResourceOrgID': askers.organizationOf(account),
  };
  return mayCollect.filter((person) => {
    const request = requestOf({
      caller: { type: 'role', arn: person, session: 'session' },
      action: 'sts:AssumeRole',
      resource: arn,
      context,
    });
    return decide(request, { identity: [EVERYTHING], resource: role.trust }).verdict === 'allowed';
  });
}

/** Of those whom the register has sign in to collect, the ones that the template’s trust lets in. */
function signedInBehind(world: World, organisation: OrganisationFacts, arn: string): SignedInReader[] {
  const role = indexed(world).roleByArn.get(arn);
  const provider = providerOf(organisation);
  const { signIn } = organisation;
  if (role === undefined || provider === undefined || signIn === undefined) return [];
  const { issuer, client, audience = client, multiFactor } = signIn;
  const claim = (name: string) => `${issuer.slice('https://'.length)}:${name}`;
  const isLetIn = (says: Readonly<Record<string, string>>) =>
    decide(
      requestOf({
        caller: { type: 'federated', provider },
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: arn,
        context: {
          [claim('aud')]: audience,
          ...(multiFactor !== undefined && { [claim('amr')]: [multiFactor] }),
          ...says,
        },
      }),
      { identity: [], resource: role.trust },
    ).verdict === 'allowed';
  const { subjects = [], appRoles = [] } = signIn.mayCollect ?? {};
  return [
    ...subjects
      .filter((subject) => isLetIn({ [claim('sub')]: subject }))
      .map((subject) => ({ issuer, subject })),
    ...appRoles
      .filter((appRole) => isLetIn({ 'aws:RequestTag/concordat-role': appRole }))
      .map((appRole) => ({ issuer, appRole })),
  ];
}
