/** `slicewise history`: how slices moved over the gates that a ledger recorded. */

import { type Command, Option } from 'commander';
import { UsageError } from '../../errors.ts';
import type { HistoryQuery } from '../../ledger/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { addLedgerOptions, type LedgerOptions, ledgerPath } from '../ledger-path.ts';
import type { Shell } from '../shell.ts';

type HistoryOptions = DisplayOptions &
  LedgerOptions & {
    readonly metric?: string;
    readonly name?: string;
    readonly limit?: string;
    readonly format?: 'terminal' | 'json';
  };

export const historyCommand: CommandModule = {
  usage: '[SLICE] [options]',
  description:
    'Shows how every slice, or one, moved over the gates that the ledger recorded: values, verdicts, and the drift since the ' +
    'last anchor (or the first release, or a change of judge or data set). Small losses that each gate let pass add up here. ' +
    'SLICE is a value such as refund_flow, customer=refund_flow, or a column.',
  examples: [
    { command: 'slicewise history --ledger .slicewise/ledger.db', shows: 'all slices, slides first' },
    { command: 'slicewise history customer=refund_flow --limit 50', shows: 'one slice, gate by gate' },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    command.argument('[slice]', 'a slice id, a value, a column, or column=value; all slices where absent');
    addLedgerOptions(command);
    command
      .option('--metric <metric>', 'only this metric, such as passRate')
      .option('--name <name>', 'only gates with this run name, such as main')
      .option('--limit <n>', 'newest gates to show (default: 20)')
      .addOption(new Option('--format <format>', 'how it is printed').choices(['terminal', 'json']));
    addDisplayOptions(command, { all: false });
  },
  run: showHistory,
};

async function showHistory(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<HistoryOptions>();
  const display = displayOf(options, shell);
  const query: HistoryQuery = {
    ...(command.args[0] === undefined ? {} : { slice: command.args[0] }),
    ...(options.metric === undefined ? {} : { metric: options.metric }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.limit === undefined ? {} : { limit: readLimit(options.limit) }),
  };
  const path = await ledgerPath(options, shell);
  const { openLedger } = await import('../../ledger/index.ts');
  const ledger = await openLedger(path, { now: shell.now, create: false });
  try {
    const history = await ledger.history(query);
    const { renderHistory } = await import('../../reports/index.ts');
    const text =
      options.format === 'json' ? `${JSON.stringify(history, null, 2)}\n` : renderHistory(history, display);
    await shell.stdout.write(text);
    return 0;
  } finally {
    await ledger.close();
  }
}

function readLimit(text: string): number {
  const limit = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1) return limit;
  throw new UsageError({
    message: `--limit is ${JSON.stringify(text)}, must be a whole number from 1 to 999999`,
  });
}
