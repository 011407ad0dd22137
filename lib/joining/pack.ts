/**
 * The joining pack: what an organisation needs to decide whether to join, and to do it. Computed from the register and the
 * templates of its account; it names nobody but the organisation, the operator, and whom its agreements name.
 */
import { ASSUMPTIONS, billRows, dollars, NOT_INCLUDED, noPrices, PRICES_AS_OF } from '../plan';
import { profileOf, sharesOf, somebodyDeposits } from '../register';
import { inWords } from '../register/calendar';
import { PROFILE_FILE, profileText } from '../wire';
import { andList, code, joined, list, paragraph, plural, type Sentence, say, table } from '../words';
import { collectSections } from './collecting';
import { correspondenceSections } from './correspondence';
import { custodyTable } from './custody-choices';
import { depositSections } from './deposits';
import { askedSection, checklistSection, stepsSection, whatStays } from './guidance';
import { packHtml } from './html';
import { OWN_ROLES_FILE, ownRolesTemplate } from './own-roles';
import { rolesInWords } from './role-words';
import { sealedSections } from './sealed';
import type { Section } from './section';
import { signInSections } from './signing-in';
import type { PackSource } from './source';
import { tryingSections } from './trying';

/** A file of a pack, by its name. */
export interface PackFile {
  readonly name: string;
  readonly text: string;
}

/** The title of a pack. */
function packTitle({ organisation }: PackSource): string {
  return `Joining pack: ${organisation.name}`;
}

/** The sections of a pack, in their order. @internal Only tests import it. */
export function packSections(source: PackSource): Section[] {
  return [
    introduction(source),
    stepsSection(source),
    agreements(source),
    ...correspondenceSections(source),
    askedSection(source),
    custody(source),
    cost(source),
    contacts(source),
    ...signInSections(source),
    ...depositSections(source),
    ...collectSections(source),
    ...sealedSections(source),
    checklistSection(source),
    ...tryingSections(source),
    { heading: 'What cannot be undone', blocks: [list(whatStays(source))] },
    ...roles(source),
  ];
}

/**
 * The files of a pack: the page, the profile, the template of the organisation’s own roles, the client and its types, each template as it
 * would be deployed, and the policy that its key is asked to have.
 * @param others all but the first three
 */
export function packFiles(source: PackSource, others: readonly PackFile[]): PackFile[] {
  const { register, organisation, asOf } = source;
  const own = ownRolesTemplate(source);
  return [
    { name: 'joining.html', text: packHtml(packTitle(source), packSections(source)) },
    { name: PROFILE_FILE, text: profileText(profileOf(register, organisation, asOf)) },
    ...(own === undefined ? [] : [{ name: OWN_ROLES_FILE, text: own }]),
    ...others,
  ];
}

function introduction({ organisation, register, asOf }: PackSource): Section {
  const { id, name, account, membership, joins } = organisation;
  const what =
    organisation.membership === 'member'
      ? somebodyDeposits(organisation)
        ? 'You may share data from your own account, and receive.'
        : 'You may receive data, and share your own once you have named a role that deposits.'
      : 'Your account is outside the operator’s AWS organisation, so you may receive data, and share none.';
  const operatorCan =
    membership === 'member'
      ? 'It holds none of your data, and no role that these templates make lets it read or decrypt any. Whoever deploys templates, or manages the AWS organisation, could change that; CloudTrail would record it.'
      : 'It holds none of your data, and no role that these templates make lets it read or decrypt any.';
  const { sample } = register.zone;
  return {
    blocks: [
      ...(sample === undefined ? [] : [paragraph(say`This pack is of a sample. ${sample}`)]),
      paragraph(
        say`${name} is called ${code(id)} here, for good. Your AWS account is ${code(account)}. You take part from ${inWords(joins)}. ${what} The zone is run by ${register.zone.operator}. ${operatorCan} Made on the register as of ${inWords(asOf)}. Nothing is shared, in either direction, until an agreement that you have seen says so.`,
      ),
    ],
  };
}

function agreements({ organisation, register, asOf, client }: PackSource): Section {
  const { id } = organisation;
  const rows = sharesOf(register, asOf)
    .filter(({ owner, recipient, state }) => (owner.id === id || recipient.id === id) && state !== 'ended')
    .map(({ agreement, owner, recipient, state }) => [
      code(agreement.id),
      owner.id === id ? `you to ${recipient.name}` : `${owner.name} to you`,
      `${inWords(agreement.starts)} to ${inWords(agreement.ends)}`,
      state.replace('-', ' '),
    ]);
  return {
    heading: 'Who reads what',
    blocks: [
      rows.length === 0
        ? paragraph('You read nobody, and nobody reads you: no agreement names you yet.')
        : table(['Agreement', 'From whom to whom', 'Days', 'Now'], rows),
      paragraph(
        say`${code(PROFILE_FILE)} beside this page says the same to programs: your roles, bucket, agreements and access points. Give it to those who send and collect for you; nothing in it is secret. ${code(client.name)} sends and collects by it: it needs Node 20 or later and nothing else, and ${code(`node ${client.name} help`)} says how. Its SHA-256 is ${code(client.sha256)}. Programs take it as a module; ${code('concordat-client.d.mts')} has its types.`,
      ),
    ],
  };
}

function roles(source: PackSource): Section[] {
  const all = rolesInWords(source);
  return [
    {
      heading: 'The roles in your account',
      blocks: [
        paragraph(
          say`The template makes ${plural(all.length, 'role')}. All of this is read from the template; the names in brackets are those of its statements. What a role can do is held in further by the policies of bucket, key and access points.`,
        ),
      ],
    },
    ...all.map(
      ({ name, what, takenOnBy, can, cannot }): Section => ({
        heading: code(name),
        level: 2,
        blocks: [
          paragraph(say`${what}. Taken on by: ${joined(takenOnBy, ' ')}`),
          paragraph(can.length === 0 ? 'It can do nothing: it is switched off.' : 'It can:'),
          ...(can.length === 0 ? [] : [list(can)]),
          ...(cannot.length === 0 ? [] : [paragraph(say`It cannot: ${cannot.join('; ')}.`)]),
        ],
      }),
    ),
  ];
}

function custody(source: PackSource): Section {
  const { organisation } = source;
  if (organisation.membership === 'external')
    return {
      heading: 'Your key',
      blocks: [paragraph('You need none: you share nothing. Owners’ keys stay with their owners.')],
    };
  return {
    heading: 'Who holds your key',
    blocks: [
      paragraph(
        'Choose before the first deployment: a later change means that everything is encrypted again.',
      ),
      custodyTable(source),
      paragraph(
        say`Your key is administered by ${roleNames(organisation.custody.administrators)}, as the register says. Its policy can also be changed by whoever else has the right to in the IAM of your account; CloudTrail records it.`,
      ),
    ],
  };
}

/** The roles of a list of ARNs, without the account, which is the organisation’s own. */
function roleNames(arns: readonly string[]): Sentence {
  return andList(arns.map((arn) => code(arn.slice(arn.indexOf(':role/') + 1))));
}

function cost({ cost: bill, organisation }: PackSource): Section {
  if (!('usd' in bill))
    return { heading: 'What it costs you', blocks: [paragraph(say`It is ${noPrices(bill)}.`)] };
  return {
    heading: 'What it costs you',
    blocks: [
      paragraph(
        say`About ${dollars(bill.usd)} a month, US dollars, AWS list prices in London of ${inWords(PRICES_AS_OF)}, on your own AWS bill.`,
      ),
      ...(bill.lines.length === 0 ? [] : [table(['What', 'How much', 'Price', 'A month'], billRows(bill))]),
      paragraph(
        say`Assumed: ${ASSUMPTIONS.join('; ')}. Not included: ${NOT_INCLUDED.slice(organisation.membership === 'member' ? 0 : 1).join('; ')}.`,
      ),
    ],
  };
}

function contacts({ organisation, register, asOf }: PackSource): Section {
  const others = sharesOf(register, asOf).flatMap(({ owner, recipient }) =>
    owner.id === organisation.id ? [recipient] : recipient.id === organisation.id ? [owner] : [],
  );
  const parties = [...new Map(others.map((each) => [each.id, each])).values()];
  return {
    heading: 'Contacts',
    blocks: [
      table(
        ['Who', 'Security', 'Data protection'],
        [
          [register.zone.operator, register.zone.alertAddress, ''],
          ...[organisation, ...parties].map(({ name, contacts: { security, dataProtection } }) => [
            name,
            security,
            dataProtection,
          ]),
        ],
      ),
    ],
  };
}
