/** Makes the files that the demo's commands read: two training sets, and the mails that both filters classify. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadMails } from './mail/corpus.ts';
import { mailLines } from './mail-rows.ts';
import { baselineTrainsOn, candidateTrainsOn, isHeldOut } from './training-mix.ts';

/** JSON lines of the three sets, with how many mails each has. */
export interface DemoData {
  readonly baselineTrain: string;
  readonly candidateTrain: string;
  readonly heldOut: string;
  readonly mails: { readonly baseline: number; readonly candidate: number; readonly heldOut: number };
}

/** Reads the corpus and deals it out; `say` hears what is going on. */
export function makeData(say: (line: string) => void): DemoData {
  say('reading the SpamAssassin corpus');
  const mails = loadMails();
  const baseline = mails.filter(baselineTrainsOn);
  const candidate = mails.filter(candidateTrainsOn);
  const heldOut = mails.filter(isHeldOut);
  return {
    baselineTrain: mailLines(baseline),
    candidateTrain: mailLines(candidate),
    heldOut: mailLines(heldOut),
    mails: { baseline: baseline.length, candidate: candidate.length, heldOut: heldOut.length },
  };
}

/** Writes the three sets into a folder, which is made where it is missing. */
export function writeData(folder: string, data: DemoData): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/baseline-train.jsonl`, data.baselineTrain);
  writeFileSync(`${folder}/candidate-train.jsonl`, data.candidateTrain);
  writeFileSync(`${folder}/held-out.jsonl`, data.heldOut);
}
