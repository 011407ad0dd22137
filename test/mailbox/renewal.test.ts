/** That a sign-out in the middle of a renewal ends what comes of it. */
import type { IdToken, Provider, Renewable } from '../../lib/client/in-browsers';
import { Renewal } from '../../lib/mailbox/page/session/renewal';

const token: IdToken = { token: 'a.b.c', subject: 'somebody', methods: [], ends: 3_600_000 };

test('what is given for a renewal after the sign-out renews nothing, and the provider is told to forget it', async () => {
  const revoked: string[] = [];
  let give: (found: Renewable) => void = () => undefined;
  const provider = {
    renewed: () => new Promise<Renewable>((done) => (give = done)),
    revoke: async (refresh: string) => void revoked.push(refresh),
  } as unknown as Provider;
  const { renewal } = Renewal.of(provider, { token, refresh: 'first' }, () => 0);
  const renewed = renewal?.renewed();
  await renewal?.end();
  give({ token, refresh: 'second' });
  expect(await renewed).toBeUndefined();
  expect(revoked).toEqual(['second']);
  expect(await renewal?.renewed()).toBeUndefined();
});
