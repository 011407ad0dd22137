/** What reading a row group holds in memory. */
import { tooLarge } from './fault';
import { MOST_HELD_BYTES } from './limits';

/** What all columns of a row group hold together, packed and unpacked, so that their sum can be bounded. */
export class Held {
  #bytes = 0;

  /** Takes so many bytes more, or fewer: before they are read, where they are many. @throws ParquetError where they are too many */
  change(by: number): void {
    this.#bytes += by;
    if (this.#bytes > MOST_HELD_BYTES) tooLarge('the pages of its columns do not fit into memory together');
  }
}
