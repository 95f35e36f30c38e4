/** Keeps one comment of the pull request up to date, found again by its marker, through GitHub's own `gh` command. */

import { spawnSync } from 'node:child_process';

/** First line of the comment; it shows as nothing. */
export const MARKER = '<!-- slicewise -->';

/** GitHub refuses longer bodies. */
const BODY_LIMIT = 65_536;

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

/** The text of the comment: the marker, then the report, cut at a line where it is too long for GitHub. */
export function commentBody(markdown: string): string {
  const body = `${MARKER}\n${markdown}`;
  if (body.length <= BODY_LIMIT) return body;
  const note = '\n\n_The report is cut here; the whole of it is in the job summary._\n';
  const kept = body.slice(0, BODY_LIMIT - note.length);
  return `${kept.slice(0, kept.lastIndexOf('\n'))}${note}`;
}

/**
 * Writes the comment: updates the one that a bot wrote under our marker, or else makes it. The body travels as JSON on
 * standard input. Returns what went wrong, or null.
 */
export function postComment(place: CommentPlace, markdown: string): string | null {
  const comments = `repos/${place.repository}/issues/${place.pullRequest}/comments`;
  const ours = `.[] | select(.user.type == "Bot" and (.body | startswith("${MARKER}"))) | .id`;
  const found = runGh(['api', '--paginate', comments, '--jq', ours], '');
  if (found.problem !== null) return found.problem;
  const id = /^\d+/.exec(found.output)?.[0];
  const target = id ? [`repos/${place.repository}/issues/comments/${id}`, '--method', 'PATCH'] : [comments];
  const body = JSON.stringify({ body: commentBody(markdown) });
  return runGh(['api', ...target, '--silent', '--input', '-'], body).problem;
}

function runGh(
  args: readonly string[],
  input: string,
): { readonly output: string; readonly problem: string | null } {
  const { status, stdout, stderr, error } = spawnSync('gh', args, { input, encoding: 'utf8' });
  if (error) return { output: '', problem: error.message };
  return { output: stdout, problem: status === 0 ? null : stderr.trim() || `gh ended with ${status}` };
}
