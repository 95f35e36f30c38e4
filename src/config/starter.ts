/** Writes the commented `slicewise.yaml` with which `slicewise init` starts a project. */

import { formatName } from '../slices/index.ts';
import { DEFAULT_POLICY } from './defaults.ts';
import { spelled } from './written-yaml.ts';

/** What was found in the files, in the order in which it is written. */
export interface StarterAnswers {
  readonly baseline: readonly string[];
  readonly candidate: readonly string[];
  /** Text of the run column that selects a run, where a file holds several. */
  readonly baselineRun?: string | undefined;
  readonly candidateRun?: string | undefined;
  /** Role to column, detected or chosen. */
  readonly columns: Readonly<Record<string, string>>;
  /** Roles whose columns differ between the runs. */
  readonly ownColumns?: Readonly<Record<'baseline' | 'candidate', Readonly<Record<string, string>>>>;
  /** Columns that can be cut by; those with `gate` are gated, the others stand as comments. */
  readonly dimensions: readonly {
    readonly column: string;
    readonly gate: boolean;
    readonly values: readonly { readonly value: string; readonly cases: number }[];
    /** Distinct values, of which `values` may be the largest only. */
    readonly distinct: number;
  }[];
  /** Short forms, such as `passRate`; empty leaves the default. */
  readonly metrics: readonly string[];
  readonly minCases?: number;
  /** Path of the JSON Schema from the file; null for none, absent where the package is installed beside the file. */
  readonly schema?: string | null;
}

/** Where the package is installed beside the configuration; elsewhere `schema` of the answers says where it is. */
const INSTALLED_SCHEMA = './node_modules/slicewise/schema/config.json';

/** Values listed below a dimension. */
const LISTED = 12;

/**
 * The text of a configuration that says what was found and shows, as comments, what can be added. It loads without problems.
 *
 * @example starterConfig({ baseline: ['old.jsonl'], candidate: ['new.jsonl'], columns: {}, dimensions: [], metrics: [] })
 *   .split('\n')[0] // '# yaml-language-server: $schema=./node_modules/slicewise/schema/config.json'
 */
export function starterConfig(answers: StarterAnswers): string {
  const minCases = answers.minCases ?? DEFAULT_POLICY.minCases;
  const { schema = INSTALLED_SCHEMA } = answers;
  return [
    ...(schema === null ? [] : [`# yaml-language-server: $schema=${schema}`]),
    '# What slicewise compares, how it cuts the cases, and when it blocks. Run it with: slicewise gate',
    '',
    '# Files that every command reads, relative to this file. Patterns such as results/*.jsonl work.',
    ...inputLines(answers),
    '',
    '# Which column plays which role. Common names are found without this.',
    ...columnLines(answers),
    '',
    '# How the cases are cut. Every slice with enough cases is gated against its own baseline.',
    ...sliceLines(answers, minCases),
    '',
    '# What is measured. A number without natural bounds needs a margin in its own unit.',
    ...metricLines(answers.metrics),
    '',
    '# The rules of the gate. Rates are between 0 and 1; what stands here is the default.',
    'policy:',
    `  margin: ${DEFAULT_POLICY.margin} # smallest drop that can block: 5 points`,
    `  minCases: ${minCases} # below this a slice is shown, never gated`,
    `  blockBudget: ${DEFAULT_POLICY.blockBudget} # share of clean releases that may block`,
    `  reviewBudget: ${DEFAULT_POLICY.reviewBudget} # share of clean releases that may call for a review`,
    '  # floor: 0.85 # lowest acceptable rate of every slice; none unless set',
    '  # requireEvidence: true # an undecided critical slice reads UNTESTED instead of REVIEW',
    '  # confirmation: { casesPerNominee: 150 } # a second stage on fresh cases',
    '',
    '# Exceptions with an owner and an end, and the memory of runs and verdicts.',
    '# waivers: slicewise-waivers.yaml',
    '# ledger: .slicewise/ledger.db',
    '',
  ].join('\n');
}

function inputLines(answers: StarterAnswers): readonly string[] {
  const { baseline, candidate } = answers;
  const run = (name: 'baseline' | 'candidate') => {
    const files = answers[name];
    const selected = answers[`${name}Run`];
    if (files.length === 0) return `    # ${name}: PATH`;
    if (selected !== undefined) return `    ${name}: { files: ${list(files)}, run: ${scalar(selected)} }`;
    return `    ${name}: ${files.length === 1 ? scalar(files[0] as string) : list(files)}`;
  };
  const rest = [
    '    # rerun: PATH # a second run of the unchanged baseline; measures churn',
    '  # train: { baseline: PATH, candidate: PATH }',
    '  # logs: PATH',
  ];
  const isEmpty = baseline.length === 0 && candidate.length === 0;
  return isEmpty
    ? ['# inputs:', '#   runs: { baseline: PATH, candidate: PATH }']
    : ['inputs:', '  runs:', run('baseline'), run('candidate'), ...rest];
}

function columnLines({ columns, ownColumns }: StarterAnswers): readonly string[] {
  const lines = (roles: Readonly<Record<string, string>>, indent: string) =>
    Object.entries(roles).map(([role, column]) => `${indent}${role}: ${scalar(column)}`);
  const own = (['baseline', 'candidate'] as const).flatMap((run) => {
    const roles = lines(ownColumns?.[run] ?? {}, '    ');
    return roles.length === 0 ? [] : [`  ${run}:`, ...roles];
  });
  const all = [...lines(columns, '  '), ...own];
  return all.length === 0 ? ['# columns: { caseId: id, passed: correct }'] : ['columns:', ...all];
}

function sliceLines({ dimensions, columns }: StarterAnswers, minCases: number): readonly string[] {
  const lines = dimensions.flatMap(({ column, gate, values, distinct }) => {
    const listed = values.slice(0, LISTED).map(({ value, cases }) => {
      const small = cases < minCases ? ', too few to gate' : '';
      return `  #     ${scalar(value)}: ${cases} cases${small}`;
    });
    const more = distinct > listed.length ? [`  #     and ${distinct - listed.length} more`] : [];
    return [`  ${gate ? '' : '# '}- column: ${scalar(column)}`, ...listed, ...more];
  });
  const [first, second] = [...dimensions].sort((x, y) => Number(y.gate) - Number(x.gate));
  const column = first?.column ?? 'customer';
  const members = first?.values.slice(0, 2).map(({ value }) => value) ?? ['acme', 'globex'];
  const [one = 'acme'] = members;
  const other = second?.column ?? (column === 'language' ? 'customer' : 'language');
  const { input = 'input', timestamp = 'timestamp' } = columns;
  const example = [
    '  # Rules for single values, families, crosses, predicates and ranges:',
    `  # - column: ${scalar(column)}`,
    `  #   values: { ${scalar(one)}: { critical: true, floor: 0.9, owner: payments@example.com } }`,
    `  #   families: { important: ${list(members.length === 0 ? [one] : members)} }`,
    '  #   ignore: [internal]',
    `  # - cross: [${scalar(column)}, ${scalar(other)}]`,
    '  # - name: long inputs',
    `  #   where: ${scalar(`length(${formatName(input)}) > 8000 and ${formatName(column)} == '${one.replaceAll("'", "''")}'`)}`,
    `  # - length: { column: ${scalar(input)}, unit: words, edges: [50, 200] }`,
    `  # - time: { column: ${scalar(timestamp)}, by: weekday }`,
    '  # - derived.language # computed; also input_tokens, script, has_code, has_number, has_url, readability,',
    '  #   # modality, boilerplate, cluster, turns, tools, tool_count, source, hour, weekday, month',
  ];
  return ['slices:', ...lines, ...example];
}

function metricLines(metrics: readonly string[]): readonly string[] {
  const example = '  # - { quantile: latency, q: 0.95, direction: lower, margin: 200 }';
  return ['metrics:', ...metrics.map((metric) => `  - ${scalar(metric)}`), example];
}

function list(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`;
}

/** A text as YAML on one line: bare where nobody can misread it, else in double quotes with everything odd escaped. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z_./][A-Za-z0-9_./-]*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|[.]+(?:inf|nan)?)$/i.test(text);
  if (isPlain) return text;
  return spelled(JSON.stringify(text));
}
