/** Which mails the two classifiers train on, and which are held out for both: the whole experiment in three rules. */

import { shareOf } from '../../test/generators/random.ts';
import type { Mail } from './mail/corpus.ts';

/** Half of the corpus is held out, by a hash of the id: no classifier ever trains on these mails. */
export function isHeldOut(mail: Mail): boolean {
  return shareOf(mail.id, 'split') < 0.5;
}

/** The baseline knows little of the newer spam: a quarter of spam-2, and everything else. */
export function baselineTrainsOn(mail: Mail): boolean {
  return !isHeldOut(mail) && (mail.group !== 'spam-2' || shareOf(mail.id, 'mix') < 0.25);
}

/** The candidate knows all spam, and only a quarter of the hard ham: a fresh batch of data that forgot one kind of mail. */
export function candidateTrainsOn(mail: Mail): boolean {
  return !isHeldOut(mail) && (mail.group !== 'hard-ham-1' || shareOf(mail.id, 'mix') < 0.25);
}
