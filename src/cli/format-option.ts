/** The option that says how the answer of a command is printed. */

import { Option } from 'commander';

/** `--format terminal|markdown|json|csv`; the terminal's page unless told. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how the answer is printed')
    .choices(['terminal', 'markdown', 'json', 'csv'])
    .default('terminal');
}
