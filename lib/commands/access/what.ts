/** `concordat what`: what an organisation reads of others, and until when. */
import { type OrganisationFacts, worldOf } from '../../assembly';
import { type ReadOf, readBy } from '../../proof';
import { dayWords } from '../../register/calendar';
import { plural } from '../../words';
import { command } from '../command';
import { UsageError, word } from '../option';
import { EXIT } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { answered, demandOrganisation, wayData, wayLines } from './question';

/** Needs neither network nor AWS. Exits 0 where it reads something, 1 where nothing, 3 where the assembly is faulty. */
export const what = command({
  name: 'what',
  words: {
    organisation: word('the organisation that reads'),
    reads: word('the word reads'),
  },
  options: { ...ASSEMBLY_OPTION, ...JSON_OPTION },
  forms: ['ORGANISATION reads [OPTIONS]'],
  example: 'npx concordat what leeds reads',
  run: (values, terminal) => {
    if (values.reads !== 'reads')
      throw new UsageError(`what takes an organisation and then reads, not '${values.reads}'`);
    return answered(values.assembly, terminal, (assembly) => {
      const world = worldOf(assembly);
      const reader = demandOrganisation(world, values.organisation);
      const found = readBy(world, reader);
      terminal.out(values.json ? dataOf(reader, world.asOf, found) : textOf(found));
      terminal.err(
        `${found.length > 0 ? '\n' : ''}${reader.id} reads ${found.length === 0 ? 'nothing of others' : plural(found.length, 'agreement')}, by the templates as of ${dayWords(world.asOf)}.\n`,
      );
      return found.length > 0 ? EXIT.clean : EXIT.findings;
    });
  },
});

function textOf(found: readonly ReadOf[]): string {
  const parts = found.map(({ owner, way }) => [
    `${way.share === undefined ? 'reads, by no agreement' : `reads ${way.share.agreement}`}, of ${owner.name} (${owner.id})`,
    ...wayLines(way).map((line) => `  ${line}`),
  ]);
  return parts.length === 0 ? '' : `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function dataOf(reader: OrganisationFacts, asOf: string, found: readonly ReadOf[]): string {
  const result = {
    schema: 'concordat-what-reads/v1',
    asOf,
    organisation: reader.id,
    reads: found.map(({ owner, way }) => ({ owner: owner.id, ...wayData(way) })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
