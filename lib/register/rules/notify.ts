/**
 * The rules on how the zone tells teams. Of GOV.UK Notify: its secret is the zone’s own, and no template is used for two
 * things. Of SNS: there are no more mailboxes than it can tell.
 */
import { zoneTellsBy } from '../../names';
import { documentFile } from '../../start/documents';
import { plural } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';

/** The notifier runs in the zone’s account and reads no secret of another; a template says one thing. */
export function notifyIsTheZones({ zone }: Draft): Diagnostic[] {
  if (zone?.value.notify === undefined) return [];
  const { accounts, region, notify } = zone.value;
  const { secret, templates } = notify;
  const wanted = `arn:aws:secretsmanager:${region}:${accounts.zone}:secret:concordat/`;
  const elsewhere = secret.startsWith(wanted)
    ? []
    : [
        at(zone.source, ['notify', 'secret'], {
          code: 'not-allowed',
          message: 'the secret is not in the zone’s account and Region, where the notifier runs',
          found: secret,
          allowed: `a secret whose ARN begins with ${wanted}`,
          fix: `make the secret in account ${accounts.zone}, Region ${region}, and copy its ARN`,
        }),
      ];
  const entries = Object.entries(templates);
  const twice = entries.flatMap(([name, id], index) => {
    const first = entries.findIndex(([, other]) => other === id);
    return first === index
      ? []
      : [
          at(zone.source, ['notify', 'templates', name], {
            code: 'duplicate-value',
            message: `this is the template of \`${entries[first]?.[0]}\`, which says something else`,
            found: id,
            fix: `make a template for each, with the text in ${documentFile('notices')}, and copy its id`,
          }),
        ];
  });
  return [...elsewhere, ...twice];
}

/**
 * So many topics fit into the one policy of the notifier’s role, of 10,240 characters, that names each of them; and with their policies
 * into the zone’s stack, of 500 resources.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @internal Only tests import it.
 */
export const MOST_MAILBOXES = 80;

/** Each mailbox that SNS tells has a topic of the zone’s. GOV.UK Notify has no such limit. */
export function mailboxesCanBeTold({ zone, agreements }: Draft): Diagnostic[] {
  if (zone === undefined || zoneTellsBy(zone.value) !== 'sns') return [];
  const mailboxes = new Set(
    [...agreements.values()].flatMap(({ value }) =>
      (value.correspondence?.inboxes ?? []).map(({ notices }) => notices),
    ),
  );
  if (mailboxes.size <= MOST_MAILBOXES) return [];
  return [
    at(zone.source, ['mailbox'], {
      code: 'too-large',
      message: 'there are more mailboxes of teams than the zone can remind by SNS',
      found: `${plural(mailboxes.size, 'mailbox', 'mailboxes')} in the inboxes of all agreements`,
      allowed: `at most ${MOST_MAILBOXES} without \`notify\``,
      fix: `tell teams by GOV.UK Notify, which has no such limit: ${documentFile('notices')} says how`,
    }),
  ];
}
