/**
 * The result model of the evidence pack: everything that any of its files says, in one place. `evidence.json` is this and
 * nothing else; every other file is written from it by a pure function, but for the custody statements, which say more of each
 * key and are written from custody’s own facts. All of it is read from a synthesised assembly.
 */
import { z } from 'zod';
import { SECTORS, SHARE_STATES } from '../register';
import {
  agreementSchema,
  assumptionSchema,
  checkSchema,
  exceptionSchema,
  fileSchema,
  findingSchema,
  headroomSchema,
  proofSchema,
  stackSchema,
} from './model-parts';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a goal comes to. Nothing is claimed without a check that passed. */
export const GOAL_STATES = ['shown', 'partly', 'not shown', 'failed'] as const;

const goalSchema = z
  .strictObject({
    id: z.string(),
    strength: z.enum(['be confident', 'prefer']),
    text: z.string(),
    state: z.enum(GOAL_STATES),
    checks: z.array(z.string()).meta({ description: 'The checks that bear on it, by their ids.' }),
    passed: z.int(),
    accepted: z.int().meta({ description: 'Failures that an exception accepts.' }),
    of: z.int().meta({ description: 'Judgements that apply, over all of these checks.' }),
    why: z.string().meta({ description: 'Why the state is what it is.' }),
    askFor: z.array(z.string()).meta({ description: 'What to ask for that templates do not show.' }),
  })
  .meta({ description: 'One goal of the NCSC Cloud Security Principles.' });

const subPrincipleSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  state: z.enum(GOAL_STATES).meta({ description: 'Of all its goals together.' }),
  inherited: z.string().meta({ description: 'What AWS answers for.' }),
  operator: z.string().meta({ description: 'What the templates show of the operator.' }),
  member: z.string().meta({ description: 'What the member organisation must do.' }),
  askFor: z.array(z.string()),
  checks: z.array(z.string()),
  passed: z.int(),
  of: z.int(),
  caf32: z.array(z.string()),
  caf40: z.array(z.string()),
  goals: z.array(goalSchema),
});

const principleSchema = z.strictObject({
  number: z.int(),
  title: z.string(),
  link: z.string(),
  parts: z.array(subPrincipleSchema),
});

const sharingGoalSchema = z
  .strictObject({
    ...goalSchema.pick({ id: true, text: true, state: true, checks: true }).shape,
    ...goalSchema.pick({ passed: true, accepted: true, of: true, why: true }).shape,
    left: z.array(z.string()).meta({ description: 'What people have to show, since templates do not.' }),
  })
  .meta({ description: 'One thing that a data sharing principle asks.' });

const sharingPrincipleSchema = z
  .strictObject({
    number: z.int(),
    title: z.string(),
    link: z.string(),
    goals: z.array(sharingGoalSchema),
  })
  .meta({ description: 'One of the ten data sharing principles of the Government Digital Service.' });

const cafOutcomeSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    parts: z.array(z.string()).meta({ description: 'The principles that bear on it, by their numbers.' }),
    checks: z.array(z.string()),
    passed: z.int(),
    failed: z.int(),
  })
  .meta({ description: 'An outcome of the Cyber Assessment Framework that templates bear on.' });

const organisationSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  sector: z.enum(SECTORS),
  membership: z.enum(['member', 'external']),
  account: z.string(),
});

const shareSchema = z
  .strictObject({
    agreement: z.string(),
    owner: z.string(),
    recipient: z.string(),
    state: z.enum(SHARE_STATES),
    from: day,
    until: day.meta({ description: 'The last day.' }),
    accessPoint: z
      .strictObject({ file: z.string(), pointer: z.string() })
      .optional()
      .meta({ description: 'Where its access point stands. Absent where no template makes one.' }),
    grant: z.boolean().meta({ description: 'Whether the owner’s broker is told to keep a grant for it.' }),
    register: z.string().optional(),
  })
  .meta({ description: 'What one agreement gives one recipient.' });

const custodySchema = z
  .strictObject({
    organisation: z.string(),
    account: z.string(),
    bucket: z.string(),
    held: z.string().meta({ description: 'Where the key is and who made it.' }),
    shownBy: z.enum(['template', 'register']),
    administers: z.array(z.string()),
    decrypts: z.array(z.string()).meta({ description: 'By the key’s policy.' }),
    grants: z
      .array(z.string())
      .meta({ description: 'Recipients for whom the broker is told to keep a grant.' }),
    file: z.string(),
    pointer: z.string(),
    attention: z.array(z.string()).meta({ description: 'What to look at twice.' }),
  })
  .meta({ description: 'Who holds the key of one organisation, and who can use it.' });

const readingSchema = z
  .strictObject({
    agreement: z.string(),
    prefix: z
      .string()
      .meta({ description: 'What the keys of its objects in the owner’s bucket begin with.' }),
    owner: z.string(),
    recipient: z.string(),
    role: z.string().meta({ description: 'The ARN of the role by which the recipient reads.' }),
    takenOnBy: z
      .array(z.string())
      .meta({ description: 'The roles of its people that its template lets take on the role.' }),
    firstDay: day,
    lastDay: day,
    within: z
      .boolean()
      .meta({ description: 'Whether it reads in the first and the last second of these days.' }),
    beyond: z.boolean().meta({ description: 'Whether it reads in the second before or after them.' }),
    statements: z
      .array(
        z.strictObject({
          action: z.enum(['s3:GetObject', 'kms:Decrypt']),
          policy: z.string(),
          name: z.string(),
        }),
      )
      .meta({ description: 'What allows it: statements of policies, and the grant on the key.' }),
    missing: z.array(z.string()).meta({ description: 'Why it does not read, where it does not.' }),
  })
  .meta({ description: 'Who reads the objects of one agreement, and when, by the templates.' });

const programSchema = z
  .strictObject({
    version: z.string(),
    commit: z
      .string()
      .optional()
      .meta({ description: 'What was checked out, with a plus where files had changed since.' }),
    files: sha256.meta({
      description: 'Of the list of its files: for each, its SHA-256, two spaces, its path and a line feed.',
    }),
    lockfile: sha256.meta({ description: 'Of package-lock.json.' }),
  })
  .meta({
    description:
      'The program that made the assembly, by the word of the assembly. With it, `concordat reproduce` makes the assembly again.',
  });

/** The schema of `evidence.json`. */
export const evidenceSchema = z
  .strictObject({
    form: z.literal('concordat-evidence/v1'),
    asOf: day.meta({ description: 'The day for which the assembly was made.' }),
    registerDigest: sha256.meta({ description: 'Of the canonical register.' }),
    program: programSchema.optional(),
    assemblyDigest: sha256.meta({
      description: 'Of the list of files: for each, its SHA-256, two spaces, its name and a line feed.',
    }),
    operator: z.string(),
    sample: z
      .string()
      .optional()
      .meta({ description: 'Where the register is a sample: what of it is invented.' }),
    region: z.string(),
    files: z.array(fileSchema),
    stacks: z.array(stackSchema),
    organisations: z.array(organisationSchema),
    agreements: z.array(agreementSchema),
    shares: z.array(shareSchema),
    undeclared: z
      .array(z.strictObject({ file: z.string(), pointer: z.string(), saw: z.string() }))
      .meta({ description: 'Access points that no agreement of the register asks for.' }),
    readings: z.array(readingSchema).optional().meta({
      description:
        'One for each share in force or to come. Absent where the access proof, which says that nobody else reads, was not run.',
    }),
    custody: z.array(custodySchema),
    custodyAttention: z.array(z.string()),
    checks: z.array(checkSchema),
    principles: z.array(principleSchema),
    sharingPrinciples: z.array(sharingPrincipleSchema),
    caf: z.strictObject({ v32: z.array(cafOutcomeSchema), v40: z.array(cafOutcomeSchema) }),
    packs: z.array(
      z.strictObject({ name: z.string(), open: z.int(), acknowledged: z.int() }).meta({
        description: 'A pack of rules that ran when the assembly was made.',
      }),
    ),
    findings: z.array(findingSchema),
    exceptions: z.array(exceptionSchema),
    headroom: z.array(headroomSchema),
    proof: proofSchema,
    assumptions: z.array(assumptionSchema),
    limits: z.array(z.string()).meta({ description: 'What this does not show.' }),
  })
  .meta({
    title: 'Evidence',
    description: 'What a synthesised Concordat assembly shows, and what it does not.',
  });

export type Evidence = z.infer<typeof evidenceSchema>;
export type Goal = z.infer<typeof goalSchema>;
export type GoalState = Goal['state'];
export type SubPrinciple = z.infer<typeof subPrincipleSchema>;
export type Principle = z.infer<typeof principleSchema>;
export type SharingPrinciple = z.infer<typeof sharingPrincipleSchema>;
export type CafOutcome = z.infer<typeof cafOutcomeSchema>;
export type EvidenceShare = z.infer<typeof shareSchema>;
export type Reading = z.infer<typeof readingSchema>;
export type CustodyRow = z.infer<typeof custodySchema>;
export type EvidenceOrganisation = z.infer<typeof organisationSchema>;
export type {
  CheckResult,
  EvidenceAgreement,
  EvidenceAssumption,
  Exception,
  FileHash,
  HeadroomRow,
  ProofResult,
} from './model-parts';
