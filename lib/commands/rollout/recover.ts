/** `concordat recover`: how a stack that was deleted is made again with the buckets, keys and queues that outlived it. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssemblyError, type AssemblyStack, openAssembly } from '../../assembly';
import { type FolderKind, makeOwnFolder } from '../../disk';
import {
  lookupLines,
  MOST_INLINE_BYTES,
  makingAgain,
  outlivingOf,
  recoveryLines,
  takingIn,
} from '../../rollout';
import { count, nearest, quoted } from '../../words';
import { command } from '../command';
import { orNameAnother } from '../made-folder';
import { FaultyInput, list, UsageError, word } from '../option';
import { EXIT } from '../terminal';
import { ASSEMBLY_OPTION, output } from '../vocabulary';

const FILES = ['resources.json', 'template.json'];
const FOLDER: FolderKind = {
  what: 'recovery of a stack',
  isOne: (held) => FILES.every((each) => held.includes(each)),
  part: () => (path) => (FILES.includes(path) ? 'as made' : 'strange'),
};

/**
 * Needs neither network nor AWS. Exits 0 where the files are written and the commands printed, or where nothing outlives the stack; 1
 * where ids of keys are to be looked up first; 3 where the assembly is faulty.
 */
export const recover = command({
  name: 'recover',
  words: { stack: word('the stack that was deleted, as npx cdk list has it') },
  options: {
    keys: list('the ids of its keys, each as PURPOSE=ID; without them it says where they stand', 'KEYS'),
    output: output('where the two files for CloudFormation go', 'recovery'),
    ...ASSEMBLY_OPTION,
  },
  example: 'npx concordat recover Organisation-dwp',
  run: async (values, terminal) => {
    const { cwd, out, err } = terminal;
    const stack = stackIn(resolve(cwd, values.assembly), values.stack);
    const outliving = outlivingOf(stack);
    if (outliving.kept.length === 0) {
      out(`${makingAgain(stack, quoted(values.assembly)).join('\n')}\n`);
      return EXIT.clean;
    }
    const purposes = outliving.keys.map(({ purpose }) => purpose);
    const ids = idsOf(values.keys, purposes, stack);
    if (purposes.some((each) => !ids.has(each))) {
      out(`${lookupLines(stack, outliving).join('\n')}\n`);
      return EXIT.findings;
    }
    const { template, resources } = takingIn(stack, ids);
    const text = JSON.stringify(template);
    await orNameAnother(values.output, 'with --output DIR', { cwd }, () =>
      makeOwnFolder(resolve(cwd, values.output), FOLDER, (fresh) => {
        writeFileSync(join(fresh, 'template.json'), text);
        writeFileSync(join(fresh, 'resources.json'), `${JSON.stringify(resources, null, 2)}\n`);
      }),
    );
    out(
      `${recoveryLines(stack, outliving, ids, quoted(values.output), quoted(values.assembly)).join('\n')}\n`,
    );
    const bytes = Buffer.byteLength(text);
    if (bytes > MOST_INLINE_BYTES)
      err(
        `The template has ${count(bytes)} bytes, and CloudFormation takes ${count(MOST_INLINE_BYTES)} so: put it into a bucket of that account, and give --template-url in place of --template-body.\n`,
      );
    return EXIT.clean;
  },
});

/** @throws FaultyInput where the assembly cannot be read, UsageError where it has no such stack */
function stackIn(folder: string, name: string): AssemblyStack {
  let stacks: readonly AssemblyStack[];
  try {
    ({ stacks } = openAssembly(folder));
  } catch (error) {
    if (error instanceof AssemblyError) throw new FaultyInput(`error: ${error.message}\n`, { cause: error });
    throw error;
  }
  const found = stacks.find((each) => each.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    stacks.map((each) => each.name),
  );
  throw new UsageError(`this assembly has no stack '${name}'${near ? `: did you mean ${near.word}?` : ''}`);
}

/** The id of each key that was given, by its purpose. @throws UsageError where one is none, of another account, or given twice */
function idsOf(
  given: readonly string[],
  purposes: readonly string[],
  { account, region }: AssemblyStack,
): Map<string, string> {
  const ids = new Map<string, string>();
  for (const each of given) {
    const [purpose = '', id = ''] = each.split('=');
    if (!purposes.includes(purpose))
      throw new UsageError(`--keys names '${purpose}': the keys of this stack are ${purposes.join(', ')}`);
    const own = `arn:aws:kms:${region}:${account}:key/`;
    const bare = id.startsWith(own) ? id.slice(own.length) : id;
    if (!/^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(bare))
      throw new UsageError(
        `--keys has '${id}' for ${purpose}: give the id of a key, or its ARN, which begins with ${own}`,
      );
    const [same] = [...ids].find(([, known]) => known === bare) ?? [];
    if (ids.has(purpose) || same !== undefined)
      throw new UsageError(
        `--keys has ${ids.has(purpose) ? `two ids for ${purpose}` : `'${bare}' for ${same} and for ${purpose}`}: each key of this stack is another, and has one id`,
      );
    ids.set(purpose, bare);
  }
  return ids;
}
