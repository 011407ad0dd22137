/** That the rehearsal bootstraps accounts under the names that the stacks look for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUALIFIER, stagingBucketName } from '../../lib/names/bootstrap-names';
import type { AccountId } from '../../lib/register/schema/organisation';
import { registerOf } from '../policy/sample-register';
import { synthesised } from '../stacks/sample-assembly';

test('the parameter and the bucket of every stack are those that a bootstrap under our qualifier makes', () => {
  const { folder, zone, organisations } = synthesised();
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  const parameters = new Set(text.match(/\/cdk-bootstrap\/[a-z0-9-]+\/version/g));
  expect([...parameters]).toEqual([`/cdk-bootstrap/${QUALIFIER}/version`]);
  const assets = readdirSync(folder).filter((file) => /^(?:Zone|Organisation-.+)\.assets\.json$/.test(file));
  expect(assets.length).toBeGreaterThan(organisations.length / 2);
  for (const file of assets) {
    const account = [zone, ...organisations].find(({ name }) => file === `${name}.assets.json`)?.account;
    const buckets = readFileSync(join(folder, file), 'utf8').match(/(?<="bucketName": ")[^"]+/g);
    expect(new Set(buckets)).toEqual(new Set([stagingBucketName(account as AccountId, registerOf().zone)]));
  }
});
