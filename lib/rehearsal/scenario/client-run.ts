/** The client as it is handed on, run as an organisation’s staff run it: a process of its own, with a profile beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrganisationFacts } from '../../assembly';
import {
  accessPointArn,
  agreementPrefix,
  ledgerOrigin,
  type NamedZone,
  RECEIPTS_PREFIX,
  roleArnIn,
  zoneBucketName,
} from '../../names';
import type { ImpliedShare } from '../../proof';
import type { AccountId } from '../../register';
import { clientProgram } from '../../start/client';
import { type GateList, PROFILE_FILE, PROFILE_FORM, type Profile, profileText } from '../../wire';
import { type Ended, run } from '../child';
import { accountOf } from '../gateway/caller';
import { bucketOf, type Stage } from './stage';

/** Buckets, and access points, are hosts below this name. */
const DOMAIN = 's3.rehearsal';
/** The longest that one run of it may take, in milliseconds. */
const PATIENCE = 120_000;
/** What a profile says of days, where it is the templates that decide. */
const ALWAYS = [{ from: '2020-01-01', until: '2199-12-31' }];

/** An agreement of the owner as the client knows it: the share of one recipient, and what the release gate holds deposits to. */
export interface ClientShare {
  readonly share: ImpliedShare;
  readonly gated: GateList['agreements'][number] & { readonly contract: { readonly kind: 'none' } };
}

/** The client in the hands of one member of staff. */
export class ClientRun {
  private constructor(
    private readonly stage: Stage,
    /** Where it runs; the state folder is in it too. */
    readonly folder: string,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** @param who the ARN of the role that they have in their organisation’s account */
  static async by(
    stage: Stage,
    organisation: OrganisationFacts,
    who: string,
    share: ClientShare,
  ): Promise<ClientRun> {
    const { target, gateway, clock } = stage.props;
    const folder = join(target.folder, `client-${accountOf(who)}`);
    mkdirSync(folder, { recursive: true });
    const { name, text } = clientProgram();
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, PROFILE_FILE), profileText(profileOf(stage, organisation, share)));
    const address = await gateway.urlForClient(who);
    const preloaded = ['function-clock.cjs', 'loopback-names.cjs'].map((each) => join(__dirname, '..', each));
    return new ClientRun(stage, folder, {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: process.env.TMPDIR,
      CONCORDAT_STATE: join(folder, 'state'),
      AWS_ENDPOINT_URL_S3: address.replace('127.0.0.1', DOMAIN),
      AWS_ENDPOINT_URL_STS: address,
      AWS_ACCESS_KEY_ID: accountOf(who),
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      NODE_OPTIONS: preloaded.map((each) => `--require ${each}`).join(' '),
      REHEARSAL_CLOCK: clock.file,
      REHEARSAL_DOMAIN: DOMAIN,
    });
  }

  /** @param killAfter kills it, by SIGKILL, after so many milliseconds, where they are given */
  run(words: readonly string[], killAfter?: number): Promise<Ended> {
    const { folder: cwd, env } = this;
    const { signal } = this.stage.props.target;
    return run(process.execPath, [clientProgram().name, ...words], {
      cwd,
      env,
      signal,
      patience: PATIENCE,
      ...(killAfter !== undefined && { killAfter }),
    });
  }
}

/** What an organisation is given, of one agreement alone. */
function profileOf(
  { props: { world } }: Stage,
  { id, name, account }: OrganisationFacts,
  { share, gated }: ClientShare,
): Profile {
  const { accounts, ...rest } = world.register.zone;
  const zone = { ...rest, accounts: accounts as NamedZone['accounts'] };
  const { owner, recipient } = share;
  const terms = {
    agreement: share.agreement,
    title: share.agreement,
    prefix: agreementPrefix(share.agreement),
    days: ALWAYS,
    collectWithinDays: gated.collectWithinDays,
    contract: { none: gated.contract.reason },
  };
  const party = (each: OrganisationFacts) => ({ id: each.id, name: each.name });
  return {
    form: PROFILE_FORM,
    register: { digest: '0'.repeat(64), asOf: world.asOf },
    region: zone.region,
    organisation: { id, name, account },
    roles: {
      ...(id === owner.id && { deposit: roleArnIn(account, 'deposit') }),
      collect: roleArnIn(account, 'collect'),
      receipts: roleArnIn(account, 'receipts'),
    },
    ...(id === owner.id && { bucket: bucketOf(world, account) }),
    ledger: {
      bucket: zoneBucketName(zone, 'ledger'),
      receipts: `${RECEIPTS_PREFIX}${account}/`,
      origin: ledgerOrigin(zone),
    },
    sends:
      id === owner.id
        ? [
            {
              ...terms,
              largestObject: gated.largestObject,
              mediaTypes: gated.mediaTypes,
              recipients: [{ ...party(recipient), days: ALWAYS }],
            },
          ]
        : [],
    collects:
      id === recipient.id
        ? [
            {
              ...terms,
              owner: party(owner),
              accessPoint: accessPointArn(zone, owner.account as AccountId, share.name),
            },
          ]
        : [],
    contracts: [],
  };
}
