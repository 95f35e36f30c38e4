/** What a question to the studio looks like: parameters in, an answer out, both plain JSON. Types alone, so that the front end can import them. */

/** One endpoint: what it takes and what it gives. `writes` marks those that change a file or the ledger. */
export interface Endpoint<Params, Answer, Writes extends boolean = false> {
  readonly params: Params;
  readonly answer: Answer;
  readonly writes: Writes;
}

/** A question without parameters. */
export type NoParams = Readonly<Record<never, never>>;

/** What every refused or failed request answers, beside an HTTP status that is not 200. */
export interface Failure {
  readonly problems: readonly {
    /** What was found, and what was expected. */
    readonly message: string;
    /** What to do. */
    readonly hint: string | null;
    /** `file:line:column`, or the name of a parameter. */
    readonly where: string | null;
  }[];
}
