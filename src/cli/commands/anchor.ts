/** `slicewise anchor`: a person decides that drift is counted from the newest run on. */

import type { Command } from 'commander';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addLedgerOptions, type LedgerOptions, ledgerPath } from '../ledger-path.ts';
import type { Shell } from '../shell.ts';

type AnchorOptions = LedgerOptions & {
  readonly name: string;
  readonly reason: string;
  readonly who: string;
  readonly run?: string;
};

export const anchorCommand: CommandModule = {
  usage: '--reason TEXT --who NAME [options]',
  description:
    'Records in the ledger that drift is counted from now on: from the newest run of a name, or from the run that is given. ' +
    'Do this when a change of level was meant, and say why; the history names the reason. Nothing recorded is changed.',
  examples: [
    {
      command: "slicewise anchor --reason 'new answer policy, reviewed' --who ana@example.com",
      shows: 'accept the level of the newest run of main',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    addLedgerOptions(command);
    command
      .option('--name <name>', 'name of the line of runs', 'main')
      .requiredOption('--reason <text>', 'why the level is accepted')
      .requiredOption('--who <name>', 'who decided it')
      .option('--run <id>', 'id of a recorded run (default: the newest)');
  },
  run: setAnchor,
};

async function setAnchor(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<AnchorOptions>();
  const { name, reason, who, run } = options;
  const path = await ledgerPath(options, shell);
  const { openLedger } = await import('../../ledger/index.ts');
  const ledger = await openLedger(path, { now: shell.now, create: false });
  try {
    const { recordedAt } = await ledger.recordAnchor({
      name,
      reason,
      who,
      ...(run === undefined ? {} : { runId: run }),
    });
    const { visible } = await import('../../reports/index.ts');
    await shell.stdout.write(
      `Drift of ${visible(name)} is counted from ${recordedAt.slice(0, 10)} on (${visible(who)}: ${visible(reason)}).\n`,
    );
    return 0;
  } finally {
    await ledger.close();
  }
}
