/** The columns of a promptfoo eval, which are prompts times providers, and the runs that they are. */

import { contentId, list, number, record, text } from '../json-access.ts';
import type { EvalValues } from './eval-file.ts';

/** One prompt under one provider. */
export interface Column {
  /** Identity inside of one file. */
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
  const index = number(result.promptIdx);
  return {
    key: index === null ? `${names.provider} ${names.prompt}` : String(index),
    ...names,
    template: null,
  };
}

/** Whether the columns of a file cannot be told apart by provider and prompt. */
export function haveTwins(columns: readonly Column[]): boolean {
  return new Set(columns.map(nameOf)).size < columns.length;
}

/**
 * The run of each column: the provider, with the prompt where there are several, and with a hash of the provider's
 * configuration (or its place among its like, where the file has no configuration) where even that leaves two.
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
  const ordered = columns.toSorted((a, b) => (number(Number(a.key)) ?? 0) - (number(Number(b.key)) ?? 0));
  return columns.map((column) => {
    const promptFingerprint = column.template === null ? null : contentId(column.template);
    const name = manyPrompts ? `${column.provider} | ${shortPrompt(column.prompt)}` : column.provider;
    const twins = ordered.filter((other) => nameOf(other) === nameOf(column));
    if (twins.length === 1) return { ...column, promptFingerprint, run: name };
    const own = configs.get(column.provider) ?? [];
    const hashes = own.map((config) => contentId(config).slice(0, HASH_DIGITS));
    const place = twins.indexOf(column);
    const isKnown = own.length === twins.length && new Set(hashes).size === own.length;
    return { ...column, promptFingerprint, run: `${name} #${isKnown ? hashes[place]! : String(place + 1)}` };
  });
}

function nameOf({ provider, prompt, template }: Column): string {
  return JSON.stringify([provider, prompt, template]);
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
