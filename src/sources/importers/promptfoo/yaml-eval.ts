/** promptfoo's YAML export, which is parsed as a whole and therefore limited in size. */

import { LineCounter, parseDocument } from 'yaml';
import { foundText, type ProblemLog } from '../../../cases/index.ts';
import { readable } from '../../byte-source.ts';
import { textBlocks } from '../../text-blocks.ts';
import type { ImportFile } from '../importer.ts';
import { list, path } from '../json-access.ts';
import { type EvalFile, type EvalValues, RESULTS, WANTED_VALUES } from './eval-file.ts';

/** Larger exports are refused: the parser needs about 100 times as much memory, and has to see all of it at once. */
export const LARGEST_YAML_CHARACTERS = 2 ** 24;

/** Whether a text is promptfoo's YAML export. */
export function isYamlEval(head: string): boolean {
  return (
    /^(?:evalId|results):/m.test(head) &&
    /^results:\s*\n {2}(?:version|timestamp|prompts|results|stats):/m.test(head)
  );
}

/** The YAML export. It is parsed when it is first asked for and then kept. */
export function yamlEval(file: ImportFile, log: ProblemLog): EvalFile {
  let parsed: Promise<{ value: unknown; lines: readonly number[] } | null> | null = null;
  const document = (): NonNullable<typeof parsed> => {
    parsed ??= parseExport(file, log);
    return parsed;
  };
  const values = async (): Promise<EvalValues> => {
    const value = (await document())?.value;
    return Object.fromEntries(
      WANTED_VALUES.map((name) => [name, path(value, name)]).filter(([, found]) => found !== undefined),
    );
  };
  return {
    file,
    values,
    async *results(onValue, again) {
      const found = await document();
      if (found === null) return;
      for (const [name, value] of Object.entries(await values())) onValue(name, value);
      const results = path(found.value, RESULTS);
      if (list(results) === null && results !== undefined && results !== null) {
        again.add({
          message: `${foundText(RESULTS)} is no list`,
          where: { file: file.source.label, line: 1, field: RESULTS },
        });
      }
      yield* (list(results) ?? []).map((value, at) => ({ value, line: found.lines[at] ?? 1 }));
    },
  };
}

async function parseExport(
  file: ImportFile,
  log: ProblemLog,
): Promise<{ value: unknown; lines: readonly number[] } | null> {
  const { label } = file.source;
  let text = '';
  for await (const block of textBlocks(readable(file.source, file.compression), label)) {
    text += block;
    if (text.length > LARGEST_YAML_CHARACTERS) {
      log.add({
        message: `the YAML export is longer than ${LARGEST_YAML_CHARACTERS} characters`,
        hint: 'export JSON or JSONL, which have no limit: promptfoo export eval ID -o results.json',
        where: { file: label },
      });
      return null;
    }
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent', version: '1.2' });
  for (const { message, linePos } of document.errors) {
    const [start] = linePos ?? [];
    log.add({
      message: `the YAML is malformed: ${message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}`,
      where: { file: label, ...(start === undefined ? {} : { line: start.line, column: start.col }) },
    });
  }
  if (document.errors.length > 0) return null;
  const items = (document.getIn(RESULTS.split('.')) as { items?: { range?: [number] }[] } | undefined)?.items;
  const lines = (items ?? []).map((item) => counter.linePos(item.range?.[0] ?? 0).line);
  try {
    return { value: document.toJS({ maxAliasCount: 1_000 }) as unknown, lines };
  } catch (error) {
    log.add({ message: `the YAML cannot be read: ${(error as Error).message}`, where: { file: label } });
    return null;
  }
}
