/** Splits a mail into its headers and its body, forgiving about everything: spam follows no rules. */

export interface MailParts {
  /** First value of each header by lower-case name, folded lines joined. Bytes stay as they are: nothing is decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Splits at the first empty line; a mail without one is all headers.
 *
 * @example splitMail('Subject: a\n b\n\nHello').headers.get('subject') // 'a b'
 */
export function splitMail(text: string): MailParts {
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : text;
  const body = gap ? text.slice(gap.index + gap[0].length) : '';
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!/^[a-z0-9-]+$/.test(name) || headers.has(name)) continue;
    headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body };
}
