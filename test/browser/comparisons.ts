/** The comparisons that browser tests look at, each in a folder of its own, so that what a test writes harms nobody. */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { sharedPath } from '../shared-folder.ts';

/** A folder and the arguments of a command that runs in it. */
export interface PreparedComparison {
  readonly folder: string;
  readonly args: readonly string[];
  /** Takes the folder away. */
  remove(): void;
}

const ARTICLE = fileURLToPath(new URL('../../examples/article', import.meta.url));

/**
 * The table of the article: 1,200 cases of which one small segment falls.
 *
 * @param more files beside it; where `slicewise.yaml` is among them it names the runs
 */
export function articleComparison(more: Readonly<Record<string, string>> = {}): PreparedComparison {
  const hasConfig = 'slicewise.yaml' in more;
  const made = writtenComparison(
    more,
    hasConfig ? [] : ['before.jsonl', 'after.jsonl', '--slice', 'segment'],
  );
  for (const name of readdirSync(ARTICLE).filter((file) => file.endsWith('.jsonl'))) {
    cpSync(join(ARTICLE, name), join(made.folder, name));
  }
  return made;
}

/** BIG-Bench Hard, answers only against chain of thought: 6,511 real cases. Null where the data are absent. */
export function bbhComparison(): PreparedComparison | null {
  const path = sharedPath('data', 'bbh', 'cases.csv.gz');
  if (path === null) return null;
  const made = emptyFolder();
  writeFileSync(join(made.folder, 'bbh.csv'), gunzipSync(readFileSync(path)));
  const roles = ['caseId=id', 'input=question', 'expected=target'];
  const sides = ['baseline.passed=pass_before', 'candidate.passed=pass_after'];
  const outputs = ['baseline.output=answer_before', 'candidate.output=answer_after'];
  return {
    ...made,
    args: [
      'bbh.csv',
      ...[...roles, ...sides, ...outputs].flatMap((role) => ['--map', role]),
      '--slice',
      'task',
    ],
  };
}

/** Files that a test wrote itself. */
export function writtenComparison(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
): PreparedComparison {
  const made = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(made.folder, name), content);
  return { ...made, args };
}

function emptyFolder(): Pick<PreparedComparison, 'folder' | 'remove'> {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-studio-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
