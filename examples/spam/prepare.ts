/** Makes the two result files of the demo: trains both classifiers and records what each says of the held-out mails. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { trainClassifier } from './classifier/classifier.ts';
import { countWords, type Lexicon } from './classifier/tokens.ts';
import { loadMails, type Mail } from './mail/corpus.ts';
import { describeMail } from './mail/features.ts';
import { splitMail } from './mail/parts.ts';
import { type PreparedMail, resultLines } from './results.ts';
import { baselineTrainsOn, candidateTrainsOn, isHeldOut } from './training-mix.ts';

/** Both result files as text, with the number of mails behind them. */
export interface DemoResults {
  readonly baseline: string;
  readonly candidate: string;
  readonly heldOut: number;
}

/** Reads, trains and classifies; `say` hears what is going on. Takes a few seconds. */
export function makeResults(say: (line: string) => void): DemoResults {
  say('reading the SpamAssassin corpus');
  const mails = loadMails();
  say(`counting the words of ${mails.length} mails`);
  const lexicon: Lexicon = { ids: new Map() };
  const prepared = mails.map((mail) => prepareMail(mail, lexicon));
  const heldOut = prepared.filter(isHeldOut);
  const train = (trainsOn: (mail: Mail) => boolean) =>
    trainClassifier(prepared.filter(trainsOn), lexicon.ids.size);
  say(`training the baseline on ${prepared.filter(baselineTrainsOn).length} mails`);
  const baseline = resultLines(heldOut, train(baselineTrainsOn));
  say(`training the candidate on ${prepared.filter(candidateTrainsOn).length} mails`);
  const candidate = resultLines(heldOut, train(candidateTrainsOn));
  say(`both classified the same ${heldOut.length} held-out mails`);
  return { baseline, candidate, heldOut: heldOut.length };
}

/** Writes `baseline.jsonl` and `candidate.jsonl` into a folder, which is made where it is missing. */
export function writeResults(folder: string, results: DemoResults): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/baseline.jsonl`, results.baseline);
  writeFileSync(`${folder}/candidate.jsonl`, results.candidate);
}

function prepareMail(mail: Mail, lexicon: Lexicon): PreparedMail {
  const parts = splitMail(mail.text);
  return { ...mail, counts: countWords(parts.body, lexicon), features: describeMail(parts) };
}
