/** Who writes to whom: the organisation’s own inboxes and whom they are for, and those that it may write to. */
import { zoneTellsBy } from '../names';
import { partiesOf } from '../register';
import { andList, type Block, code, joined, paragraph, say, table } from '../words';
import type { Section } from './section';
import type { PackSource } from './source';

/** Nothing, where the organisation is party to no correspondence that is not over. */
export function correspondenceSections({ organisation, register, asOf }: PackSource): Section[] {
  const own = register.agreements
    .filter((each) => each.ends >= asOf && partiesOf(each).includes(organisation.id))
    .flatMap(({ id, correspondence }) => (correspondence?.inboxes ?? []).map((inbox) => ({ id, inbox })));
  if (own.length === 0) return [];
  const rows = own.map(({ id, inbox: { of, team, notices, readers } }) =>
    of === organisation.id
      ? [
          code(id),
          team,
          say`yours, for ${andList([...(readers.roles ?? []), ...(readers.appRoles ?? [])].map(code))}`,
          notices,
        ]
      : [code(id), team, `of ${register.organisation(of).name}: you write to it`, ''],
  );
  return [
    {
      heading: 'Who writes to whom',
      blocks: [
        table(['Agreement', 'Inbox', 'Whose', 'Told of messages at'], rows),
        ...toConfirm(register),
        paragraph(
          'A message is deposited like a file, and everything that holds for files holds for it. An inbox says whom a message is for: what AWS holds is the organisation, so whoever may collect at an organisation can read what was written to any of its inboxes.',
        ),
        whomToTurnTo(organisation),
      ],
    },
  ];
}

/** Whom people ask for whom the mailbox does not work, as its page names them. */
function whomToTurnTo({ contacts: { helpDesk, helpDeskTelephone } }: PackSource['organisation']): Block {
  const desk = [helpDesk && code(helpDesk), helpDeskTelephone && `telephone ${helpDeskTelephone}`].filter(
    (each) => each !== undefined,
  );
  return paragraph(
    desk.length === 0
      ? 'The register names no IT help desk of yours. Once it does, the mailbox’s page tells your people whom to turn to when they cannot sign in: send the operator the address or the telephone number that they are to use.'
      : say`Your people turn to your own IT help desk when they cannot sign in, or the mailbox’s page does not work: ${joined(desk, ', ')}. The page says so to anybody who opens it.`,
  );
}

/** What AWS asks of a mailbox before it tells it anything; nothing, where GOV.UK Notify does. */
function toConfirm({ zone }: PackSource['register']): Block[] {
  if (zone.notify !== undefined) return [];
  const fromZone =
    zoneTellsBy(zone) === 'sns'
      ? ' One more comes from the zone, for reminders and for what was not read, once for each mailbox.'
      : '';
  return [
    paragraph(
      `AWS sends each of these mailboxes e-mails with the subject “AWS Notification - Subscription Confirmation”, one from each account that writes to it and one from your own. Until somebody opens the link in each, the team is told nothing by that account.${fromZone} Each names a topic that begins with concordat-inbox- or concordat-notices-: confirm no other.`,
    ),
  ];
}
