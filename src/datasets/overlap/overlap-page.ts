/** Words and tables of `slicewise splits overlap`. */

import { type OverlapPair, type OverlapScore, type StoreOverlap, scoreShift } from '../../checks/index.ts';
import {
  type CsvTable,
  countOf,
  formatCount,
  formatSigned,
  type Page,
  type PageFormat,
  type PageSource,
  type PageTable,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { left, right } from '../logs/page-cells.ts';
import { rowNames } from '../row-names.ts';
import { neighbourAnswer, neighbourNotes, neighbourTables } from './neighbour-page.ts';
import type { ContaminationReport, OverlapReport } from './overlap-report.ts';
import { copiedText, STORE_WORDS } from './overlap-words.ts';
import { pairTable, shortTable } from './pair-tables.ts';

const LISTED = 20;
const SIDE_BY_SIDE = 10;
const SHOWN = 400;

/** The answer as text in one format. */
export function renderOverlap(
  report: OverlapReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  const source: PageSource = {
    page: () => overlapPage(report),
    document: report,
    csv: () => overlapCsv(report),
  };
  return renderPage(source, format, view);
}

function overlapPage(report: OverlapReport): Page {
  const { stores, contamination, drafts, neighbours } = report;
  return {
    answers: [
      { label: 'Verdict', text: report.headline },
      { label: 'Eval set', text: `${countOf(report.cases, 'case')}${resultText(report)}` },
      ...stores.flatMap(storeAnswers),
      ...neighbours.map(neighbourAnswer),
      ...(contamination === null ? [] : [{ label: 'Corpus', text: corpusText(contamination) }]),
      ...drafts.map(({ column, cases, equal }) => ({
        label: 'Drafts',
        text: `${equal} of ${cases} expected answers are equal to the draft in ${column}`,
      })),
      ...report.written.map(({ path, rows }) => ({
        label: 'Written',
        text: `${path}: ${countOf(rows, 'row')} to remove, from the data, not from the eval set`,
      })),
    ],
    sections: report.texts ? stores.flatMap(({ pairs }) => pairs.slice(0, SIDE_BY_SIDE).map(sideBySide)) : [],
    tables: [
      ...stores
        .flatMap((store) => [scoreTable(store), pairTable(store), shortTable(store)])
        .filter((table) => table !== null),
      ...(contamination === null ? [] : [contaminationTable(contamination)]),
      ...neighbours.flatMap(neighbourTables),
    ],
    notes: [...stores.flatMap(storeNotes), ...neighbours.flatMap(neighbourNotes), ...report.notes],
  };
}

function resultText({ withoutResult, cases }: OverlapReport): string {
  if (withoutResult === null) return '; no results, so no score (--run FILE)';
  return withoutResult === 0 ? ', all with a result' : `, ${cases - withoutResult} with a result`;
}

function storeAnswers(store: StoreOverlap): { readonly label: string; readonly text: string }[] {
  const { label, state } = STORE_WORDS[store.store];
  const { casesBy, pairsBy, conflicting, sameLabel, failing, failingNowPass } = store;
  const hasCopies = store.overlapping.length > 0;
  return [
    { label, text: `${countOf(store.rows, 'row')} in ${countOf(store.files.length, 'file')}` },
    {
      label: hasCopies ? state : 'Copies',
      text: `${copiedText(store)}: ${casesBy.exact} word for word, ${casesBy.near} at Jaccard ${store.threshold} or more (${countOf(store.remove.length, 'row')} to remove)`,
    },
    ...(hasCopies && sameLabel + conflicting.length > 0
      ? [
          {
            label: 'Labels',
            text: `${sameLabel} cases have the same label there, ${conflicting.length} another`,
          },
        ]
      : []),
    ...(failing > 0
      ? [
          {
            label: 'Failing',
            text:
              failingNowPass === null
                ? `${failing} of the copied cases fail`
                : `${failing} of the copied cases failed in the baseline, ${failingNowPass} of them pass now`,
          },
        ]
      : []),
    ...(casesBy.similar > 0
      ? [
          {
            label: 'Notice',
            text: `${countOf(casesBy.similar, 'more case')} resemble a row (Jaccard ${store.notice} to ${store.threshold}; ${countOf(pairsBy.similar, 'pair')}); nothing follows from it`,
          },
        ]
      : []),
  ];
}

function scoreTable({ candidate, baseline, metric, store }: StoreOverlap): PageTable | null {
  if (candidate === null) return null;
  const scores = [candidate, ...(baseline === null ? [] : [baseline])];
  const row = (name: string, of: (score: OverlapScore) => Estimate) => [
    name,
    formatCount(of(candidate).n),
    ...scores.map((score) => estimateText(of(score))),
  ];
  return {
    title: `${metric} with and without the cases of ${STORE_WORDS[store].name} (95% intervals)`,
    columns: [
      left('cases'),
      right('n'),
      right('candidate'),
      ...(baseline === null ? [] : [right('baseline')]),
    ],
    rows: [
      row('all', ({ all }) => all),
      row('clean', ({ clean }) => clean),
      row('copied', ({ overlapping }) => overlapping),
      ['all - clean', '', ...scores.map(shiftText)],
    ],
    most: 4,
  };
}

function shiftText(score: OverlapScore): string {
  const shift = scoreShift(score);
  return shift === null ? '-' : formatSigned(shift, (size) => size.toFixed(4));
}

/** `0.887 (0.866-0.905)`. */
function estimateText({ estimate, lower, upper }: Estimate): string {
  if (estimate === null) return '-';
  const bounds = lower === null || upper === null ? '' : ` (${lower.toFixed(3)}-${upper.toFixed(3)})`;
  return `${estimate.toFixed(3)}${bounds}`;
}

function sideBySide({
  caseId,
  row,
  caseText,
  rowText,
  closeness,
}: OverlapPair): NonNullable<Page['sections']>[number] {
  return {
    title: `${caseId}, ${closeness} of ${row.file}:${row.line}`,
    lines: [
      { label: 'case', text: cut(caseText ?? '') },
      { label: 'row', text: rowText === null ? '(hashes only)' : cut(rowText) },
    ],
  };
}

/** The beginning of a text; pages take care of what it holds. */
function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} ... (${formatCount(text.length)} characters)` : text;
}

function corpusText({ texts, n, found, cases, contaminated, share, candidate }: ContaminationReport): string {
  const score =
    candidate?.all.estimate == null
      ? ''
      : `; score ${estimateText(candidate.all)} on all, ${estimateText(candidate.clean)} without them`;
  return `${countOf(texts, 'text')}; ${found.length} of ${countOf(cases, 'case')} share a run of ${n} words, ${contaminated} with at least ${percentText(share, 0)}% of their runs${score}`;
}

function contaminationTable({ found, n }: ContaminationReport): PageTable {
  const names = rowNames(found.flatMap(({ sources }) => sources));
  return {
    title: `Cases that share runs of ${n} words with the corpus (${names.legend})`,
    columns: [left('case'), right('runs'), right('share'), right('longest'), left('first seen in')],
    rows: found.map(({ caseId, hits, positions, longest, sources }) => [
      caseId,
      `${hits}/${positions}`,
      `${percentText(hits / positions)}%`,
      `${longest} words`,
      sources.slice(0, 2).map(names.of).join(' '),
    ]),
    most: LISTED,
  };
}

function storeNotes(store: StoreOverlap): readonly string[] {
  const { leftOut, boilerplateGrams, grams, verified, pairsBy, pairs } = store;
  const all = pairsBy.exact + pairsBy.near + pairsBy.similar;
  const say = (count: number, text: string) => (count === 0 ? [] : [text]);
  const { name } = STORE_WORDS[store.store];
  return [
    `Texts are compared as sets of ${grams}, after NFKC, lower case and white space; every pair with ${name} is found${verified ? ' and verified on its texts' : ' by salted 64-bit hashes'}.`,
    ...say(leftOut.withoutText, `${countOf(leftOut.withoutText, 'case')} without a text were not compared.`),
    ...say(
      leftOut.short,
      `${countOf(leftOut.short, 'case')} of fewer than ${store.minWords} words stand apart; ${leftOut.shortEqual} of them are equal to a row.`,
    ),
    ...say(
      boilerplateGrams,
      `${countOf(boilerplateGrams, 'run')} of words in more than ${percentText(store.boilerplateShare, 0)}% of the cases are boilerplate and do not count; ${leftOut.onlyBoilerplate} cases are nothing else.`,
    ),
    ...say(leftOut.rowsWithoutText, `${countOf(leftOut.rowsWithoutText, 'row')} of ${name} without a text.`),
    ...say(all - pairs.length, `${all - pairs.length} further pairs are counted and not listed.`),
  ];
}

/** One row per pair, unrounded; neighbours stand below with their cosine, where they were asked for. */
function overlapCsv({ stores, texts, neighbours }: OverlapReport): CsvTable {
  const head = ['store', 'pair', 'case', 'file', 'line', 'intersection', 'union', 'smaller', 'jaccard'];
  const hasCosine = neighbours.length > 0;
  return [
    [
      ...head,
      'caseLabel',
      'rowLabel',
      ...(texts ? ['caseText', 'rowText'] : []),
      ...(hasCosine ? ['cosine'] : []),
    ],
    ...stores.flatMap(({ store, pairs }) =>
      pairs.map((pair) => [
        ...[store, pair.closeness, pair.caseId, pair.row.file, pair.row.line],
        ...[pair.intersection, pair.union, pair.smaller, pair.intersection / pair.union],
        ...[pair.caseLabel, pair.rowLabel],
        ...(texts ? [pair.caseText, pair.rowText] : []),
        ...(hasCosine ? [null] : []),
      ]),
    ),
    ...neighbours.flatMap(({ store, nearest }) =>
      nearest.map((pair) => [
        ...[store, 'neighbour', pair.caseId, pair.row.file, pair.row.line, null, null, null, null],
        ...[pair.caseLabel, pair.rowLabel],
        ...(texts ? [pair.caseText, pair.rowText] : []),
        pair.similarity,
      ]),
    ),
  ];
}
