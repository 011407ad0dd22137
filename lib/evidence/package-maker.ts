/** Who made a package, by the metadata that it was installed with. */
import { z } from 'zod';
import type { Maker } from './bill-of-materials';

const person = z.union([z.string(), z.object({ name: z.string(), url: z.string().optional() })]);
const people = z.array(person);

/** Those fields of package.json that may name who made it. Other forms than npm’s are taken for nothing said. */
const metadataSchema = z.object({
  author: person.optional().catch(undefined),
  maintainers: people.optional().catch(undefined),
  contributors: people.optional().catch(undefined),
  repository: z
    .union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])
    .optional()
    .catch(undefined),
});

/**
 * Its author, else its first maintainer or contributor, else whose repository it is in.
 * @param metadata the text of the package’s package.json
 * @returns undefined where it says nothing of it
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-json#people-fields-author-contributors
 */
export function makerIn(metadata: string): Maker | undefined {
  const read = metadataSchema.safeParse(JSON.parse(metadata));
  if (!read.success) return undefined;
  const { author, maintainers, contributors, repository } = read.data;
  const [first] = [author, ...(maintainers ?? []), ...(contributors ?? [])].filter(
    (each) => each !== undefined && each !== '',
  );
  return first === undefined ? ownerOf(repository) : makerOf(first);
}

/** npm writes a person as an object or as `Name <address> (page)`. */
function makerOf(named: z.infer<typeof person>): Maker | undefined {
  if (typeof named === 'object') return withUrl(named.name, named.url);
  const [, name = '', , url] = /^([^<(]*)(<[^>]*>)?\s*(?:\(([^)]*)\))?/.exec(named) ?? [];
  return withUrl(name, url);
}

/** `github.com/owner/name`, however it is written: as an address, or in npm’s short form `owner/name`. */
function ownerOf(repository: string | undefined): Maker | undefined {
  const [, owner] =
    /github\.com[/:]([\w.-]+)\//.exec(repository ?? '') ??
    /^(?:github:)?([\w.-]+)\/[\w.-]+$/.exec(repository ?? '') ??
    [];
  return owner === undefined ? undefined : { name: owner, url: `https://github.com/${owner}` };
}

function withUrl(name: string, url: string | undefined): Maker | undefined {
  const plain = name.trim();
  if (plain === '') return undefined;
  return url !== undefined && URL.canParse(url) ? { name: plain, url } : { name: plain };
}
