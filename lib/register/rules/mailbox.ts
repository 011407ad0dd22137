/** The rules on where the mailbox’s page is served from, and by whom. */
import { QUALIFIER, ROLE_PATH } from '../../names';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';
import { partiesOf } from '../parties';
import { isWithheld } from '../public';
import type { Organisation } from '../schema/organisation';
import type { Path } from '../yaml-source';

/** Endpoints of S3 under which buckets of anybody lie by their paths, and so pages of anybody have one origin. */
const SHARED = /^https:\/\/s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/;

/** A browser tells pages apart by their origins alone: where anybody can put a page, it is anybody’s that may ask. */
export function mailboxHasItsOwnOrigin({ zone }: Draft): Diagnostic[] {
  const origin = zone?.value.mailbox?.origin;
  if (zone === undefined || origin === undefined || !SHARED.test(origin)) return [];
  return [
    at(zone.source, ['mailbox', 'origin'], {
      code: 'not-allowed',
      message: `${origin} serves pages of anybody who has a bucket, and browsers could not tell the mailbox’s from theirs`,
      found: origin,
      allowed: 'an origin that serves the mailbox and nothing else',
      fix: 'serve the page under a host of its own, and write that',
    }),
  ];
}

/** What serves the page, and whoever puts it in place, are the operator’s own; and it is of those whose people come to it. */
export function servedPageIsTheOperators(draft: Draft): Diagnostic[] {
  const { zone, organisations } = draft;
  const served = zone?.value.mailbox?.served;
  if (zone === undefined || served === undefined) return [];
  const account = zone.value.accounts.zone;
  const told = (path: Path, message: string, found: string, allowed: string, fix: string) =>
    at(zone.source, ['mailbox', 'served', ...path], { code: 'not-allowed', message, found, allowed, fix });
  const own = (arn: string, path: Path, what: string) =>
    arn.split(':')[4] === account
      ? []
      : [
          at(zone.source, ['mailbox', 'served', ...path], {
            code: 'wrong-account',
            message: `${what}, but it is not in the zone’s account`,
            found: arn,
            allowed: `one in account ${account}`,
            fix: 'name one of the zone’s own account',
          }),
        ];
  return [
    ...own(served.certificate, ['certificate'], 'CloudFront is to use this certificate'),
    ...served.mayRelease.flatMap((arn, index) =>
      own(arn, ['mayRelease', index], 'this role may put another page in place'),
    ),
    ...served.mayRelease.flatMap((arn, index) =>
      deploys(arn, zone.value.guardrails.deployers)
        ? [
            told(
              ['mayRelease', index],
              'this role deploys, and may put another page in place: one who has it could change what is served, and what says so',
              arn,
              'roles that do not deploy: none of guardrails.deployers, of the CDK’s bootstrap, or of the landing zone itself',
              'name a role of those who release the page and deploy nothing',
            ),
          ]
        : [],
    ),
    ...withheldParties(draft.agreements, served.organisations).map(([id, index, agreement]) =>
      told(
        ['organisations', index],
        `whoever asks for the page of ${id} is told with whom it writes, and ${agreement} withholds that`,
        id,
        'organisations whose correspondence withholds no parties',
        `have ${id} serve its page where only its own people come, and take it out here`,
      ),
    ),
    ...served.organisations.flatMap((id, index) => {
      const path = ['organisations', index];
      const organisation = organisations.get(id)?.value;
      // What is wrong in its file is told there.
      if (organisation === undefined && draft.claimed.organisations.has(id)) return [];
      const signIn = organisation?.membership === 'member' ? organisation.signIn : undefined;
      return signIn?.mayDeposit !== undefined && signIn.mayCollect !== undefined
        ? []
        : [
            told(
              path,
              `${id} has no page to serve: people come to it by signing in, to send and to read`,
              id,
              'organisations with signIn, mayDeposit and mayCollect in it',
              organisation === undefined
                ? 'name an organisation of the register'
                : `write signIn into organisations/${id}.yaml, or take ${id} out here`,
            ),
          ];
    }),
  ];
}

/** The landing zone’s own roles, and those through which it is deployed, are changed and taken on by whoever deploys. */
function deploys(arn: string, deployers: readonly string[]): boolean {
  const path = arn.slice(arn.indexOf(':role/') + ':role'.length);
  return deployers.includes(arn) || path.startsWith(ROLE_PATH) || path.startsWith(`/cdk-${QUALIFIER}-`);
}

/** Of each organisation, agreements on correspondence that are to tell nobody who their parties are. */
function withheldParties(
  agreements: Draft['agreements'],
  served: readonly Organisation['id'][],
): [id: string, index: number, agreement: string][] {
  return served.flatMap((id, index) =>
    [...agreements.values()].flatMap(({ value }): [string, number, string][] =>
      value.correspondence !== undefined && partiesOf(value).includes(id) && isWithheld(value, 'parties')
        ? [[id, index, value.id]]
        : [],
    ),
  );
}
