/** Requests: flags and configuration files become what the pipeline runs. */
export { CONFIG_FILE, prepareConfig, prepareRequest, type Wanted } from './prepare.ts';
export { repeatArguments } from './repeat-arguments.ts';
export { shellQuote } from './shell-quote.ts';
