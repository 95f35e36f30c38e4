/**
 * The text classifier against scikit-learn on BANKING77 (10,003 training texts, 3,080 cases, 77 classes): accuracy, and the processor
 * time of reading, fitting and predicting. The peer runs in its own environment, where one is named, in turn with ours.
 *
 *   node bench/text-baseline.ts --data FOLDER [--python /tmp/peer-text/bin/python] [--rounds 3]
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fitTextClassifier, type GivenClassifierOptions } from '../src/models/index.ts';
import { openRecords } from '../src/sources/index.ts';
import { sharedPath } from '../test/shared-folder.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

/** Settings with the same features in both programs, and one with characters, which the peer is not run with. */
const SETTINGS: Readonly<Record<string, GivenClassifierOptions>> = {
  words: { words: [1, 1], sublinear: false, strength: 1 },
  pairs: {},
  'pairs and characters': { characters: [3, 5], maxFeatures: 50_000 },
};

/** What one run of either program says. */
interface Figures {
  readonly features: number;
  readonly accuracy: number;
  readonly macroPrecision: number;
  readonly macroRecall: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    python: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    one: { type: 'string' },
  },
});
const data = flags.data ?? sharedPath('data', 'banking77');
if (data === null) console.log('no BANKING77: name its folder with --data');
else if (flags.one !== undefined) console.log(JSON.stringify(await runOwn(data, flags.one)));
else {
  const rounds = Number(flags.rounds);
  const rows = Object.keys(SETTINGS).map((key) => {
    const withPeer = flags.python !== undefined && key !== 'pairs and characters';
    const own: Figures[] = [];
    const peer: Figures[] = [];
    for (let round = 0; round < rounds; round++) {
      own.push(inProcess(process.execPath, [fileURLToPath(import.meta.url), '--data', data, '--one', key]));
      if (withPeer)
        peer.push(
          inProcess(flags.python!, [
            fileURLToPath(new URL('./text-baseline-peer.py', import.meta.url)),
            data,
            key,
          ]),
        );
    }
    return { key, own: median(own), peer: peer.length === 0 ? null : median(peer) };
  });
  for (const { key, own, peer } of rows) console.log(key, own, peer);
  keepResults('text-baseline', { machine: machine(), rounds }, rows);
}

async function runOwn(folder: string, setting: string): Promise<Figures> {
  const before = process.cpuUsage();
  const began = performance.now();
  const train = await readPair(`${folder}/train.csv.gz`, 'category');
  const { texts, labels: truth } = await readPair(`${folder}/cases.csv.gz`, 'label');
  const classifier = fitTextClassifier(train.texts, train.labels, SETTINGS[setting]!);
  const found = classifier.predict(texts);
  const { user, system } = process.cpuUsage(before);
  const wallMs = Math.round(performance.now() - began);
  const right = (label: string) => found.filter((one, i) => one.label === label && truth[i] === label).length;
  const mean = (of: (label: string) => number) => {
    const values = classifier.labels.map((label) => of(label));
    return round4(values.reduce((sum, value) => sum + value, 0) / values.length);
  };
  return {
    features: classifier.data.features.length,
    accuracy: round4(found.filter((one, i) => one.label === truth[i]).length / truth.length),
    macroPrecision: mean(
      (label) => right(label) / Math.max(1, found.filter((one) => one.label === label).length),
    ),
    macroRecall: mean((label) => right(label) / truth.filter((one) => one === label).length),
    cpuMs: Math.round((user + system) / 1000),
    wallMs,
  };
}

async function readPair(file: string, column: string) {
  const texts: string[] = [];
  const labels: string[] = [];
  for await (const { columns } of (await openRecords({ files: [file], mapping: {}, cwd: '.' })).rows()) {
    texts.push(...columns.get('text')!.map(String));
    labels.push(...columns.get(column)!.map(String));
  }
  return { texts, labels };
}

function inProcess(command: string, args: readonly string[]): Figures {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
}

/** The run in the middle by processor time. */
function median(runs: readonly Figures[]): Figures {
  return runs.toSorted((a, b) => a.cpuMs - b.cpuMs)[Math.floor(runs.length / 2)]!;
}

function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
