/** Who writes to whom: the organisation’s own inboxes and whom they are for, and those that it may write to. */
import { partiesOf } from '../register';
import { andList, code, paragraph, say, table } from '../words';
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
        table(['agreement', 'inbox', 'whose', 'told of messages at'], rows),
        paragraph(
          'A message is deposited like a file, and everything that holds for files holds for it. An inbox says whom a message is for: what AWS holds is the organisation, so whoever may collect at an organisation can read what was written to any of its inboxes.',
        ),
      ],
    },
  ];
}
