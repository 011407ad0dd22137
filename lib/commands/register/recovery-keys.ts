/** Where sealed letters can be opened by one key alone, so that whoever loses it loses them all, in sentences. */
import type { Register } from '../../register';
import { directionsOf } from '../../register';
import type { IsoDate } from '../../register/calendar';
import { andList } from '../../words';

/**
 * One sentence for each agreement of letters, in force or to come, under which a party has a single key. How many it keeps is its
 * own choice, and no program can tell whether that one is also in a safe: so this is no finding.
 */
export function missingRecoveryKeys({ agreements }: Pick<Register, 'agreements'>, asOf: IsoDate): string[] {
  return agreements.flatMap((agreement) => {
    const { id, sealed, correspondence, ends } = agreement;
    if (sealed === undefined || correspondence === undefined || ends < asOf) return [];
    const readers = new Set(directionsOf(agreement).flatMap(({ recipients }) => recipients));
    const withOne = [...readers]
      .filter((party) => sealed.keys.filter(({ holder }) => holder === party).length === 1)
      .sort();
    if (withOne.length === 0) return [];
    const [has, whom] = withOne.length === 1 ? ['has one key', 'it'] : ['have one key each', 'each of them'];
    return [
      `${andList(withOne)} ${has} for the sealed letters under ${id}: once that is lost, nobody there can open what waits there or comes. Have ${whom} save a recovery key, in the mailbox at #key or with \`concordat identity new\`, and add its public half under \`sealed.keys\` in agreements/${id}.yaml.`,
    ];
  });
}
