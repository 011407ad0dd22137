/** The app roles that a person’s token gives, as STS reads session tags. */
import { APP_ROLE_TAG } from '../../../names';

/** The claim that holds session tags, and the beginning of those that a provider without nested claims writes, one for each tag. */
const TAGS = 'https://aws.amazon.com/tags';

interface Nested {
  readonly principal_tags?: Readonly<Record<string, unknown>>;
}

/**
 * The app roles that a token gives; none where it cannot be read. Nothing is decided by it but what is shown first: the roles of AWS
 * let in by the token itself, whoever reads it here. STS takes a tag nested in one claim, or in a claim of its own, as providers have
 * it whose claims are texts and lists of texts, such as Entra ID.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 */
export function appRolesIn(token: string): ReadonlySet<string> {
  try {
    const middle = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(middle), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
    const nested = (claims[TAGS] as Nested | undefined)?.principal_tags?.[APP_ROLE_TAG];
    const flat = claims[`${TAGS}/principal_tags/${APP_ROLE_TAG}`];
    return new Set([nested ?? [], flat ?? []].flat().filter((each) => typeof each === 'string'));
  } catch {
    return new Set();
  }
}
