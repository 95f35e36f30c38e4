/** Keeps one comment of the pull request up to date, found again by its marker, through GitHub's own `gh` command. */

import { spawnSync } from 'node:child_process';

/** First line of every Markdown report, and so of the comment; it shows as nothing. */
export const MARKER = '<!-- slicewise -->';

/** Longest that one call of `gh` may take. */
const CALL_MS = 60_000;

/** Where the comment goes. */
export interface CommentPlace {
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
}

/**
 * The number of the pull request that an event is about, or null.
 *
 * @example pullRequestOf({ pull_request: { number: 7 } }) // 7
 */
export function pullRequestOf(event: unknown): number | null {
  const number = (event as { pull_request?: { number?: unknown } } | null)?.pull_request?.number;
  return Number.isSafeInteger(number) ? (number as number) : null;
}

/**
 * Writes the comment: updates the one that a bot wrote under our marker, or else makes it. The body travels as JSON on
 * standard input. Returns what went wrong, or null.
 *
 * @param markdown starts with the marker
 */
export function postComment(place: CommentPlace, markdown: string): string | null {
  const comments = `repos/${place.repository}/issues/${place.pullRequest}/comments`;
  const ours = `.[] | select(.user.type == "Bot" and (.body | startswith("${MARKER}"))) | .id`;
  const found = runGh(['api', '--paginate', comments, '--jq', ours], '');
  if (found.problem !== null) return found.problem;
  const id = /^\d+/.exec(found.output)?.[0];
  const target = id ? [`repos/${place.repository}/issues/comments/${id}`, '--method', 'PATCH'] : [comments];
  return runGh(['api', ...target, '--silent', '--input', '-'], JSON.stringify({ body: markdown })).problem;
}

function runGh(
  args: readonly string[],
  input: string,
): { readonly output: string; readonly problem: string | null } {
  const { status, stdout, stderr, error } = spawnSync('gh', args, {
    input,
    encoding: 'utf8',
    timeout: CALL_MS,
  });
  if (error) return { output: '', problem: error.message };
  return { output: stdout, problem: status === 0 ? null : stderr.trim() || `gh ended with ${status}` };
}
