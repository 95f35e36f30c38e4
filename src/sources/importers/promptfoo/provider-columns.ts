/** The columns of a promptfoo eval, which are prompts times providers, and the runs that they are. */

import { contentId, list, number, record, text } from '../json-access.ts';
import type { EvalValues } from './eval-file.ts';

/** One prompt under one provider. */
export interface Column {
  /** Identity inside of one file: the place in the header's list, else what the results say (see `keyOf`). */
  readonly key: string;
  /** The provider's label where it has one, else its id. */
  readonly provider: string;
  /** The prompt's label. */
  readonly prompt: string;
  /** The text of the prompt before variables were put in; null where the file does not have it. */
  readonly template: string | null;
}

/** A column with the key of its run. */
export interface NamedColumn extends Column {
  readonly run: string;
  /** Of the template; null where the file does not have it. */
  readonly promptFingerprint: string | null;
}

/** Characters of a prompt's label in the key of a run. */
const LONGEST_PROMPT = 40;
const HASH_DIGITS = 6;

/** The columns that a header lists; null where it lists none. */
export function headerColumns(values: EvalValues): readonly Column[] | null {
  const prompts = list(values['results.prompts']) ?? list(values['results.table.head.prompts']);
  const columns = (prompts ?? []).map((entry, at) => {
    const prompt = record(entry);
    const raw = text(prompt?.raw);
    return {
      key: String(at),
      provider: text(prompt?.provider) ?? '',
      prompt: text(prompt?.label) ?? text(prompt?.display) ?? raw ?? '',
      template: raw,
    };
  });
  return columns.length === 0 ? null : columns;
}

/** The column that a result says it belongs to. */
export function resultColumn(result: Readonly<Record<string, unknown>>): Column {
  const provider = record(result.provider);
  const prompt = record(result.prompt);
  const names = {
    provider: text(provider?.label) || text(provider?.id) || text(result.provider) || '',
    prompt: text(prompt?.label) ?? text(prompt?.display) ?? text(result.promptId) ?? '',
  };
  return { key: keyOf(result, names), ...names, template: null };
}

/**
 * The column of a result among those that the file has. The header lists columns by `promptIdx`; without one, lines of several
 * evals may stand in one file, where each eval counts from 0 anew, so that the index alone would mix providers.
 */
export function columnOf(
  result: Readonly<Record<string, unknown>>,
  columns: ReadonlyMap<string, NamedColumn>,
): NamedColumn | undefined {
  const index = number(result.promptIdx);
  return (index === null ? undefined : columns.get(String(index))) ?? columns.get(resultColumn(result).key);
}

function keyOf(
  result: Readonly<Record<string, unknown>>,
  { provider, prompt }: Pick<Column, 'provider' | 'prompt'>,
): string {
  const id = text(record(result.provider)?.id) ?? '';
  return JSON.stringify([number(result.promptIdx), text(result.evalId), provider, id, prompt]);
}

/** Whether provider and label of the prompt leave columns of a file that are the same. */
export function haveTwins(columns: readonly Column[]): boolean {
  return (
    new Set(columns.map(({ provider, prompt }) => JSON.stringify([provider, prompt]))).size < columns.length
  );
}

/**
 * The run of each column: the provider, with the prompt's label where there are several. Where even that leaves columns of
 * the same name, a hash of what differs is added: of the prompt's text, else of the provider's configuration; else (the file
 * has neither) their place among each other.
 *
 * @param providers `config.providers` of the eval, if it is known
 * @param manyPrompts whether the evals that are read together have several prompts
 */
export function nameColumns(
  columns: readonly Column[],
  providers: unknown,
  manyPrompts: boolean,
): readonly NamedColumn[] {
  const configs = providerConfigs(providers);
  const named = columns.map((column) => ({
    ...column,
    promptFingerprint: column.template === null ? null : contentId(column.template),
    run: manyPrompts ? `${column.provider} | ${shortPrompt(column.prompt)}` : column.provider,
  }));
  return named.map((column) => {
    const twins = named
      .filter(({ run }) => run === column.run)
      .toSorted((a, b) => (number(Number(a.key)) ?? 0) - (number(Number(b.key)) ?? 0));
    if (twins.length === 1) return column;
    const marks =
      differing(twins.map(({ promptFingerprint }) => promptFingerprint)) ??
      differing(
        (configs.get(column.provider) ?? []).map((config) => contentId(config)),
        twins.length,
      ) ??
      twins.map((_, at) => String(at + 1));
    return { ...column, run: `${column.run} #${marks[twins.indexOf(column)]!}` };
  });
}

/** Short forms of some hashes, if they are all there and all differ. */
function differing(hashes: readonly (string | null)[], count = hashes.length): readonly string[] | null {
  const short = hashes.filter((hash) => hash !== null).map((hash) => hash.slice(0, HASH_DIGITS));
  return short.length === count && new Set(short).size === count ? short : null;
}

/** Configurations by label or id, in the order of the eval. */
function providerConfigs(providers: unknown): ReadonlyMap<string, readonly unknown[]> {
  const configs = new Map<string, unknown[]>();
  for (const provider of list(providers) ?? []) {
    const fields = record(provider);
    const [onlyKey] = Object.keys(fields ?? {});
    const id = text(provider) ?? text(fields?.id) ?? onlyKey ?? '';
    const name = text(fields?.label) || id;
    configs.set(name, [...(configs.get(name) ?? []), fields?.config ?? fields?.[id] ?? null]);
  }
  return configs;
}

function shortPrompt(label: string): string {
  const line = label.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_PROMPT) return line;
  return `${line.slice(0, LONGEST_PROMPT).toWellFormed()}... ${contentId(label).slice(0, HASH_DIGITS)}`;
}
