/** `slicewise init`: looks at result files and writes a commented slicewise.yaml that works at once. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ColumnMapping } from '../../cases/index.ts';
import type { Config, Flags, StarterAnswers } from '../../config/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import { UsageError } from '../../errors.ts';
import type { Scope } from '../../scope/index.ts';
import type { Comparison } from '../../stages/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addComparisonOptions } from '../comparison-options.ts';
import { readComparison, wantedBy } from '../comparison-request.ts';
import { writeOutputs } from '../output-files.ts';
import { schemaPath } from '../schema-path.ts';
import type { Shell } from '../shell.ts';

/** The file that is written. */
const TARGET = 'slicewise.yaml';

/** Flags of a comparison that the written file does not hold; they are named when they were given. */
const UNWRITTEN = [
  'rerun',
  'cross',
  'where',
  'critical',
  'floor',
  'margin',
  'blockBudget',
  'reviewBudget',
  'multiplicity',
  'errors',
  'requireEvidence',
  'level',
  'resamples',
  'seed',
  'waivers',
  'ledger',
] as const satisfies readonly (keyof Flags)[];

export const initCommand: CommandModule = {
  usage: 'OLD NEW [options]',
  description:
    'Looks at result files, finds the columns and the dimension to gate, and writes slicewise.yaml with comments that show ' +
    'what can be added: slices that must exist, critical ones, floors, owners, a ledger. The file works at once with ' +
    'slicewise gate.',
  examples: [
    { command: 'slicewise init old.jsonl new.jsonl', shows: 'two runs' },
    {
      command: 'slicewise init new.jsonl --slice customer --force',
      shows: 'one run, cut by customer, written anew',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    addComparisonOptions(command);
    command.option('--force', `replace the ${TARGET} that is there`);
  },
  run: writeStarter,
};

async function writeStarter(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<{ readonly force?: boolean; readonly config?: string | false }>();
  if (existsSync(resolve(shell.cwd, TARGET)) && !options.force) {
    throw new UsageError({
      message: `${TARGET} exists already`,
      hint: 'add --force to replace it, or edit it',
    });
  }
  if (options.config === undefined) command.setOptionValue('config', false);
  const { flags } = wantedBy(command, shell);
  checkFiles(flags);
  const { config } = await readComparison(command, shell);
  const found = await look(config, shell);
  const { flagName, loadConfig, starterConfig } = await import('../../config/index.ts');
  const schema = schemaPath(shell.cwd, import.meta.dirname);
  const text = starterConfig({ ...found.answers, schema });
  await loadConfig(TARGET, text);
  await writeOutputs([{ path: TARGET, text }], shell.cwd);
  await shell.stdout.write(`${[...found.lines, ...closingLines(flags, flagName)].join('\n')}\n`);
  return 0;
}

function checkFiles({ baseline, candidate }: Flags): void {
  const files = [...(baseline ?? []), ...(candidate ?? [])];
  if (files.length === 0) {
    throw new UsageError({
      message: 'no result files are named',
      hint: 'slicewise init OLD NEW, or slicewise init NEW where there is one run only',
    });
  }
  if (files.includes('-')) {
    throw new UsageError({
      message: `${TARGET} cannot name standard input`,
      hint: 'write the results to a file first',
    });
  }
}

interface Found {
  readonly answers: StarterAnswers;
  readonly lines: readonly string[];
}

async function look(config: Config, shell: Shell): Promise<Found> {
  const { configuredRuns, load } = await import('../../stages/index.ts');
  const { resolveScope } = await import('../../scope/index.ts');
  const { visible } = await import('../../reports/index.ts');
  const ports = { cwd: shell.cwd, now: shell.now, stdin: shell.stdin, progress: () => {} };
  const comparison = await load(config, configuredRuns(config), ports);
  try {
    const profile = await comparison.engine.profile();
    const scope = resolveScope(config, profile, comparison.mappings);
    const answers = answersOf(config, comparison, profile, scope);
    return { answers, lines: describe(comparison, profile, answers).map(visible) };
  } finally {
    await comparison.engine.close();
  }
}

function answersOf(
  { inputs, metrics, policy }: Config,
  { mappings }: Comparison,
  profile: ComparisonProfile,
  scope: Scope,
): StarterAnswers {
  const { baseline, candidate } = inputs.runs;
  const [first = {}, ...others] = mappings;
  const shared = Object.entries(first).filter(([role, column]) =>
    others.every((mapping) =>
      Object.entries(mapping).some(([key, value]) => key === role && value === column),
    ),
  );
  const isKept = ([role]: readonly [string, string]) => role !== 'run' || candidate?.run !== null;
  const inBoth = new Set(shared.map(([role]) => role));
  const ownOf = (mapping: ColumnMapping) =>
    Object.fromEntries(Object.entries(mapping).filter((entry) => !inBoth.has(entry[0]) && isKept(entry)));
  const dimensions = scope.groupings.flatMap(({ grouping, role }) => {
    const column = profile.columns.find(({ name }) => grouping.kind === 'column' && name === grouping.column);
    if (column === undefined || role === 'members') return [];
    const { name, top, distinct } = column;
    return [{ column: name, gate: role === 'gated', values: top, distinct }];
  });
  return {
    baseline: baseline?.files ?? [],
    candidate: candidate?.files ?? [],
    baselineRun: baseline?.run ?? undefined,
    candidateRun: candidate?.run ?? undefined,
    columns: Object.fromEntries(shared.filter(isKept)),
    ...(others.length === 0 ? {} : { ownColumns: { baseline: ownOf(first), candidate: ownOf(others[0]!) } }),
    dimensions,
    metrics: metrics.map(({ id }) => id),
    minCases: policy.minCases,
  };
}

function describe(
  { baseline, candidate, mappings }: Comparison,
  profile: ComparisonProfile,
  { dimensions }: StarterAnswers,
): readonly string[] {
  const runs = [
    { name: 'baseline', run: baseline, counts: profile.baseline },
    { name: 'candidate', run: candidate, counts: profile.candidate },
  ].flatMap(({ name, run, counts }) =>
    run === null || counts === null
      ? []
      : [`${name.padEnd(10)} ${run.opened.files.join(', ')}: ${counts.rows} rows, ${counts.cases} cases`],
  );
  const roles = Object.entries(mappings.at(-1) ?? {}).map(([role, column]) => `${role} = ${column}`);
  const gated = dimensions
    .filter(({ gate }) => gate)
    .map(({ column, distinct }) => `${column} (${distinct} values)`);
  const others = dimensions.filter(({ gate }) => !gate).map(({ column }) => column);
  return [
    ...runs,
    ...(baseline === null ? [] : [`paired     ${profile.paired} cases are in both`]),
    `columns    ${roles.join(', ')}`,
    `gated      ${gated.length === 0 ? 'no dimension was found: all cases together' : gated.join(', ')}`,
    ...(others.length === 0 ? [] : [`as comment ${others.join(', ')}`]),
  ];
}

function closingLines(flags: Flags, flagName: (flag: keyof Flags) => string): readonly string[] {
  const names = UNWRITTEN.filter((flag) => flags[flag] !== undefined).map(flagName);
  return [
    '',
    ...(names.length === 0 ? [] : [`Not written, add by hand: ${names.join(', ')}`]),
    `Wrote ${TARGET}. Next: slicewise gate`,
  ];
}
