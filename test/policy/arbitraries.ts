/** Random ids and days, as the register allows them. */
import fc from 'fast-check';
import { addDays, dateOf, type IsoDate } from '../../lib/register/calendar';
import { accountId, agreementId, organisationId } from '../../lib/register/schema/scalars';

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const handle = (longest: number) =>
  fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/), fc.array(word, { maxLength: 5 }))
    .map(([first, more]) => [first, ...more].join('-'))
    .filter((text) => text.length <= longest);

/** Any id of an organisation. */
export const anyOrganisationId = handle(24).map((text) => organisationId.parse(text));

/** Any id of an agreement. */
export const anyAgreementId = handle(48).map((text) => agreementId.parse(text));

/** Any account. */
export const anyAccount = fc.stringMatching(/^\d{12}$/).map((text) => accountId.parse(text));

/** Any day of the years in which agreements run. */
export const anyDay = fc
  .integer({ min: 0, max: 5000 })
  .map((days): IsoDate => addDays(dateOf('2026-01-01'), days));
