/**
 * An office in which people of Leeds sign in and send: a folder with the profile, their own identity provider, STS that judges, and
 * S3 that asks for a living session. What a command says is kept without what differs from run to run.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { type ClientSetting, openClient } from '../../../lib/client';
import type { Command } from '../../../lib/commands/command';
import { depositCommand } from '../../../lib/commands/delivery/deposit';
import { signinCommand } from '../../../lib/commands/delivery/signin';
import { signoutCommand } from '../../../lib/commands/delivery/signout';
import { dispatch } from '../../../lib/commands/dispatch';
import { type OrganisationId, profileOf } from '../../../lib/register';
import { type Profile, type ProfileSignIn, profileText } from '../../../lib/wire';
import { AS_OF } from '../../policy/sample-register';
import { SAMPLE } from '../../register/samples';
import { keptRegister } from '../../stacks/kept-assemblies';
import type { Told } from '../delivery-desk';
import { Identity, type Seen } from './identity';
import { S3Door } from './s3-door';
import { StsGateway } from './sts-gateway';

/** With a path, as providers of many organisations have it. */
export const ISSUER = 'https://login.leeds.example/tenants/leeds/v2.0';
export const CLIENT = 'concordat-people';
const SIGN_IN: ProfileSignIn = { issuer: ISSUER, client: CLIENT, audience: CLIENT, maxSession: 3600 };
type SignInWorld = NonNullable<Parameters<typeof signinCommand>[0]>;

/** How the person comes to the end of the sign-in. */
export interface Sitting extends Pick<SignInWorld, 'sleep' | 'deadline'> {
  /** What their browser does with the address that opens; it goes there, if not given. */
  readonly browse?: (address: string) => Promise<unknown>;
  /** They have no browser here. */
  readonly noBrowser?: true;
  readonly signal?: AbortSignal;
}

/** The office. */
export class Office {
  readonly folder = mkdtempSync(join(tmpdir(), 'concordat-office-'));
  profile: Profile;
  /** By how many milliseconds the office’s own clock is ahead. */
  ahead = 0;
  seen: Seen | undefined;
  /** What the last sign-in asked of the provider in the browser. */
  asked: Readonly<Record<string, string>> = {};
  /** What the last command has said so far to the person, as it is. */
  heard = '';

  private constructor(
    readonly identity: Identity,
    readonly sts: StsGateway,
    readonly door: S3Door,
    private readonly endpoint: string,
  ) {
    const register = keptRegister(SAMPLE, AS_OF);
    const profile = profileOf(register, register.organisation('leeds' as OrganisationId), AS_OF);
    const days = [{ from: '2020-01-01', until: '2199-12-31' }];
    // In force on whichever day this runs, for files of several parts.
    const sends = profile.sends.map((each) => ({
      ...each,
      days,
      largestObject: 10 ** 12,
      contract: { none: 'as tests need it' },
    }));
    this.profile = { ...profile, sends, contracts: [], signIn: SIGN_IN };
  }

  static async open(): Promise<Office> {
    const identity = await Identity.start(ISSUER, CLIENT);
    const sts = new StsGateway();
    const door = new S3Door(sts.sessions);
    process.env.AWS_ENDPOINT_URL_STS = await sts.start();
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    for (const each of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'])
      delete process.env[each];
    const office = new Office(identity, sts, door, await door.start());
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(office.folder, 'none');
    process.env.AWS_CONFIG_FILE = join(office.folder, 'none');
    return office;
  }

  async close(): Promise<void> {
    await Promise.all([this.identity.stop(), this.sts.stop(), this.door.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Begins anew: nobody signed in, everything as it is when nothing is wrong. */
  reset(trust: (role: 'deposit' | 'collect' | 'receipts') => object): void {
    rmSync(this.state, { recursive: true, force: true });
    this.ahead = 0;
    this.seen = undefined;
    this.sts.now = () => Date.now();
    this.door.now = () => Date.now();
    this.door.hooks = {};
    this.door.s3.objects.clear();
    this.door.s3.uploads.clear();
    this.door.s3.taken.clear();
    this.sts.sessions.clear();
    this.identity.meddles = undefined;
    this.identity.secondsAhead = 0;
    this.identity.asked.length = 0;
    this.sts.log.length = 0;
    this.profile = { ...this.profile, signIn: SIGN_IN };
    const { account } = this.profile.organisation;
    const keys = async () => {
      const { jwks_uri: at } = (await (
        await this.identity.fetch(`${ISSUER}/.well-known/openid-configuration`)
      ).json()) as { readonly jwks_uri: string };
      return (await (await this.identity.fetch(at)).json()) as JSONWebKeySet;
    };
    this.sts.providers = [
      {
        arn: `arn:aws:iam::${account}:oidc-provider/${ISSUER.replace('https://', '')}`,
        issuer: ISSUER,
        audiences: [CLIENT],
        keys,
      },
    ];
    this.sts.roles.clear();
    for (const role of ['deposit', 'collect', 'receipts'] as const) {
      const arn = this.profile.roles[role];
      if (arn) this.sts.roles.set(arn, { trust: trust(role), maxSession: 3600 });
    }
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  /** Milliseconds since 1970, by the office’s clock. */
  readonly now = (): number => Date.now() + this.ahead;

  file(name: string, bytes: string | Buffer): void {
    writeFileSync(join(this.folder, name), bytes);
  }

  /** The files that signing in keeps, each with its mode and its text. */
  kept(): { readonly mode: number; readonly text: string }[] {
    const folder = join(this.state, 'sessions');
    try {
      return readdirSync(folder).map((each) => ({
        mode: statSync(join(folder, each)).mode & 0o777,
        text: readFileSync(join(folder, each), 'utf8'),
      }));
    } catch {
      return [];
    }
  }

  /** `concordat signin`, and the person in front of it. */
  async signin(sitting: Sitting = {}, ...words: readonly string[]): Promise<Told> {
    const { browse = (address) => this.identity.browse(address), noBrowser, signal, ...waiting } = sitting;
    let seen: Promise<unknown> | undefined;
    const told = await this.run(
      signinCommand({
        open: (setting) => this.open({ ...setting, ...(signal && { signal }) }),
        browse: noBrowser
          ? undefined
          : async (address) => {
              this.asked = Object.fromEntries(new URL(address).searchParams);
              seen = browse(address);
              // What a browser meets is its own matter.
              seen.catch(() => undefined);
              return true;
            },
        fetch: this.identity.fetch,
        ...waiting,
      }),
      ...words,
    );
    this.seen = (await seen?.catch(() => undefined)) as Seen | undefined;
    return told;
  }

  signout(...words: readonly string[]): Promise<Told> {
    return this.run(signoutCommand(this.open), ...words);
  }

  deposit(...words: readonly string[]): Promise<Told> {
    return this.run(depositCommand(this.open), ...words, '--endpoint', this.endpoint);
  }

  readonly open = (setting: ClientSetting) => openClient({ ...setting, now: this.now });

  private async run(command: Command, ...words: readonly string[]): Promise<Told> {
    this.file('concordat-profile.json', profileText(this.profile));
    const told = { out: '', err: '' };
    this.heard = '';
    const code = await dispatch(
      {
        called: 'npx concordat',
        purpose: '',
        commands: { [command.name]: { summary: '', load: () => command } },
        version: () => '',
      },
      [command.name, ...words, '--state', this.state],
      {
        out: (text) => {
          told.out += text;
        },
        err: (text) => {
          told.err += text;
          this.heard += text;
        },
        colour: false,
        cwd: this.folder,
      },
    );
    return { code, out: this.bare(told.out), err: this.bare(told.err) };
  }

  /** Without what differs from run to run. */
  private bare(text: string): string {
    return text
      .replaceAll(this.folder, '/office')
      .replaceAll(/(https:\/\/\S+\/auth)\?[^\s"]+/g, '$1?…')
      .replaceAll(/\d{1,2} [A-Z][a-z]+ \d{4} at (?:midnight|midday|\d{1,2}(?::\d\d)?[ap]m)/g, 'DAY, TIME')
      .replaceAll(/"ends":\d+/g, '"ends":MILLISECONDS')
      .replaceAll(/\b[A-Z]{4}-[A-Z]{4}\b/g, 'ABCD-EFGH')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
  }
}
