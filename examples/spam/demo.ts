/** The demo: two spam filters trained on real mail, the release gate over their answers, and what its verdict means. */

import { existsSync, rmSync } from 'node:fs';
import { commandLine, MAIN, ROOT, runCommand } from './command.ts';
import { makeData, writeData } from './prepare.ts';

const OUT = 'examples/spam/out';
const RUNS = ['--baseline', `${OUT}/baseline.jsonl`, '--candidate', `${OUT}/candidate.jsonl`];
const GATE = ['gate', ...RUNS, '--slice', 'group'];

/** Both filters: the same words of the body, the same settings, another training set each. */
const trainCommand = (name: string) => [
  ...['baseline', 'train', `${OUT}/${name}-train.jsonl`, '--text', 'body', '--words', '1', '--min-rows', '2'],
  ...['--test', `${OUT}/held-out.jsonl`, '--out', `${OUT}/${name}.model.json`],
];
const predictCommand = (name: string) => [
  ...['baseline', 'predict', `${OUT}/${name}.model.json`, `${OUT}/held-out.jsonl`],
  ...['--without', 'body', 'headers', 'subject', 'from', '--out', `${OUT}/${name}.jsonl`],
];

/** What each exit code of the gate says. */
const MEANING: ReadonlyMap<number | null, string> = new Map([
  [0, 'PASS: no slice lost anything that the evidence confirms or suspects'],
  [1, 'BLOCK: a loss is confirmed; a pipeline stops here'],
  [2, 'the gate itself could not run (usage, input or infrastructure)'],
  [3, 'REVIEW: a loss is suspected; a person decides'],
  [4, 'nothing was established: the evidence for an answer is missing'],
]);

/** Commands to go on with; each works on the files that the demo has just written. */
const FURTHER: readonly { readonly args: readonly string[]; readonly shows: string }[] = [
  {
    args: ['studio', ...RUNS, '--slice', 'group'],
    shows: 'the same in the browser: verdict, slices, the lost mails side by side; Ctrl-C ends it',
  },
  {
    args: [`${OUT}/candidate.jsonl`, '--slice', 'group'],
    shows: 'one run alone: its worst slices, and what this set is too small to see',
  },
  {
    args: ['power', ...RUNS, '--slice', 'group'],
    shows: 'how many mails each group needs before a drop can be seen',
  },
  {
    args: ['aa', ...RUNS, '--slice', 'group'],
    shows: 'how often this gate would stop a release in which nothing changed',
  },
  {
    args: [
      ...['baseline', 'train', `${OUT}/baseline-train.jsonl`, '--text', 'headers', 'subject', 'from', 'body'],
      ...['--words', '1', '--min-rows', '2', '--test', `${OUT}/held-out.jsonl`],
    ],
    shows: 'how much of this corpus the headers alone give away',
  },
  {
    args: ['strategies', ...RUNS, '--slice', 'group'],
    shows: 'what a gate on the mean, or on the raw minimum, would have said',
  },
];

// A reader that went away (`npm run demo | head`) is no failure.
process.stdout.on('error', () => process.exit());
process.exitCode = demo();

function demo(): number {
  if (!existsSync(MAIN)) {
    process.stderr.write('dist/cli/main.js is missing: run `npm run build` first\n');
    return 2;
  }
  const started = performance.now();
  const progress = (line: string) =>
    process.stderr.write(`[${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}\n`);
  rmSync(`${ROOT}${OUT}`, { recursive: true, force: true });
  const data = makeData(progress);
  writeData(`${ROOT}${OUT}`, data);
  progress(
    `wrote ${data.mails.baseline} and ${data.mails.candidate} mails to learn from, ${data.mails.heldOut} to classify`,
  );
  for (const name of ['baseline', 'candidate']) {
    progress(`training the ${name}`);
    const trained = runCommand(trainCommand(name), spaced);
    const answered = runCommand(predictCommand(name), spaced);
    if (trained !== 0 || answered !== 0) return 1;
  }

  say(`
Two spam filters, each trained on real mail, classified the same ${data.mails.heldOut} mails that neither had seen.
The candidate learnt from all of the new spam, and from fewer of the newsletters that merely look like it.
Is it safe to ship?
`);
  const codes = [
    runCommand(GATE, say),
    runCommand([...GATE, '--format', 'markdown', '--out', `${OUT}/report.md`], spaced),
    runCommand([...GATE, '--format', 'json', '--out', `${OUT}/report.json`], spaced),
  ];
  const code = codes[0] ?? null;
  say(`
Exit code ${code}: ${MEANING.get(code) ?? 'unknown'}.`);
  if (codes.some((other) => other !== 1)) {
    process.stderr.write(
      `\nThe demo expects BLOCK (exit code 1) three times, and got ${codes.join(', ')}.\n`,
    );
    return 1;
  }
  say(`The report for a pull request is in ${OUT}/report.md, the whole document in ${OUT}/report.json.`);
  say(
    'That is what this demo was made to show (examples/spam/README.md says how). More on these very files:\n',
  );
  for (const { args, shows } of FURTHER) say(`  # ${shows}\n  ${commandLine(args)}\n`);
  progress('done');
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function spaced(line: string): void {
  say(`\n${line.trimEnd()}`);
}
