/** Whether a text holds a number, a web address or program code. */

const NUMBER = /\p{Nd}/u;
const URL_START = /(?:https?|ftp):\/\/[^\s/]|(?:^|[\s(<"'])www\.[^\s.]+\.[^\s]/i;

/** Whether the text holds a decimal digit of any script. */
export function hasNumber(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Whether the text holds an address that starts with `http://`, `https://`, `ftp://` or `www.`; a bare `example.com` is none.
 *
 * @example hasUrl('see www.example.com/a') // true
 */
export function hasUrl(text: string): boolean {
  return URL_START.test(text);
}

/** A fenced block, as Markdown writes it. */
const FENCE = /(?:^|\n) {0,3}(?:```|~~~)/;

/** Longest part of a line that is looked at. */
const LINE_CHARACTERS = 300;

/** Lines that hardly stand in prose, in any of the common languages. */
const CODE_LINES: readonly RegExp[] = [
  /^\s*(?:def|class)\s+\w+\s*[(:].*:\s*$/,
  /^\s*(?:from\s+[\w.]+\s+import\s|import\s+[\w.{*]+(?:\s+as\s+\w+|\s+from\s+['"]|;|\s*$))/,
  /^\s*(?:public|private|protected|static|export|async|func|fn|function|const|let|var|int|void|double|float|bool|auto|val)\b.*[({=;]/,
  /^\s*#\s*(?:include|define|ifdef|pragma)\b/,
  /^\s*(?:if|for|while|switch|catch|elif|else if)\s*\(.*\)\s*\{?\s*$/,
  /^\s*(?:for\s+\w+\s+in\s+.*|while\s+.*|if\s+.*(?:==|!=|<|>).*|else|try|except.*|with\s+.*\s+as\s+\w+):\s*$/,
  /^\s*return\b.*;\s*$/,
  /^\s*[\w.[\]]+\s*(?:=|\+=|-=|:=)\s*[\w.]+\(.*\)\s*;?\s*$/,
  /^\s*[\w.$]+\(.*\);\s*$/,
  /^\s*\}?\s*(?:else\s*)?\{\s*$|^\s*\}[;,)]?\s*$/,
  /=>\s*[{(\w]|->\s*\w+\s*[:{]|\w::\w/,
  /^\s*(?:\$|>>>)\s+\w+/,
];

/**
 * Whether the text holds program code: a fenced block, or at least two lines that read like code, or one where the text has
 * no more than three lines. A rule of thumb; prose about code counts only where it quotes some.
 *
 * @example hasCode('def f(x):\n    return x + 1') // true
 */
export function hasCode(text: string): boolean {
  if (FENCE.test(text)) return true;
  let lines = 0;
  let found = 0;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end > start) {
      lines++;
      if (isCodeLine(text.slice(start, Math.min(end, start + LINE_CHARACTERS)))) found++;
      if (found >= 2) return true;
    }
    start = end + 1;
  }
  return found === 1 && lines <= 3;
}

/** Likewise, in capitals or not: markup and SQL. */
const ANY_CASE_LINES: readonly RegExp[] = [
  /^\s*<\/?[a-z][\w-]*(?:\s[^<>]*)?>/,
  /^\s*(?:select\s.+\sfrom\s|insert\s+into\s|create\s+table\s|update\s+\w+\s+set\s|delete\s+from\s)/,
];

/** One search for all takes two thirds of the time of one for each. */
const CODE_LINE = new RegExp(CODE_LINES.map(({ source }) => source).join('|'));
const ANY_CASE_LINE = new RegExp(ANY_CASE_LINES.map(({ source }) => source).join('|'), 'i');

/** What every line of code has: most lines of prose end here. */
const CODE_SIGN = /[({}=;:<>#$]|^\s*(?:import|from|select|insert|create|update|delete)\s/i;

function isCodeLine(line: string): boolean {
  return CODE_SIGN.test(line) && (CODE_LINE.test(line) || ANY_CASE_LINE.test(line));
}
