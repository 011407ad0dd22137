/** ODCS Team, Roles and Support: who answers for the data, who may use it and where to ask. */
import { z } from 'zod';
import { isoDate, words } from '../scalars';
import { authoritativeDefinitions, customProperties, tags } from './annotations';
import { stableId, uri } from './values';

const memberSchema = z
  .strictObject({
    id: stableId.optional(),
    username: words('The user name or address of the member. A post or shared mailbox is best.', 254),
    name: words('The name of the member.', 200).optional(),
    description: words('Who the member is.').optional(),
    role: words('What the member does, such as data steward.', 200).optional(),
    dateIn: isoDate
      .optional()
      .meta({ ...isoDate.meta(), description: 'The day on which the member joined.' }),
    dateOut: isoDate
      .optional()
      .meta({ ...isoDate.meta(), description: 'The last day of the member in the team.' }),
    replacedByUsername: words('The user name of the successor.', 254).optional(),
    tags: tags.optional(),
    customProperties: customProperties.optional(),
    authoritativeDefinitions: authoritativeDefinitions.optional(),
  })
  .meta({ description: 'A member of the team.' });

const members = z.array(memberSchema).meta({ description: 'The members, past ones too.' });

const teamObject = z
  .strictObject({
    id: stableId.optional(),
    name: words('The name of the team.', 200).optional(),
    description: words('What the team does.').optional(),
    members: members.optional(),
    tags: tags.optional(),
    customProperties: customProperties.optional(),
    authoritativeDefinitions: authoritativeDefinitions.optional(),
  })
  .meta({ description: 'The team.' });

/** ODCS Team. Before v3.1 it was a list of members; the kind of YAML tells the two apart. */
export const team = z.union([teamObject, members]).meta({
  description: 'The team that answers for the data. A bare list of members is the older form.',
  expects: 'a team with its members',
  fix: 'write members: under team:, and the list of members under that',
});

/** ODCS Roles. */
export const roles = z
  .array(
    z
      .strictObject({
        id: stableId.optional(),
        role: words('The name of the role, as access is granted to it.', 200),
        description: words('What the role is for.').optional(),
        access: words('What the role may do, such as read.', 200).optional(),
        firstLevelApprovers: words('Who first approves that someone gets the role.', 400).optional(),
        secondLevelApprovers: words('Who then approves it.', 400).optional(),
        customProperties: customProperties.optional(),
      })
      .meta({ description: 'A role that has access to the data.' }),
  )
  .meta({ id: 'Roles', description: 'The roles that have access to the data.' });

/** ODCS Support & Communication Channels. */
export const support = z
  .array(
    z
      .strictObject({
        id: stableId.optional(),
        channel: words('The name of the channel.', 200),
        url: uri('Where the channel is; mailto: for a mailbox.').optional(),
        description: words('What the channel is for.').optional(),
        tool: words('What the channel runs on, such as email, teams or ticket.', 100).optional(),
        scope: words(
          'What is said there: interactive, announcements, issues or notifications.',
          100,
        ).optional(),
        invitationUrl: uri('Where to ask to be let in.').optional(),
        customProperties: customProperties.optional(),
      })
      .meta({ description: 'A channel for questions and announcements.' }),
  )
  .meta({ description: 'Where to ask about the data, and where changes are announced.' });
