/** Runs `collect` and its like as they are typed, with an owner’s access point in memory. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientSetting, openClient } from '../../lib/client';
import type { Command } from '../../lib/commands/command';
import type { Open } from '../../lib/commands/delivery/client-run';
import type { Shelf, Store } from '../../lib/delivery';
import { type Profile, profileText } from '../../lib/wire';
import { emptyFolder, type Outcome } from './captured-terminal';

/** The moment of all these tests. */
export const NOW = Date.parse('2026-11-29T12:00:00Z');

/** A folder with a profile. */
export function folderWithProfile(profile: Profile): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'concordat-profile.json'), profileText(profile));
  return folder;
}

/** Opens a client whose S3 is memory. */
export function openingWith({
  shelf,
  store,
}: {
  readonly shelf?: (accessPoint: string) => Shelf;
  readonly store?: (role: string, bucket: string) => Store;
}): Open {
  return (setting: ClientSetting) =>
    openClient({
      ...setting,
      env: {},
      now: () => NOW,
      ...(shelf && { shelves: async (_role, accessPoint) => shelf(accessPoint) }),
      ...(store && { stores: async (role, bucket) => store(role, bucket) }),
    });
}

/** Runs a command with these words. @param answer what the person at the terminal types; nobody is there where nothing is given */
export async function runCommand(
  command: Command,
  words: readonly string[],
  cwd: string,
  answer?: string,
): Promise<Outcome> {
  const written = { out: '', err: '' };
  const code = await command.call(words, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    colour: false,
    cwd,
    ...(answer !== undefined && { ask: async () => answer }),
  });
  return { code, ...written };
}
