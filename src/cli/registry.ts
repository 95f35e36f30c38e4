/** Every command: its question, its line in the help, and where its file is. A new command is added here and nowhere else. */

import type { CommandGroup, CommandModule } from './command-module.ts';

/** The questions that commands answer, in the order of the help. */
export const GROUPS = {
  start: 'Start:',
  ship: 'Ship: may this release go out?',
  find: 'Find: which slices did nobody declare?',
  data: 'Data: what do we measure on?',
} as const;

/** A command as the help lists it. */
export interface CommandEntry {
  readonly name: string;
  readonly group: keyof typeof GROUPS;
  /** At most 60 characters. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule | CommandGroup>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    group: 'start',
    summary: 'look at result files and write a slicewise.yaml',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'baseline',
    group: 'start',
    summary: 'train a cheap text classifier, and answer rows with it',
    load: async () => (await import('./commands/baseline.ts')).baselineCommand,
  },
  {
    name: 'gate',
    group: 'ship',
    summary: 'compare two runs slice by slice and decide',
    load: async () => (await import('./commands/gate.ts')).gateCommand,
  },
  {
    name: 'studio',
    group: 'ship',
    summary: 'look at verdict, slices and cases in the browser',
    load: async () => (await import('./commands/studio.ts')).studioCommand,
  },
  {
    name: 'history',
    group: 'ship',
    summary: 'how slices moved over the recorded gates',
    load: async () => (await import('./commands/history.ts')).historyCommand,
  },
  {
    name: 'anchor',
    group: 'ship',
    summary: 'decide that drift is counted from now on',
    load: async () => (await import('./commands/anchor.ts')).anchorCommand,
  },
  {
    name: 'power',
    group: 'ship',
    summary: 'what this gate can see, and the cases that it needs',
    load: async () => (await import('./commands/power.ts')).powerCommand,
  },
  {
    name: 'aa',
    group: 'ship',
    summary: 'how often it would err if nothing had changed',
    load: async () => (await import('./commands/aa.ts')).aaCommand,
  },
  {
    name: 'strategies',
    group: 'ship',
    summary: 'what other ways to gate would have done',
    load: async () => (await import('./commands/strategies.ts')).strategiesCommand,
  },
  {
    name: 'report',
    group: 'find',
    summary: 'every slice and class with intervals; no verdict',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  {
    name: 'discover',
    group: 'find',
    summary: 'find the slices that are worst, or changed most',
    load: async () => (await import('./commands/discover.ts')).discoverCommand,
  },
  {
    name: 'families',
    group: 'find',
    summary: 'group small segments by their inputs, to be gated together',
    load: async () => (await import('./commands/families.ts')).familiesCommand,
  },
  {
    name: 'import',
    group: 'data',
    summary: "what another tool's results hold; write them as rows",
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    name: 'logs',
    group: 'data',
    summary: 'what the eval set lacks of what production has',
    load: async () => (await import('./commands/logs.ts')).logsCommand,
  },
  {
    name: 'sample',
    group: 'data',
    summary: 'draw cases from logs: floors, designs, worksheets',
    load: async () => (await import('./commands/sample.ts')).sampleCommand,
  },
  {
    name: 'data',
    group: 'data',
    summary: 'what is wrong with rows; write a cleaned copy',
    load: async () => (await import('./commands/data.ts')).dataCommand,
  },
  {
    name: 'splits',
    group: 'data',
    summary: 'hold out sources, periods, rare cases; check for leaks',
    load: async () => (await import('./commands/splits.ts')).splitsCommand,
  },
  {
    name: 'forecast',
    group: 'data',
    summary: 'the score to expect on inputs that nobody labelled',
    load: async () => (await import('./commands/forecast.ts')).forecastCommand,
  },
  {
    name: 'export',
    group: 'data',
    summary: 'write a run for Every Eval Ever or MLflow',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'tag',
    group: 'data',
    summary: 'make a dimension by rules, and check it by hand',
    load: async () => (await import('./commands/tag.ts')).tagCommand,
  },
  {
    name: 'experiments',
    group: 'data',
    summary: 'training runs: what compares, moved, diverged; MLflow, W&B',
    load: async () => (await import('./commands/experiments.ts')).experimentsCommand,
  },
];
