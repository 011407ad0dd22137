/** The rule on GOV.UK Notify: its secret is the zone’s own, and no template is used for two things. */
import { documentFile } from '../../start/documents';
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
