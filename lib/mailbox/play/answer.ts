/** What is asked of a play over HTTP, and what it answers. */

/** A request, once all of it is here. */
export interface PlayRequest {
  readonly method: string;
  /** Decoded, with a slash at its beginning. */
  readonly path: string;
  /** As it was sent: signatures are of it. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** An answer. */
export interface PlayAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
