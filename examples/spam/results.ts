/** One line of JSON per held-out mail: what an eval harness would record. */

import type { Classifier } from './classifier/classifier.ts';
import type { WordCounts } from './classifier/tokens.ts';
import type { Mail } from './mail/corpus.ts';
import type { MailFeatures } from './mail/features.ts';

/** A mail, read once: its words for the classifiers, its features for the report. */
export interface PreparedMail extends Mail {
  readonly counts: WordCounts;
  readonly features: MailFeatures;
}

/** The results of one classifier as JSONL text, in the order of the mails. Mails are hostile: JSON escapes what it must. */
export function resultLines(mails: readonly PreparedMail[], classify: Classifier): string {
  return mails.map((mail) => `${JSON.stringify(resultOf(mail, classify(mail.counts)))}\n`).join('');
}

/** One result; `score` is the probability of spam, and from one half on the mail is called spam. */
export function resultOf(mail: PreparedMail, score: number) {
  const { subject, timestamp, ...columns } = mail.features;
  const expected = mail.isSpam ? 'spam' : 'ham';
  const predicted = score >= 0.5 ? 'spam' : 'ham';
  return {
    case_id: mail.id,
    group: mail.group,
    ...columns,
    passed: predicted === expected,
    expected,
    predicted,
    score: Number(score.toPrecision(6)),
    input: subject,
    output: `${predicted} ${(predicted === 'spam' ? score : 1 - score).toFixed(2)}`,
    timestamp,
  };
}
