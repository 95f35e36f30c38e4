/** The explore page over real sessions: its counts are the engine's, its predicates select what its bars count, and what it saves is read again. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { configFromFlags, type Flags, loadConfig, mergeFlags } from '../../config/index.ts';
import { parseExpression } from '../../slices/index.ts';
import { tangoInterval, wilsonInterval } from '../../stats/index.ts';
import type { ExploreDimensions, ExploreFound } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { madeSessions } from '../testing/made-sessions.ts';
import { exploreServices } from './explore.ts';

const { folder, open, write } = madeSessions();
const article = fileURLToPath(new URL('../../../examples/article/', import.meta.url));
const FIRST = { metric: null, where: null, depth: 'first' } as const;
const ALL = { ...FIRST, depth: 'all' } as const;

async function sessionOf(flags: Flags, file?: { readonly name: string; readonly text: string }) {
  let config = configFromFlags(flags);
  if (file !== undefined) {
    writeFileSync(join(folder, file.name), file.text);
    config = mergeFlags(await loadConfig(file.name, file.text), flags);
  }
  return open(flags, { config });
}

/** Cases of both runs with numbers, tags, times, texts, missing values, an error, and some that are not in both. */
function madeRows(run: 'old' | 'new') {
  return Array.from({ length: 400 }, (_, i) => ({
    id: `c${String(i).padStart(3, '0')}`,
    passed: (run === 'old' ? i * 7 : i * 11 + (i % 3)) % 5 !== 0,
    plan: i % 7 === 0 ? null : ['free', 'pro', "o'neil"][i % 3],
    age: i % 11 === 0 ? null : (i * 37) % 90,
    tags: i % 4 === 0 ? [] : i % 4 === 1 ? ['a'] : ['a', 'b'],
    input: `question ${'x'.repeat((i * 13) % 300)} number ${i}`,
    timestamp: `2026-0${1 + (i % 6)}-${String(1 + (i % 28)).padStart(2, '0')}T${String(i % 24).padStart(2, '0')}:00:00Z`,
  })).filter(({ id }) => (run === 'old' ? id !== 'c399' : id !== 'c000' && id !== 'c001'));
}

describe('two runs with columns of every kind', () => {
  let session: StudioSession;
  let dimensions: ExploreDimensions;
  beforeAll(async () => {
    session = await sessionOf({
      baseline: write('old.jsonl', madeRows('old')),
      candidate: write('new.jsonl', madeRows('new')),
      slice: ['plan'],
      map: ['timestamp=timestamp'],
    });
    dimensions = await exploreServices['explore-dimensions'].answer(ALL, session);
  });

  test('gated columns come first, every kind is there, and every case is accounted for', () => {
    const kinds = dimensions.dimensions.map(({ kind }) => kind);
    expect(dimensions.dimensions.slice(0, 2).map(({ id }) => id)).toEqual(['(outcome)', 'plan']);
    expect(new Set(kinds)).toEqual(new Set(['outcome', 'category', 'number', 'length', 'time', 'tag']));
    expect(dimensions.leftOut).toEqual([
      { reason: 'only the old run has them', cases: 2 },
      { reason: 'only the new run has them', cases: 1 },
    ]);
    expect(dimensions.cases + 3).toBe(400);
    for (const { values } of dimensions.dimensions) {
      expect(values.reduce((sum, { cases }) => sum + cases, 0)).toBe(dimensions.cases);
    }
  });

  test('what is at hand comes first and stays where it was', async () => {
    const first = await exploreServices['explore-dimensions'].answer(FIRST, session);
    expect(first.pending.length).toBeGreaterThan(0);
    expect(dimensions.pending).toEqual([]);
    expect(dimensions.dimensions.slice(0, first.dimensions.length)).toEqual(first.dimensions);
  });

  test('the predicate of every value selects exactly the cases of its bar', async () => {
    const own = dimensions.dimensions.flatMap(({ id, values }) =>
      values.flatMap((value) => (value.where === null ? [] : [{ id, ...value }])),
    );
    const plain = own.filter(({ id }) => !id.startsWith('derived.'));
    expect(plain.length).toBeGreaterThan(20);
    const { columns } = await session.inTurn(({ comparison }) =>
      comparison.engine.table({
        groupings: plain.map(({ where }, i) => ({
          kind: 'predicate',
          id: `p${i}`,
          name: 'in',
          where: where!,
        })),
        measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
        ...{ minCases: 1, maxValues: 4, split: null, fold: false },
      }),
    );
    const counted = columns.map(({ values }) => values.find(({ state }) => state === 'value')?.cases ?? 0);
    expect(counted).toEqual(plain.map(({ cases }) => cases));
  });

  test('the counts under a filter are those of the engine for the same predicate', async () => {
    const filter = [
      { dimension: 'plan', values: ['=free', '!missing'] },
      {
        dimension: 'age',
        values: dimensions.dimensions
          .find(({ id }) => id === 'age')!
          .values.slice(2, 6)
          .map(({ key }) => key),
      },
    ];
    const { selected, definition } = await exploreServices['explore-counts'].answer(
      { ...ALL, filter, show: 'delta' },
      session,
    );
    const where = parseExpression(definition.predicate!);
    const [slice] = await session.inTurn(({ comparison }) =>
      comparison.engine.count({ groupings: [{ kind: 'predicate', id: 'p', name: 'in', where }] }),
    );
    const paired = slice!.cells.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
    const sum = (of: (cell: (typeof paired)[number]) => boolean) =>
      paired.filter(of).reduce((total, { cases }) => total + cases, 0);
    const both = sum((cell) => cell.baseline!.passed > 0 && cell.candidate!.passed > 0);
    const lost = sum((cell) => cell.baseline!.passed > 0 && cell.candidate!.passed === 0);
    const gained = sum((cell) => cell.baseline!.passed === 0 && cell.candidate!.passed > 0);
    const n = sum(() => true);
    expect(selected).toMatchObject({ cases: n, lost, gained });
    expect(selected.after).toEqual(wilsonInterval(both + gained, n, 0.95));
    expect(selected.before).toEqual(wilsonInterval(both + lost, n, 0.95));
    const counts = { both, candidateOnly: gained, baselineOnly: lost, neither: n - both - lost - gained };
    expect(selected.delta).toEqual(tangoInterval(counts, 0.95));
    expect(definition).toMatchObject({ whyNot: null, derived: [], isListable: true });
  });

  test('a chart ignores its own filter, and the heatmap adds up to the selection', async () => {
    const filter = [{ dimension: 'plan', values: ['=free'] }];
    const counts = await exploreServices['explore-counts'].answer({ ...ALL, filter, show: 'after' }, session);
    const at = dimensions.dimensions.findIndex(({ id }) => id === 'plan');
    expect(counts.bars[at]!.cases).toEqual(dimensions.dimensions[at]!.values.map(({ cases }) => cases));
    const heatmap = await exploreServices['explore-heatmap'].answer(
      { ...ALL, filter, show: 'after', rows: 'age', columns: 'derived.month' },
      session,
    );
    const cells = heatmap.cells.flat().reduce((sum, { cases }) => sum + cases, 0);
    expect(cells).toBe(counts.selected.cases);
    expect(heatmap.cases).toBe(counts.selected.cases);
  });

  test('what became of the cases filters them, is listable, and is no slice', async () => {
    const filter = [
      { dimension: '(outcome)', values: ['=lost'] },
      { dimension: 'plan', values: ["=o'neil"] },
    ];
    const { selected, definition } = await exploreServices['explore-counts'].answer(
      { ...ALL, filter, show: 'delta' },
      session,
    );
    expect(selected.lost).toBe(selected.cases);
    expect(definition.predicate).toBe("plan == 'o''neil'");
    expect(definition.whyNot).toContain('not about how it went');
    expect(definition.isListable).toBe(true);
  });

  test('a predicate becomes a dimension of its own', async () => {
    const scope = { ...ALL, where: "plan == 'pro' and age >= 30" };
    const answer = await exploreServices['explore-dimensions'].answer(scope, session);
    const filter = [{ dimension: '(condition)', values: ['=in'] }];
    const counts = await exploreServices['explore-counts'].answer(
      { ...scope, filter, show: 'after' },
      session,
    );
    expect(counts.selected.cases).toBe(answer.dimensions[0]!.values[0]!.cases);
    expect(counts.definition.predicate).toBe(scope.where);
    await expect(
      exploreServices['explore-dimensions'].answer({ ...ALL, where: "nothing == 'x'" }, session),
    ).rejects.toThrow('no column "nothing"');
  });

  test('a filter of other results is refused with everything that is not there', async () => {
    const filter = [
      { dimension: 'plan', values: ['=gold'] },
      { dimension: 'colour', values: [] },
    ];
    const refused = exploreServices['explore-counts'].answer({ ...ALL, filter, show: 'after' }, session);
    await expect(refused).rejects.toThrow(/plan has no value "=gold"[\s\S]*no dimension "colour"/);
  });

  test('the nodes of the tree are filters with as many cases', async () => {
    const { nodes } = await exploreServices['explore-tree'].answer(ALL, session);
    expect(nodes[0]).toMatchObject({ id: 'root', parent: null, allCases: dimensions.cases });
    for (const { choice, allCases } of nodes) {
      const { selected } = await exploreServices['explore-counts'].answer(
        { ...ALL, filter: choice, show: 'after' },
        session,
      );
      expect(selected.cases).toBe(allCases);
    }
  });

  test('the map is the same every time, and tells which points a filter lets through', async () => {
    const all = await exploreServices['explore-map'].answer({ ...ALL, filter: [] }, session);
    expect(all).toMatchObject({ whyNot: null, sampled: null });
    expect(all.points.length).toBe(dimensions.cases);
    const filter = [{ dimension: 'plan', values: ['=free'] }];
    const some = await exploreServices['explore-map'].answer({ ...ALL, filter }, session);
    const { selected } = await exploreServices['explore-counts'].answer(
      { ...ALL, filter, show: 'after' },
      session,
    );
    expect(some.points.filter((point) => point.selected).length).toBe(selected.cases);
    expect(some.points.map(({ x }) => x)).toEqual(all.points.map(({ x }) => x));
  });
});

test('slices with a tree: what fails together is found by the tree', async () => {
  const rows = (run: 'old' | 'new') =>
    Array.from({ length: 1000 }, (_, i) => ({
      id: `c${i}`,
      language: ['en', 'de', 'fr', 'es'][i % 4],
      channel: ['chat', 'mail'][Math.floor(i / 4) % 2],
      passed: run === 'old' || !(i % 4 === 1 && Math.floor(i / 4) % 2 === 1) || i % 16 === 5,
    }));
  const session = await sessionOf({
    baseline: write('a.jsonl', rows('old')),
    candidate: write('b.jsonl', rows('new')),
    slice: ['channel'],
  });
  const { nodes } = await exploreServices['explore-tree'].answer(ALL, session);
  const worst = nodes.toSorted((a, b) => a.rate.estimate! - b.rate.estimate!)[0]!;
  expect(worst.definition.predicate?.split(' and ').sort()).toEqual([
    "channel == 'mail'",
    "language == 'de'",
  ]);
  let found: ExploreFound = await exploreServices['explore-found'].answer({ ...ALL, start: false }, session);
  expect(found.state).toBe('not started');
  found = await exploreServices['explore-found'].answer({ ...ALL, start: true }, session);
  while (found.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    found = await exploreServices['explore-found'].answer({ ...ALL, start: false }, session);
  }
  expect(found.state).toBe('ready');
  const slices = found.state === 'ready' ? found.slices : [];
  const own = slices.find(({ conditions }) => conditions.length === 2)!;
  expect(own.state).toBe('confirmed');
  expect(own.parents.map(({ name, cases }) => [name, cases]).sort()).toEqual([
    ['channel=mail', 500],
    ['language=de', 250],
  ]);
});

describe('saving a slice', () => {
  const TEXT = '# my gate\nslices:\n  - segment # the one that counts\nmetrics: [passRate]\n';
  const flags = { baseline: [`${article}before.jsonl`], candidate: [`${article}after.jsonl`] };

  test('writes one entry, keeps the comments, and gates from the next data on', async () => {
    const session = await sessionOf(flags, { name: 'save.yaml', text: TEXT });
    const slice = { name: 'refunds', predicate: "segment == 'refund_flow'", seenIn: 'cross-filter' } as const;
    const saved = await exploreServices['save-slice'].answer(slice, session);
    expect(saved).toMatchObject({ name: 'refunds', known: false, file: 'save.yaml' });
    const text = readFileSync(join(folder, 'save.yaml'), 'utf8');
    expect(text).toContain('# my gate\n');
    expect(text).toContain('- segment # the one that counts\n');
    expect(text).toMatch(
      /# saved from the studio \(cross-filter\) on 2026-01-02 in results \w{12}; gates from the next data on/,
    );
    const reopened = await sessionOf(flags, { name: 'save.yaml', text });
    expect(reopened.release.config.slices.map(({ gate }) => gate)).toEqual([true, false]);
    const again = await exploreServices['save-slice'].answer({ ...slice, name: 'other' }, session);
    expect(again.known).toBe(true);
    expect(readFileSync(join(folder, 'save.yaml'), 'utf8')).toBe(text);
  });

  test.each([
    [TEXT, "nothing == 'x'", 'no column'],
    [TEXT, "derived.cluster == '01 a'", 'clusters of other data'],
    [TEXT, 'segment ==', 'found the end'],
    ['metrics: [passRate]\n', "segment == 'refund_flow'", 'names no slices'],
  ])('refuses %j with %j and writes nothing', async (text, predicate, message) => {
    const session = await sessionOf(flags, { name: 'refuse.yaml', text });
    const refused = exploreServices['save-slice'].answer(
      { name: 'x', predicate, seenIn: 'heatmap' },
      session,
    );
    await expect(refused).rejects.toThrow(message);
    expect(readFileSync(join(folder, 'refuse.yaml'), 'utf8')).toBe(text);
  });

  test.each(['\u202egnp.exe', '\u200b', 'two\nlines'])(
    'refuses the name %j and writes nothing',
    async (name) => {
      const session = await sessionOf(flags, { name: 'names.yaml', text: TEXT });
      const predicate = "segment == 'refund_flow'";
      const refused = exploreServices['save-slice'].answer({ name, predicate, seenIn: 'heatmap' }, session);
      await expect(refused).rejects.toThrow('turn the reading direction');
      expect(readFileSync(join(folder, 'names.yaml'), 'utf8')).toBe(TEXT);
    },
  );

  test('the interval of a change of pass or fail is the one of the report', async () => {
    const session = await sessionOf({ ...flags, slice: ['segment'] });
    const filter = [{ dimension: 'segment', values: ['=refund_flow'] }];
    const counts = await exploreServices['explore-counts'].answer({ ...ALL, filter, show: 'delta' }, session);
    const reported = session.release.report.slices.find(({ value }) => value === 'refund_flow')!;
    expect(counts.selected.delta).toEqual(reported.delta);
    expect(counts.selected.before).toEqual(reported.baseline);
    expect(counts.selected.after).toEqual(reported.candidate);
  });

  test('without a configuration says that there is none', async () => {
    const session = await sessionOf({ ...flags, slice: ['segment'] });
    const refused = exploreServices['save-slice'].answer(
      { name: 'x', predicate: "segment == 'refund_flow'", seenIn: 'heatmap' },
      session,
    );
    await expect(refused).rejects.toThrow('no configuration was read');
  });
});

test('graded scores, clusters and weights have their own figures', async () => {
  const rows = (shift: number) =>
    Array.from({ length: 300 }, (_, i) => ({
      ...{ id: `c${i}`, segment: i % 2 === 0 ? 'a' : 'b', topic: i % 3 === 0 ? 'x' : 'y' },
      ...{
        score: ((i * 7919) % 1000) / 1000 + shift * (i % 2),
        cluster_id: `k${i % 30}`,
        weight: 1 + (i % 3),
      },
    }));
  const session = await sessionOf({
    baseline: write('s1.jsonl', rows(0)),
    candidate: write('s2.jsonl', rows(-0.1)),
    slice: ['segment'],
    metric: ['mean:score'],
    margin: ['mean:score=0.05'],
    map: ['cluster=cluster_id', 'score=score'],
  });
  const { notes, metric } = await exploreServices['explore-dimensions'].answer(FIRST, session);
  expect(metric.isRate).toBe(false);
  expect(notes.join(' ')).toContain('clusters');
  const filter = [{ dimension: 'segment', values: ['=b'] }];
  const { selected } = await exploreServices['explore-counts'].answer(
    { ...FIRST, filter, show: 'delta' },
    session,
  );
  expect(selected.cases).toBe(150);
  expect(selected.delta!.estimate).toBeCloseTo(-0.1, 10);
  expect(selected.after.method).toContain('CR2 over');
});
