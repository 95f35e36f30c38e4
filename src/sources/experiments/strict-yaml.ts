/** How the small YAML files of experiment stores are read. */

/** What does not parse throws in one line: `logLevel: 'silent'` would read half of it without a word. */
export const STRICT_YAML = { maxAliasCount: 0, logLevel: 'error', prettyErrors: false } as const;
