/** Reads promptfoo's result files: the JSON export, JSON lines and the YAML export. */

import { foundText, foundTexts, type ProblemLog } from '../../../cases/index.ts';
import type { Importer, ImportFile } from '../importer.ts';
import { trialCounter } from '../json-access.ts';
import type { EvalFile } from './eval-file.ts';
import { jsonEval, linesEval } from './json-eval.ts';
import { planRuns } from './plan-runs.ts';
import { type ReadingState, readEval } from './read-eval.ts';
import { isYamlEval, yamlEval } from './yaml-eval.ts';

/** The JSON export: `results` is an object with the list of results or what describes it, early or beside other signs. */
const RESULTS_OBJECT = /"results"\s*:\s*\{\s*"(?:version|timestamp|results|prompts|stats|table)"\s*:/;
const RESULTS_FIRST = new RegExp(`^\\s*\\{[^[{]*${RESULTS_OBJECT.source}`);
const OTHER_SIGNS = /"(?:evalId|promptfooVersion|promptIdx)"\s*:/;

/** What only a result of promptfoo has together. */
const RESULT_KEYS: readonly RegExp[] = [
  /"(?:promptIdx|promptId)"\s*:/,
  /"(?:testIdx|testCase|vars)"\s*:/,
  /"provider"\s*:/,
  /"(?:gradingResult|namedScores|latencyMs)"\s*:/,
];

/** So many names of scores are listed in a message. */
const LISTED = 10;

export const promptfooImporter: Importer = {
  name: 'promptfoo',
  label: 'promptfoo',
  recognises: ({ kind, head }) => kind === 'text' && spelling(head) !== null,
  async *read(files, context) {
    const planned = await planRuns(files.map((file) => openEval(file, context.log)));
    const state: ReadingState = {
      trialOf: trialCounter(),
      resultIds: files.length > 1 ? new Set() : null,
      metrics: new Map(),
    };
    for (const one of planned) yield* readEval(one, state, context);
    const { score, log } = context;
    const names = new Set([...state.metrics.values()].flatMap((metrics) => [...metrics]));
    if (score !== null && names.size > 0 && !names.has(score)) {
      log.add({
        message: `no result has a score ${foundText(score)}`,
        hint: `scores of these results: ${foundTexts([...names], LISTED)}`,
      });
    }
  },
};

/** How a text spells results; null where it is none of promptfoo's. */
function spelling(head: string): 'json' | 'lines' | 'yaml' | null {
  if (RESULTS_FIRST.test(head)) return 'json';
  const first = head.trimStart().split('\n', 1)[0]!;
  if (first.startsWith('{') && RESULTS_OBJECT.test(head) && OTHER_SIGNS.test(head)) return 'json';
  if (first.startsWith('{') && RESULT_KEYS.every((key) => key.test(first))) return 'lines';
  return isYamlEval(head) ? 'yaml' : null;
}

/** Files that are said to be promptfoo's without looking like it are read as what their first character says. */
function openEval(file: ImportFile, log: ProblemLog): EvalFile {
  const found = spelling(file.head) ?? (file.head.trimStart().startsWith('{') ? 'json' : 'yaml');
  if (found === 'json') return jsonEval(file);
  return found === 'lines' ? linesEval(file) : yamlEval(file, log);
}
