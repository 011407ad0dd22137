/** What the buckets let the page ask, and see. */
import { mailboxCors } from '../../lib/policy';

const [rule] = mailboxCors('https://mailbox.example.gov.uk', 'writes').corsRules;

export const CORS = {
  allowedHeaders: rule?.allowedHeaders ?? [],
  exposedHeaders: rule?.exposedHeaders ?? [],
};
