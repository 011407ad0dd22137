/** The parts of `zone.yaml` that hold members’ accounts to rules, and give each account what it begins with. */
import { z } from 'zod';
import { mailbox, roleArn } from './scalars';

const unitId = z
  .string()
  .regex(/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/)
  .meta({
    description: 'The id of an organisational unit of AWS Organizations.',
    expects: 'the id of an organisational unit, such as ou-ab12-cd34ef56',
    fix: 'copy the id of the unit from the AWS Organizations console; it starts with ou-',
  });

const custodyUnit = (kind: string) =>
  unitId.optional().meta({
    description: `The unit, below \`members\`, of accounts whose shared data is under keys of custody \`${kind}\` only.`,
  });

const unitsSchema = z
  .strictObject({
    canary: unitId.meta({ description: 'The unit that gets each change first: accounts for rehearsal.' }),
    members: unitId.meta({ description: 'The unit of all members’ accounts.' }),
    zone: unitId.meta({ description: 'The unit of the operator’s account.' }),
    custody: z
      .strictObject({
        account: custodyUnit('account'),
        imported: custodyUnit('imported'),
        cloudhsm: custodyUnit('cloudhsm'),
        external: custodyUnit('external'),
      })
      .default({})
      .meta({
        description: 'Units below `members` that are held to one kind of custody; none if not given.',
      }),
  })
  .meta({ description: 'The organisational units that the guardrails are attached to.' });

/** Rules above accounts that their own administrators cannot undo. */
export const guardrailsSchema = z
  .strictObject({
    stage: z.enum(['nowhere', 'canary', 'all']).meta({
      description:
        'How far the rules reach: `nowhere` makes them and attaches them to nothing, `canary` to the unit for rehearsal, `all` to every unit.',
    }),
    units: unitsSchema,
    deployers: z.array(roleArn).min(1).max(5).meta({
      description: 'The IAM roles that may deploy: those who run `cdk deploy`, people or a pipeline.',
    }),
  })
  .meta({ description: 'Rules above accounts, which their own administrators cannot undo.' });

/** What every account of the units begins with. */
export const baselineSchema = z
  .strictObject({
    config: z.enum(['none', 'ncsc']).meta({
      description:
        'AWS Config in every account: `ncsc` with the rules that AWS’s NCSC conformance packs name, `none` for nothing. An account has room for one recorder, so `none` where another service runs it.',
    }),
    monthlyBudget: z
      .string()
      .regex(/^[1-9]\d{0,6} USD$/)
      .meta({
        description: 'What an account may cost in a month before its budget alarm goes off.',
        expects: 'an amount in US dollars, such as 100 USD',
        fix: 'write a whole number, a space, then USD: 100 USD',
      }),
    budgetAddress: mailbox.meta({ description: 'The mailbox that budget alarms go to.' }),
  })
  .meta({ description: 'What every account gets before anything else is deployed to it.' });
