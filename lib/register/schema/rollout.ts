/** The engine that carries reviewed plans out over many accounts: where it is, and who starts it and approves. */
import { z } from 'zod';
import { accountId, roleArn } from './scalars';
import { clientId, issuer } from './sign-in';

/**
 * What a pipeline’s token says in `sub`. A wildcard would be one of IAM’s own characters, taken to the letter; it is refused as a slip.
 * GitHub puts numbers beside the names of repositories since July 2026, and leaves those of before as they were.
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 */
const pipeline = z
  .string()
  .regex(/^(?:(?![*?$])[\x21-\x7e]){1,255}$/)
  .meta({
    description:
      'The one pipeline that may start a rollout, as its provider names it in `sub`, to the letter: repository and environment, or repository and branch.',
    expects:
      'a subject without spaces and wildcards, such as repo:example@1234567/zone@890123456:environment:production or project_path:example/zone:ref_type:branch:ref:main',
    fix: 'copy `sub` from a token of that pipeline, with the numbers that GitHub puts beside names; name its protected environment or branch in it',
    examples: ['repo:example@1234567/zone@890123456:environment:production'],
  });

/** The setting `rollout`. */
export const rolloutSchema = z
  .strictObject({
    account: accountId.meta({
      description:
        'The operator’s account from which rollouts go out: neither the zone’s nor the management account.',
    }),
    startedBy: z
      .strictObject({
        issuer,
        audience: clientId('What the pipeline’s tokens are for, as they say in `aud`.').default(
          'sts.amazonaws.com',
        ),
        subject: pipeline,
      })
      .meta({ description: 'The pipeline that starts rollouts, by OpenID Connect: no key is stored.' }),
    approval: z.enum(['every-rollout', 'where-access-widens']).default('every-rollout').meta({
      description:
        'What waits for somebody who approves: every rollout, or those alone of which the order says that they widen access. The order is the pipeline’s, so the second believes it.',
    }),
    approvedBy: z.array(roleArn).min(1).meta({
      description:
        'The IAM roles in that account whose holders approve rollouts. They can do nothing else there.',
    }),
    watchedBy: z.array(roleArn).min(1).optional().meta({
      description:
        'The IAM roles in that account whose holders see what each account runs, by `concordat status --live`. They change nothing. Nobody does if not given.',
    }),
  })
  .meta({ description: 'The engine that carries reviewed plans out over many accounts.' });
