/** A desk from which is sent and collected in tests: a folder with a profile, and S3 in memory behind every role. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Client, type ClientSetting, openClient } from '../../lib/client';
import type { Command } from '../../lib/commands/command';
import { dispatch } from '../../lib/commands/dispatch';
import { type OrganisationId, profileOf } from '../../lib/register';
import { type Profile, profileText } from '../../lib/wire';
import { type Kill, MemoryS3 } from '../delivery/memory-store';
import { AS_OF } from '../policy/sample-register';
import { SAMPLE } from '../register/samples';
import { keptRegister } from '../stacks/kept-assemblies';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Noon in London on the day that tests pin. */
export const NOON = Date.parse('2026-12-01T12:00:00Z');

/** What came of a command, without what differs from desk to desk. */
export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One desk. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'concordat-desk-'));
  readonly profile: Profile;
  readonly s3 = new MemoryS3(NOON);
  /** Where the next run is killed. */
  kill: Kill | undefined;
  /** What opening S3 throws. */
  refuses: Error | undefined;
  /** The `Date` that S3 answers with. */
  date: string = new Date(NOON).toUTCString();
  now = NOON;

  constructor(organisation = 'dwp', change: (profile: Profile) => Profile = (profile) => profile) {
    folders.push(this.folder);
    const register = keptRegister(SAMPLE, AS_OF);
    this.profile = change(profileOf(register, register.organisation(organisation as OrganisationId), AS_OF));
    this.file('concordat-profile.json', profileText(this.profile));
  }

  /** Writes a file and gives its path. */
  file(name: string, bytes: string | Buffer): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  }

  readonly open = (setting: ClientSetting): Client =>
    openClient({
      ...setting,
      now: () => this.now,
      stores: async (_role, _bucket, { clock, now }) => {
        if (this.refuses) throw this.refuses;
        clock.heard(this.date, now());
        return this.s3.run(this.kill);
      },
    });

  /** Runs a command line of one command, as it is typed. */
  async run(command: Command, ...words: readonly string[]): Promise<Told> {
    const told = { out: '', err: '' };
    const code = await dispatch(
      {
        called: 'npx concordat',
        purpose: '',
        commands: { [command.name]: { summary: '', load: () => command } },
        version: () => '',
      },
      [command.name, ...words, '--state', join(this.folder, 'state')],
      {
        out: (text) => {
          told.out += text;
        },
        err: (text) => {
          told.err += text;
        },
        colour: false,
        cwd: this.folder,
      },
    );
    return { code, out: this.bare(told.out), err: this.bare(told.err) };
  }

  private bare(text: string): string {
    return text.replaceAll(this.folder, '/desk');
  }
}
