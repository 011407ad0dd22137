/** What the client says, held against test/client/golden. */
import { goldenIn } from '../golden';

export const golden = goldenIn(__dirname);
