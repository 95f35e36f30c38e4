/** What a command may touch of the process that it runs in. */

/** Standard output or standard error. */
export interface Output {
  readonly isTerminal: boolean;
  /** Cells in a line; null where it is no terminal. */
  readonly columns: number | null;
  /** Resolves when the text is handed over; a reader that went away is no error. */
  write(text: string): Promise<void>;
  /** Puts a text in place of the current line of a terminal; does nothing elsewhere. */
  replaceLine(text: string): void;
}

/** The surroundings of one command. */
export interface Shell {
  /** Absolute; relative paths of arguments start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves at the first Ctrl-C or request to end, which from then on no longer ends the process at once. */
  readonly interrupted?: () => Promise<void>;
}
