/**
 * The profile of one organisation: the one file that its people and jobs need to send and to collect. It names the
 * organisation’s own roles and bucket, its agreements, and the other parties of these; nothing of anybody else, nothing secret.
 * It depends on the register and the day for which it was made.
 */
import * as z from 'zod/mini';
import { contractPlanSchema } from './contract-plan';
import { accountId, day, handle, region, sha256, text, words } from './forms';
import { fitsTogether, type Kind, type Read, readText, WireError } from './read';
import { ageKey, SEAL_KINDS, sealedToSchema } from './sealing';

/** The form of the profile; a client refuses any other. */
export const PROFILE_FORM = 'concordat-profile/v1';
/** The name of the file. */
export const PROFILE_FILE = 'concordat-profile.json';
/** 10,000 agreements of some 800 bytes each, and plans of contracts of 100 kB each; more is no profile of ours. */
const MOST_BYTES = 64_000_000;

const roleArn = text(
  /^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
  'the ARN of an IAM role',
);
const bucket = text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket');
const accessPoint = text(
  /^arn:aws:s3:[a-z]{2}-[a-z]+-\d:\d{12}:accesspoint\/[0-9a-f]{12}--[a-z0-9-]+$/,
  'the ARN of an access point of ours',
);
/** Where the objects of an agreement lie: `agreements/<agreement>/`. */
const prefix = text(/^agreements\/[a-z0-9-]+\/$/, 'the prefix of an agreement');

/** The address of an identity provider, as its tokens name it. IAM takes neither a port nor a query. */
const issuer = text(
  /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w.~-]+)*\/?$/i,
  'the https address of an issuer, without a port or a query',
);
/** IAM takes 255 characters, and no form is laid down. */
const clientId = text(/^[\x21-\x7e]{1,255}$/, 'the id of a client: 1 to 255 characters, without spaces');

/** How its people sign in, where the organisation’s own OpenID Connect provider vouches for them. */
const signIn = z.strictObject({
  issuer,
  /** As the provider knows the program that people sign in with. It is public: nothing secret goes with it. */
  client: clientId,
  /** Whom the token is for, as the roles’ trust asks; the client itself, as a rule. */
  audience: clientId,
  /** The longest session that a role gives, in seconds. */
  maxSession: z.int().check(z.minimum(900), z.maximum(43_200)),
});

/** Whom its people turn to: teams, by the register’s own forms. */
const help = z.strictObject({
  dataProtection: words,
  /** Absent where the register names no help desk. */
  desk: z.optional(words),
  telephone: z.optional(words),
});

/** A run of days in force, both ends counted. */
const run = z.strictObject({ from: day, until: day }).check(
  fitsTogether(({ from, until }, tell) => {
    if (until < from) tell([], `ends on ${until}, before ${from}`);
  }),
);

/** Another party of an agreement. */
const party = z.strictObject({ id: handle, name: words });

const terms = {
  agreement: handle,
  title: words,
  prefix,
  /** The days on which the recipient may collect, in order. None: an agreement that is over, or stands still for good. */
  days: z.array(run),
  /** How many days a recipient has to collect. */
  collectWithinDays: z.int().check(z.minimum(1), z.maximum(6_993)),
  /** The data contract that each object keeps to, or why there is none. */
  contract: z.union([
    z.strictObject({ id: handle, version: words }),
    z.strictObject({ none: z.string().check(z.minLength(1)) }),
  ]),
};

/** An inbox to which messages are written. */
const inbox = z.strictObject({ id: handle, team: words });
/** More is no list that somebody chooses from. */
const inboxes = z.array(inbox).check(z.minLength(1), z.maxLength(40));

/** An agreement under which the organisation sends. It deposits once; each recipient collects for itself. */
const sends = z.strictObject({
  ...terms,
  /** The most bytes of one object. */
  largestObject: z.int().check(z.minimum(1)),
  mediaTypes: z.array(words).check(z.minLength(1)),
  /** With the days of each: a recipient that pauses has fewer than the agreement. */
  recipients: z.array(z.strictObject({ ...party.shape, days: z.array(run) })).check(z.minLength(1)),
  /** The inboxes of the other party, where the two write to each other. */
  writesTo: z.optional(inboxes),
  /** To which keys each object is encrypted before it leaves; nothing where the agreement is not sealed. */
  sealed: z.optional(sealedToSchema),
});

/** An agreement under which it collects, through an access point of the owner. */
const collects = z.strictObject({
  ...terms,
  owner: party,
  accessPoint,
  /** The organisation’s own inboxes, where the two write to each other, and whom each is for. */
  inboxes: z.optional(
    z
      .array(
        z.strictObject({
          ...inbox.shape,
          roles: z.optional(z.array(roleArn)),
          appRoles: z.optional(z.array(words)),
        }),
      )
      .check(z.minLength(1), z.maxLength(40)),
  ),
  /** What has to be known to open each object and look at it; nothing where the agreement is not sealed. */
  sealed: z.optional(
    z.strictObject({
      kind: z.enum(SEAL_KINDS),
      why: words,
      /** The organisation’s own keys, by one of which it opens them. Those of others are nobody’s business. */
      keys: z.array(z.strictObject({ key: ageKey, keptBy: words })).check(z.minLength(1)),
      /** Of what is in them. */
      largestObject: z.int().check(z.minimum(1)),
      mediaTypes: z.array(words).check(z.minLength(1)),
    }),
  ),
});

const profileSchema = z
  .strictObject({
    form: z.literal(PROFILE_FORM),
    /** Which register it was made from, by the digest of its canonical text, and for which day. */
    register: z.strictObject({ digest: sha256, asOf: day }),
    region,
    organisation: z.strictObject({ id: handle, name: words, account: accountId }),
    roles: z.strictObject({
      /** Absent where it shares nothing of its own. */
      deposit: z.optional(roleArn),
      collect: roleArn,
      /** Reads the organisation’s receipts in the operator’s ledger. */
      receipts: roleArn,
    }),
    /** Absent where no identity provider vouches for its people: they come with credentials of AWS. */
    signIn: z.optional(signIn),
    /** Absent where nobody is named, as in a rehearsal. */
    help: z.optional(help),
    /** The organisation’s own bucket; absent where it shares nothing of its own. */
    bucket: z.optional(bucket),
    ledger: z.strictObject({
      bucket,
      /** Where in it the organisation’s receipts lie. */
      receipts: text(/^receipts\/\d{12}\/$/, 'receipts/<account>/'),
      /** The name that the ledger’s checkpoints bear. */
      origin: words,
    }),
    sends: z.array(sends),
    collects: z.array(collects),
    /** The plan of each contract by which it checks files: before they leave, or once it has opened what was sealed. */
    contracts: z.array(contractPlanSchema),
  })
  .check(
    fitsTogether(
      ({ sends: own, roles, bucket: ownBucket, organisation, collects: others, contracts }, tell) => {
        for (const [index, { contract }] of own.entries())
          if ('id' in contract && !contracts.some(({ contract: { id } }) => id === contract.id))
            tell(['sends', index, 'contract'], `is ${contract.id}, whose plan is not there`);
        if (own.length > 0 && (roles.deposit === undefined || ownBucket === undefined))
          tell(['sends'], 'name agreements to send under, but there is no deposit role or no bucket');
        for (const purpose of ['deposit', 'collect', 'receipts'] as const)
          if (roles[purpose] && !roles[purpose].startsWith(`arn:aws:iam::${organisation.account}:`))
            tell(['roles', purpose], `is a role of another account than ${organisation.account}`);
        for (const [index, { accessPoint: point }] of others.entries())
          if (!point.endsWith(`--${organisation.id}`))
            tell(['collects', index, 'accessPoint'], `is not that of ${organisation.id}`);
      },
    ),
  );

/** What an organisation’s people and jobs need to send and to collect. */
export type Profile = Read<typeof profileSchema>;
/** How its people sign in. */
export type ProfileSignIn = NonNullable<Profile['signIn']>;
/** Whom its people turn to. */
export type ProfileHelp = NonNullable<Profile['help']>;
/** A run of days in force, both ends counted. */
export type ProfileDays = Profile['sends'][number]['days'][number];

/** The profile is refused; nothing was sent or collected by it. Every fault is in `problems`. */
class ProfileError extends WireError {
  override readonly name = 'ProfileError';
}

const KIND: Kind<typeof profileSchema> = {
  schema: profileSchema,
  name: PROFILE_FILE,
  error: ProfileError,
  most: { bytes: MOST_BYTES, fix: 'Ask the operator for your profile' },
  fix: () => 'Ask the operator for the profile again; it is not to be edited by hand',
};

/**
 * Reads a profile and checks all of it.
 * @param name what people call the file
 * @throws ProfileError with every problem, each naming its place and the fix
 */
export function parseProfile(text: string, name = PROFILE_FILE): Profile {
  return readText({ ...KIND, name }, text);
}

/** The profile as the text of its file. */
export function profileText(profile: Profile): string {
  return `${JSON.stringify(profile, null, 1)}\n`;
}
