import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../config/index.ts';
import { readParquetCells } from '../engines/index.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';

let cwd = '';
let said: string[] = [];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-derive-'));
  said = [];
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const TEXTS = [
  'Where is my new card? I ordered it last week.',
  'Когда придёт моя новая карта? Я заказал её неделю назад.',
  'ok',
  '😀',
  'line\u2028separator and 3 numbers',
];

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (extra: (index: number) => Row = () => ({})): Row[] =>
  TEXTS.map((input, index) => ({
    id: `c${index}`,
    input,
    passed: index !== 2,
    output: input.slice(index),
    ...extra(index),
  }));

function write(name: string, rows: readonly Row[]): void {
  writeFileSync(join(cwd, name), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

async function configOf(text: string): Promise<Config> {
  return loadConfig('slicewise.yaml', text);
}

/** Attribute values by derived column, one text per case in order of case id. */
async function cellsOf(config: Config, files: readonly [string, string], ports: Partial<Ports> = {}) {
  const input = (file: string) => ({ files: [file], run: null });
  const comparison = await load(
    config,
    { baseline: input(files[0]), candidate: input(files[1]) },
    { cwd, now: () => new Date(0), progress: (text) => said.push(text), ...ports },
  );
  try {
    const { columns } = await comparison.engine.profile();
    return Object.fromEntries(
      columns
        .filter(({ name }) => name.startsWith('derived.'))
        .map(({ name, top, changedCases, missingCases }) => [
          name,
          { top: top.map(({ value, cases }) => `${value} ${cases}`).sort(), changedCases, missingCases },
        ]),
    );
  } finally {
    await comparison.engine.close();
  }
}

const LANGUAGE = 'slices: [derived.language]\n';
const LANGUAGES = { top: ['en 2', 'ru 1', 'unknown 2'], changedCases: 0, missingCases: 0 };

describe('derived columns of a comparison', () => {
  beforeEach(() => {
    write('old.jsonl', rowsOf());
    write('new.jsonl', rowsOf().reverse());
  });

  it('are case attributes, whatever the order of the rows', async () => {
    const cells = await cellsOf(await configOf(LANGUAGE), ['old.jsonl', 'new.jsonl']);
    expect(cells).toEqual({ 'derived.language': LANGUAGES });
  });

  it('are found in columns, crosses, predicates, bins, families and metrics', async () => {
    const config = await configOf(`
slices:
  - cross: [derived.script, derived.has_number]
  - { name: long, where: derived.input_words > 5 }
  - bins: { column: derived.input_chars, edges: [10] }
  - { column: derived.language, familyColumn: derived.modality }
metrics: [{ mean: derived.output_chars, gate: false }]
`);
    const cells = await cellsOf(config, ['old.jsonl', 'new.jsonl']);
    expect(Object.keys(cells)).toEqual([
      'derived.has_number',
      'derived.input_chars',
      'derived.input_words',
      'derived.language',
      'derived.modality',
      'derived.output_chars',
      'derived.script',
    ]);
  });

  it('are taken from the file where it has them', async () => {
    write(
      'old.jsonl',
      rowsOf(() => ({ 'derived.language': 'xx' })),
    );
    write(
      'new.jsonl',
      rowsOf(() => ({ 'derived.language': 'xx' })),
    );
    const cells = await cellsOf(await configOf(LANGUAGE), ['old.jsonl', 'new.jsonl']);
    expect(cells['derived.language']?.top).toEqual(['xx 5']);
  });

  it('of what one run put out belong to that run alone', async () => {
    write(
      'new.jsonl',
      rowsOf(() => ({ output: 'short' })),
    );
    const config = await configOf('slices: [{ column: derived.baseline_output_words }]\n');
    const cells = await cellsOf(config, ['old.jsonl', 'new.jsonl']);
    expect(cells['derived.baseline_output_words']).toMatchObject({ changedCases: 0, missingCases: 0 });
  });

  it('of clusters are the same whichever run is first, with one definition for both', async () => {
    const words = ['card', 'arrive', 'money', 'abroad', 'refund'];
    const many = Array.from({ length: 60 }, (_, index) => ({
      id: `c${index}`,
      input: `${words[index % 5]} ${words[(index * 7 + 1) % 5]} ${index}`,
      passed: true,
    }));
    write('old.jsonl', many);
    write('new.jsonl', [...many].reverse());
    const config = await configOf('slices: [derived.cluster]\n');
    const forward = await cellsOf(config, ['old.jsonl', 'new.jsonl']);
    expect(await cellsOf(config, ['new.jsonl', 'old.jsonl'])).toEqual(forward);
    expect(forward['derived.cluster']).toMatchObject({ changedCases: 0, missingCases: 0 });
    expect(forward['derived.cluster_definition']?.top).toHaveLength(1);
  });

  it('of clusters that one file brings are computed anew for both', async () => {
    write(
      'old.jsonl',
      rowsOf(() => ({ 'derived.cluster': 'theirs', 'derived.cluster_definition': 'theirs' })),
    );
    const cells = await cellsOf(await configOf('slices: [derived.cluster]\n'), ['old.jsonl', 'new.jsonl']);
    expect(cells['derived.cluster']?.changedCases).toBe(0);
    expect(cells['derived.cluster']?.top.join()).not.toContain('theirs');
  });
});

describe('clusters of vectors', () => {
  const vector = (index: number) => (index < 2 ? [1, 0.1 * index] : [0.1 * index, 1]);
  const CLUSTERS = 'slices: [derived.cluster]\nclusters: { count: 2, vectors: ';

  beforeEach(() => {
    write(
      'old.jsonl',
      rowsOf((index) => ({ v: vector(index) })),
    );
    write('new.jsonl', rowsOf());
  });

  it('are those of a column', async () => {
    const cells = await cellsOf(await configOf(`${CLUSTERS}v }\n`), ['old.jsonl', 'new.jsonl']);
    expect(cells['derived.cluster']?.top).toEqual(['01 3', '02 2']);
  });

  it.each(['jsonl', 'csv'])('are those of a file by case id (%s)', async (ending) => {
    const rows = TEXTS.map((_, index) => ({ id: `c${index}`, embedding: vector(index) }));
    if (ending === 'jsonl') write('vectors.jsonl', rows);
    else {
      const lines = rows.map(({ id, embedding }) => `${id},"[${embedding.join(',')}]"`);
      writeFileSync(join(cwd, 'vectors.csv'), `id,embedding\n${lines.join('\n')}\n`);
    }
    const cells = await cellsOf(await configOf(`${CLUSTERS}vectors.${ending} }\n`), [
      'new.jsonl',
      'new.jsonl',
    ]);
    expect(cells['derived.cluster']?.top).toEqual(['01 3', '02 2']);
    expect(Object.keys(cells)).toEqual(['derived.cluster', 'derived.cluster_definition']);
  });

  it('are refused where the column or the file is not there', async () => {
    const at = (name: string) => configOf(`${CLUSTERS}${name} }\n`);
    await expect(cellsOf(await at('w'), ['old.jsonl', 'new.jsonl'])).rejects.toThrow(
      /clusters.vectors names the column 'w', which neither run has/,
    );
    await expect(cellsOf(await at('no.jsonl'), ['old.jsonl', 'new.jsonl'])).rejects.toThrow(/no.jsonl/);
  });
});

describe('derived columns that cannot be', () => {
  it.each([
    [
      'derived.langage',
      /there is no derived dimension 'derived.langage' \(slicewise.yaml\)\n {2}hint: did you mean .derived.language/,
    ],
    [
      'derived.hour',
      /derived.hour needs a column known as the timestamp, and there is none \(slicewise.yaml\)\n {2}hint: name the column with --map timestamp=COLUMN/,
    ],
    [
      'derived.source',
      /derived.source needs a column named source, tags.source, metadata.source, or results in several files/,
    ],
    [
      'derived.output_chars',
      /'derived.output_chars' differs between the runs.*\n {2}hint: write derived.baseline_output_chars/,
    ],
    ['derived.candidate_output_chars', /says what the candidate did with a case, so it cannot gate/],
  ])('are refused: %s', async (name, message) => {
    write('old.jsonl', rowsOf());
    const config = await configOf(`slices: [${name}]\n`);
    await expect(cellsOf(config, ['old.jsonl', 'old.jsonl'])).rejects.toThrow(message);
  });

  it('are refused all at once', async () => {
    write('old.jsonl', rowsOf());
    const config = await configOf('slices: [derived.hour, derived.wat]\n');
    const problems = await cellsOf(config, ['old.jsonl', 'old.jsonl']).catch((error) => error.problems);
    expect(problems).toHaveLength(2);
  });
});

describe('the cache of derived columns', () => {
  const cacheFolder = () => join(cwd, 'cache');
  const kept = () => (existsSync(cacheFolder()) ? readdirSync(cacheFolder()).sort() : []);
  const run = async (text = LANGUAGE) =>
    cellsOf(await configOf(text), ['old.jsonl', 'new.jsonl'], { cacheFolder: cacheFolder() });

  beforeEach(() => {
    write('old.jsonl', rowsOf());
    write('new.jsonl', rowsOf());
  });

  it('holds one file per run, is used, and changes nothing', async () => {
    const first = await run();
    expect(first).toEqual({ 'derived.language': LANGUAGES });
    expect(kept()).toHaveLength(2);
    expect(await run()).toEqual(first);
    expect(kept()).toHaveLength(2);
  });

  it('spares the second comparison the pass over all texts', async () => {
    const first = await run('slices: [derived.cluster]\n');
    expect(said.filter((text) => text.startsWith('comparing texts'))).not.toHaveLength(0);
    said = [];
    expect(await run('slices: [derived.cluster]\n')).toEqual(first);
    expect(said).toEqual([]);
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -70)],
    ['edited', (text: string) => text.replace('"en"', '"de"')],
    ['emptied', () => ''],
    ['replaced', () => 'not json'],
  ])('that was %s is made again', async (_how, damage) => {
    const first = await run();
    for (const name of kept()) {
      const path = join(cacheFolder(), name);
      writeFileSync(path, damage(readFileSync(path, 'utf8')));
    }
    expect(await run()).toEqual(first);
    const texts = kept().map((name) => readFileSync(join(cacheFolder(), name), 'utf8'));
    expect(texts.every((text) => text.includes('"en"') && !text.includes('"de"'))).toBe(true);
  });

  it('knows when a file has changed', async () => {
    await run();
    write(
      'new.jsonl',
      rowsOf((index) => (index === 0 ? { input: 'Wo ist meine neue Karte? Ich warte seit Wochen.' } : {})),
    );
    utimesSync(join(cwd, 'new.jsonl'), 1, 1);
    const { 'derived.language': language } = await run();
    expect(language?.changedCases).toBe(1);
    expect(kept()).toHaveLength(3);
  });

  it('that cannot be written is done without', async () => {
    writeFileSync(cacheFolder(), 'a file, no folder');
    const cells = await run();
    expect(cells).toEqual({ 'derived.language': LANGUAGES });
  });

  it('keeps nothing of a run that fails', async () => {
    writeFileSync(join(cwd, 'new.jsonl'), '{"id":"a","input":"x","passed":true}\n{broken\n');
    await expect(run()).rejects.toThrow(/new.jsonl:2/);
    expect(kept().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('Parquet', () => {
  async function toParquet(name: string): Promise<Config['columns']['both']> {
    const comparison = await load(
      await configOf('slices: []\n'),
      { baseline: null, candidate: { files: ['old.jsonl'], run: null } },
      { cwd, now: () => new Date(0), progress: () => {} },
    );
    const mapping = await comparison.engine.writeRows('candidate', join(cwd, name), { texts: true });
    await comparison.engine.close();
    return mapping;
  }

  it.each([undefined, 'cache'])('gets the same columns as text does (cache folder: %s)', async (folder) => {
    write(
      'old.jsonl',
      rowsOf(() => ({ tools: ['a', 'b'] })),
    );
    const mapping = await toParquet('run.parquet');
    const config = await configOf(
      'slices: [derived.language, derived.input_words, derived.tools, derived.cluster]\n',
    );
    const text = await cellsOf(config, ['old.jsonl', 'old.jsonl']);
    const ports = folder === undefined ? {} : { cacheFolder: join(cwd, folder) };
    const run = () =>
      cellsOf(
        { ...config, columns: { ...config.columns, both: mapping } },
        ['run.parquet', 'run.parquet'],
        ports,
      );
    expect(await run()).toEqual(text);
    expect(await run()).toEqual(text);
    if (folder === undefined) return;
    const copies = readdirSync(join(cwd, folder)).filter((name) => name.endsWith('.parquet'));
    expect(copies).toHaveLength(2);
    for (const name of copies) writeFileSync(join(cwd, folder, name), 'PAR1');
    expect(await run()).toEqual(text);
  });

  it('keeps its own columns and the order of its rows', async () => {
    write('old.jsonl', rowsOf());
    await toParquet('run.parquet');
    const { widenParquet } = await import('../engines/index.ts');
    const [from, to] = [join(cwd, 'run.parquet'), join(cwd, 'wide.parquet')];
    const extra = TEXTS.map((_, index) => `x${index}`);
    await widenParquet(
      from,
      new Map([
        ['extra', extra],
        ['output', extra],
      ]),
      to,
    );
    for await (const chunk of readParquetCells({
      file: to,
      columns: ['input', 'extra', 'output'],
      caseId: '__case_id',
      run: null,
    })) {
      expect(chunk.caseId).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
      expect(chunk.attributes.get('input')).toEqual(TEXTS);
      expect(chunk.attributes.get('extra')).toEqual(extra);
      expect(chunk.attributes.get('output')).toEqual(extra);
    }
  });
});
