/** The four ways to hold a key, for an organisation that has to choose one: what each asks of it, and what happens at the end. */

import type { Custody } from '../register';
import { code, say, table } from '../words';
import type { PackSource } from './source';

interface Choice {
  readonly holder: string;
  readonly work: string;
  readonly offSwitch: string;
  readonly end: string;
  readonly cost: string;
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html and custody: docs/custody.md */
const CHOICES: Readonly<Record<Custody['kind'], Choice>> = {
  account: {
    holder: 'AWS KMS makes and keeps it, in your account',
    work: 'none; it renews itself each year',
    offSwitch: 'you switch it off, at once',
    end: 'You have it deleted: 30 days’ notice, then nobody can read what it encrypted, you included. Until then all of it stays.',
    cost: '$1 a month',
  },
  imported: {
    holder: 'you make it, keep the original, and put a copy into AWS KMS in your account',
    work: 'you import it again at least every 365 days; if nobody does, reading stops',
    offSwitch: 'you remove the copy, at once',
    end: 'You remove the copy, and no copy stays in AWS KMS. With the original you can bring it back; if you lose the original, the data is lost.',
    cost: '$1 a month',
  },
  cloudhsm: {
    holder: 'your own CloudHSM cluster, in your account',
    work: 'you run the cluster, with two devices at least',
    offSwitch: 'you disconnect the cluster, at once',
    end: 'You delete the key, or the cluster with its backups. What it encrypted is then lost for good.',
    cost: '$1 a month, and the cluster',
  },
  external: {
    holder: 'your own key manager, outside AWS',
    work: 'you run it, and it has to answer each time S3 asks',
    offSwitch: 'you switch the key manager off, at once',
    end: 'You destroy the key in your key manager. What it encrypted is then lost for good.',
    cost: '$1 a month, and the key manager',
  },
};

/** The choices as a table, the organisation’s own marked. */
export function custodyTable({ organisation }: PackSource) {
  const chosen = organisation.membership === 'member' ? organisation.custody.kind : undefined;
  return table(
    ['Kind', 'Who holds the key', 'Your work', 'Off switch', 'At the end', 'Cost of the key'],
    (Object.keys(CHOICES) as Custody['kind'][]).map((kind) => {
      const { holder, work, offSwitch, end, cost } = CHOICES[kind];
      return [kind === chosen ? say`${code(kind)} (yours)` : code(kind), holder, work, offSwitch, end, cost];
    }),
  );
}
