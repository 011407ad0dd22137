/** That the zone’s stack with the mailbox’s page in it passes every check, with no reason that covers nothing. */
import { letters, SERVES } from '../register/letters';
import { synthesised } from './sample-assembly';

test('every rule and check holds, or its finding is acknowledged', () => {
  const { folder } = synthesised({ files: letters(...SERVES), checks: true });
  expect(folder).not.toBe('');
});
