/** The parts of the result model that stand by themselves: files, checks, findings, exceptions, limits, the proof. */
import { z } from 'zod';

/** One file of the assembly. */
export const fileSchema = z.strictObject({
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int(),
});

/** One stack of the assembly. */
export const stackSchema = z.strictObject({
  name: z.string(),
  account: z.string(),
  file: z.string(),
  resources: z.int(),
});

/** One agreement, as far as the pack tells of it. */
export const agreementSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  owner: z.string().optional(),
  recipients: z.array(z.string()).optional(),
  reciprocal: z.array(z.string()).optional().meta({
    description: 'Those who share with each other, in place of an owner and its recipients.',
  }),
  starts: z.string(),
  ends: z.string(),
  review: z.string(),
  aim: z.string(),
  lawfulBasis: z.string(),
  classification: z.string(),
  markings: z.array(z.string()),
  dpia: z.string(),
  collectWithin: z.string().meta({ description: 'ISO 8601.' }),
  presignedUrls: z
    .enum(['allowed', 'denied'])
    .meta({ description: 'Whether recipients may collect by links that they have signed.' }),
  sealed: z
    .strictObject({
      why: z.string(),
      keys: z.array(z.strictObject({ key: z.string(), holder: z.string(), keptBy: z.string() })),
    })
    .optional()
    .meta({
      description:
        'Given where what is shared is encrypted to these keys before it leaves the owner. Only their holders can read it; the malware scan and the contract check at the door are given up for that.',
    }),
  inboxes: z
    .array(z.strictObject({ id: z.string(), of: z.string(), team: z.string() }))
    .optional()
    .meta({
      description:
        'The inboxes of teams, where the two write to each other. They say whom a message is for, and hold nobody off.',
    }),
  keepFor: z.string().meta({ description: 'ISO 8601: how long the recipient may keep its copy.' }),
  disposal: z.string(),
  breach: z.string().meta({ description: 'The mailbox to tell of a breach.' }),
});

const judgementSchema = z
  .strictObject({
    outcome: z.enum(['pass', 'fail', 'not applicable']),
    file: z.string().meta({ description: 'A file of the assembly.' }),
    pointer: z.string().meta({ description: 'RFC 6901, into that file.' }),
    resource: z
      .strictObject({ logicalId: z.string(), type: z.string(), constructPath: z.string().optional() })
      .optional(),
    saw: z.string().meta({ description: 'What is there, in plain words.' }),
    register: z.string().optional().meta({ description: 'The line of the register that it comes from.' }),
    accepted: z
      .literal(true)
      .optional()
      .meta({ description: 'Whether a failure is accepted by an exception.' }),
  })
  .meta({ description: 'What a check makes of one resource or file.' });

/** One check, with everything that it judged. */
export const checkSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  reads: z.array(z.string()),
  goals: z.array(z.string()),
  doesNotProve: z.string(),
  remediation: z.string(),
  passed: z.int(),
  failed: z.int().meta({ description: 'Without those that are accepted.' }),
  accepted: z.int(),
  notApplicable: z.int(),
  judgements: z.array(judgementSchema),
});

/** A rule of a pack that was broken when the assembly was made, and is not acknowledged. */
export const findingSchema = z.strictObject({
  rule: z.string(),
  description: z.string(),
  fix: z.string().optional(),
  severity: z.enum(['error', 'warning']),
  place: z.string(),
});

/** A finding that is known and accepted, on every resource on which it stands for the same reason. */
export const exceptionSchema = z.strictObject({
  rule: z.string(),
  reason: z.string(),
  owner: z.string(),
  review: z.string().meta({ description: 'The last day on which the reason may be relied on.' }),
  past: z.boolean().meta({ description: 'Whether that day is over.' }),
  resources: z
    .array(z.string())
    .meta({ description: 'Paths of constructs, with what on them the rule is about where it says so.' }),
});

/** The fullest use of one limit of AWS. */
export const headroomSchema = z.strictObject({
  what: z.string(),
  used: z.number(),
  most: z.number(),
  unit: z.enum(['bytes', 'count']),
  adjustable: z.boolean(),
  stack: z.string(),
  resource: z.string().optional(),
  source: z.string(),
});

/** The access proof. */
export const proofSchema = z.discriminatedUnion('run', [
  z.strictObject({ run: z.literal(false), why: z.string() }),
  z.strictObject({
    run: z.literal(true),
    holds: z.boolean(),
    organisations: z.int(),
    pairs: z.int(),
    shares: z.int(),
    asked: z.int().meta({ description: 'Requests that were decided.' }),
    covered: z.int().meta({ description: 'Requests that these stand for.' }),
    why: z.string().meta({ description: 'Why these stand for all others.' }),
    findings: z.array(z.strictObject({ owner: z.string().optional(), lines: z.array(z.string()) })),
    notJudged: z.array(z.string()),
  }),
]);

export type FileHash = z.infer<typeof fileSchema>;
export type EvidenceAgreement = z.infer<typeof agreementSchema>;
export type CheckResult = z.infer<typeof checkSchema>;
export type Exception = z.infer<typeof exceptionSchema>;
export type HeadroomRow = z.infer<typeof headroomSchema>;
export type ProofResult = z.infer<typeof proofSchema>;

/** In which states an assumption about AWS can be. */
const ASSUMPTION_STATES = ['documented', 'assumed', 'seen live', 'refuted'] as const;

export const assumptionSchema = z
  .strictObject({
    id: z.string(),
    topic: z.string(),
    assumes: z.string(),
    state: z.enum(ASSUMPTION_STATES),
    seen: z
      .strictObject({ on: z.string(), region: z.string(), saw: z.string() })
      .optional()
      .meta({ description: 'What a live test came to. Absent where there was none.' }),
    source: z
      .enum(['documented', 'open', 'undocumented'])
      .meta({ description: 'What AWS’s pages say of it.' }),
    page: z.string().optional().meta({ description: 'The page of AWS that bears on it.' }),
    checked: z.string().meta({ description: 'The day on which it was last held against AWS’s pages.' }),
    rests: z.string().meta({ description: 'What rests on it.' }),
    ifFalse: z.strictObject({
      how: z
        .enum(['closed', 'told', 'unseen'])
        .meta({ description: 'Whether it fails closed, is told, or is seen by nobody.' }),
      what: z.string(),
    }),
    test: z.strictObject({
      by: z.enum(['probe', 'hand']),
      needsOrganisation: z.boolean(),
      steps: z.array(z.string()),
      because: z.string().optional().meta({ description: 'Why the probe does not do it.' }),
    }),
  })
  .meta({ description: 'What AWS is taken to do, on which the design rests, with what is known of it.' });

export type EvidenceAssumption = z.infer<typeof assumptionSchema>;
