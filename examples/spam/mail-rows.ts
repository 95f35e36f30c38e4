/** One row per mail: what a team has before any model, a label and what can be read. */

import type { Mail } from './mail/corpus.ts';
import { describeMail } from './mail/features.ts';
import { splitMail } from './mail/parts.ts';

/** Characters of a body that are kept: enough for every newsletter, a bound for the few huge mails. */
export const BODY_LIMIT = 30_000;

/** The row of a mail. Mails are hostile, and are kept as they came; JSON escapes what it must. */
export function mailRow(mail: Mail) {
  const parts = splitMail(mail.text);
  const { subject, timestamp, ...features } = describeMail(parts);
  const headers = mail.text.slice(0, mail.text.length - parts.body.length);
  return {
    case_id: mail.id,
    group: mail.group,
    ...features,
    expected: mail.isSpam ? 'spam' : 'ham',
    input: subject,
    subject: parts.headers.get('subject') ?? '',
    from: parts.headers.get('from') ?? '',
    headers,
    body: parts.body.slice(0, BODY_LIMIT),
    timestamp,
  };
}

/** Rows as JSON lines, in the order of the mails. */
export function mailLines(mails: readonly Mail[]): string {
  return mails.map((mail) => `${JSON.stringify(mailRow(mail)).toWellFormed()}\n`).join('');
}
