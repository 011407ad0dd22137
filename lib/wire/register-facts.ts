/**
 * The parts of `register.json` from which proof, plan and rehearsal work out who may do what. The file holds the whole
 * register, which `lib/register` describes; what is not named here is passed over.
 */
import * as z from 'zod/mini';
import { accountId, day, handle, region, text, words } from './forms';
import { fitsTogether, type Read, readValue } from './read';
import { ageKey } from './sealing';

/** The name of the file in an assembly: the register in the form of RFC 8785. */
export const REGISTER_FILE = 'register.json';

/** Who can hold an organisation’s key; `lib/register` says what each kind means. */
export const CUSTODY_KINDS = ['account', 'imported', 'cloudhsm', 'external'] as const;
export type CustodyKind = (typeof CUSTODY_KINDS)[number];

const roleArns = z.array(
  text(/^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/, 'the ARN of an IAM role'),
);
const span = text(/^P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?$/, 'a span of time, such as P7Y');
const days = z.object({ from: day, until: z.optional(day) });
/** An absent unit of one kind of custody has no key at all. */
const units = z.record(z.string(), z.union([words, z.record(z.string(), words)]));

const zoneSchema = z.object({
  accounts: z.object({ management: accountId, zone: accountId }),
  awsOrganizationId: words,
  namePrefix: text(/^[a-z][a-z0-9-]*$/, 'a prefix of names: lower-case letters, digits and hyphens'),
  region,
  mayStopAll: z.optional(roleArns),
  /** Absent where no page speaks to any bucket. */
  mailbox: z.optional(
    z.object({
      origin: text(/^https:\/\/[a-z0-9.-]+$/, 'an https origin without a port'),
      /** Absent where the zone serves no page. */
      served: z.optional(
        z.object({
          organisations: z.array(handle),
          certificate: words,
          mayRelease: roleArns,
          countries: z.optional(z.array(words)),
        }),
      ),
    }),
  ),
  /** Absent where teams are told by SNS: by the zone too, where it has a mailbox. */
  notify: z.optional(
    z.object({
      secret: text(/^arn:aws:secretsmanager:/, 'the ARN of a secret'),
      templates: z.object({ waits: words, reminder: words, notDelivered: words }),
    }),
  ),
  /** Absent where there is no engine of rollouts. */
  rollout: z.optional(z.object({ account: accountId, watchedBy: z.optional(roleArns) })),
  approvals: z.optional(z.literal('required')),
  alertAddress: z.optional(words),
  auditRetention: z.optional(
    z.object({ mode: z.enum(['compliance', 'governance']), period: text(/^P\w+$/, 'a period, such as P7Y') }),
  ),
  ledger: z.optional(
    z.object({
      formerKeys: z.optional(z.array(words)),
      secondSignature: z.optional(z.literal('ml-dsa-44')),
      timestampAuthority: z.optional(words),
    }),
  ),
  baseline: z.optional(z.object({ config: words, monthlyBudget: words, budgetAddress: words })),
  /** Absent in an assembly from before there were any. */
  guardrails: z.optional(z.object({ stage: words, units, deployers: roleArns })),
});

const signedIn = z.object({
  subjects: z.optional(z.array(words)),
  appRoles: z.optional(z.array(words)),
});
/** How people sign in by the organisation’s own OpenID Connect provider. */
const signIn = z.object({
  issuer: text(/^https:\/\/[^\s?#]+$/, 'the https address of an issuer'),
  client: words,
  audience: z.optional(words),
  mayDeposit: z.optional(signedIn),
  mayCollect: z.optional(signedIn),
  /** What a token says in `amr`; absent where none does. */
  multiFactor: z.optional(words),
  maxSession: z.optional(text(/^PT\d+H$/, 'a number of hours, such as PT1H')),
});

const organisationSchema = z.object({
  id: handle,
  name: words,
  account: accountId,
  membership: z.enum(['member', 'external']),
  mayCollect: roleArns,
  /** Of members only. */
  mayDeposit: z.optional(roleArns),
  /** Of members only; absent where nobody signs in. */
  signIn: z.optional(signIn),
  /** Of members only; absent where nobody in the account may. */
  mayStop: z.optional(roleArns),
  mayLift: z.optional(roleArns),
  /** Of members only. */
  custody: z.optional(
    z.object({
      kind: z.enum(CUSTODY_KINDS),
      administrators: roleArns,
      /** Of a key that no template makes. */
      keyArn: z.optional(words),
      /** Given until material is imported for the first time. */
      material: z.optional(z.literal('awaited')),
    }),
  ),
  contacts: z.optional(z.object({ security: words })),
  approvers: z.optional(
    z.array(
      z.object({
        post: handle,
        sshKey: z.optional(words),
        publicKey: z.optional(words),
        from: day,
        until: z.optional(day),
      }),
    ),
  ),
  paused: z.optional(days),
  leaves: z.optional(day),
});

const agreementSchema = z
  .object({
    id: handle,
    owner: z.optional(handle),
    recipients: z.optional(z.array(handle)),
    /** In place of the two: those who share with each other. */
    reciprocal: z.optional(z.array(handle)),
    delivery: z.object({
      /** How long a recipient has to collect. */
      collectWithin: text(/^P[1-9]\d{0,2}[DW]$/, 'a span of days or weeks, such as P5D or P2W'),
      /** Denied where absent. */
      presignedUrls: z.optional(z.enum(['allowed', 'denied'])),
    }),
    /** Of those whose parties write to each other. */
    correspondence: z.optional(
      z.object({ inboxes: z.array(z.object({ id: handle, of: handle, notices: words })) }),
    ),
    starts: day,
    ends: day,
    suspended: z.optional(days),
    retention: z.object({ period: span, disposeWithin: z.optional(span) }),
    /** Beside what the zone asks for. */
    approvals: z.optional(z.literal('required')),
    /** In this time nothing is disposed of. */
    hold: z.optional(days),
    /** The agreements that this one goes on from. */
    supersedes: z.optional(handle),
    novatedFrom: z.optional(handle),
    /** Of a sealed agreement: whose keys open what is shared under it. */
    sealed: z.optional(
      z.object({ why: words, keys: z.array(z.object({ key: ageKey, holder: handle, keptBy: words })) }),
    ),
  })
  .check(
    fitsTogether(({ owner, recipients, reciprocal }, tell) => {
      const isOneWay = owner !== undefined && recipients !== undefined;
      const isMixed = reciprocal !== undefined && (owner !== undefined || recipients !== undefined);
      if (isMixed || (reciprocal === undefined && !isOneWay))
        tell([], 'has neither `owner` and `recipients` nor, in their place, `reciprocal`');
      if (reciprocal !== undefined && (reciprocal.length !== 2 || reciprocal[0] === reciprocal[1]))
        tell(['reciprocal'], 'is to name two parties');
    }),
  );

const registerSchema = z.object({
  zone: zoneSchema,
  organisations: z.array(organisationSchema),
  agreements: z.array(agreementSchema),
  /** Whole, since approvals are of their digests. */
  contracts: z.optional(z.array(z.looseObject({ id: handle }))),
  /** Absent where nothing was approved. */
  approvals: z.optional(
    z.array(
      z.object({
        name: words,
        envelope: z.object({
          payload: z.string(),
          payloadType: words,
          signatures: z.array(z.object({ keyid: words, sig: z.string() })),
        }),
      }),
    ),
  ),
});

/** What the file says of a register. */
export type WrittenFacts = Read<typeof registerSchema>;
type WrittenAgreement = WrittenFacts['agreements'][number];

/** One way in which an agreement shares. */
interface DirectionFacts {
  readonly owner: string;
  readonly recipients: readonly string[];
}

/** What proof, plan and rehearsal know of a register. */
export type RegisterFacts = Omit<WrittenFacts, 'agreements'> & {
  readonly agreements: readonly (Omit<WrittenAgreement, 'owner' | 'recipients' | 'reciprocal'> & {
    /** One, or of a reciprocal agreement one for each party. */
    readonly directions: readonly DirectionFacts[];
    /** All that the register says of it: what is approved. Absent in facts that are of no file. */
    readonly written?: Readonly<Record<string, unknown>>;
  })[];
};
/** One organisation of the register. */
export type OrganisationFacts = RegisterFacts['organisations'][number];
/** One agreement of the register. */
export type AgreementFacts = RegisterFacts['agreements'][number];

/** Takes `register.json` for what it says. @throws WireError with every problem */
export function readRegisterFacts(value: unknown): RegisterFacts {
  const { agreements, ...facts } = readValue(
    {
      schema: registerSchema,
      name: REGISTER_FILE,
      fix: () => 'Synthesise the assembly again',
    },
    value,
  );
  const whole = (value as { readonly agreements: readonly Readonly<Record<string, unknown>>[] }).agreements;
  return {
    ...facts,
    agreements: agreements.map((each, index) => ({
      ...withDirections(each),
      written: whole[index] as Readonly<Record<string, unknown>>,
    })),
  };
}

function withDirections({ owner, recipients, reciprocal, ...agreement }: WrittenAgreement) {
  const oneWay = owner !== undefined && recipients !== undefined ? [{ owner, recipients }] : [];
  const eachWay = (reciprocal ?? []).map((each, index, all) => ({
    owner: each,
    recipients: all.filter((_, other) => other !== index),
  }));
  return { ...agreement, directions: [...oneWay, ...eachWay] };
}
