/** Puts the document of a draw together. */

import { marginOfError } from '../../sampling/index.ts';
import { compareText } from '../../slices/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import { MOST_DISTANCES } from './distances.ts';
import type { DrawnRows } from './draw-designs.ts';
import type { DrawnCase } from './drawn-case.ts';
import type { ExistingCases } from './existing-cases.ts';
import type { PlannedDraw } from './plan-draw.ts';
import type { Population } from './population.ts';
import type { RoundTrip } from './round-trip.ts';
import type { SampleReport, StratumReport } from './sample-report.ts';
import type { SampleRequest } from './sample-request.ts';

/** Everything that was done. */
export interface FinishedDraw {
  readonly request: SampleRequest;
  readonly logs: OpenedRecords;
  readonly evalSet: OpenedRecords | null;
  readonly existing: ExistingCases;
  readonly by: readonly { readonly name: string }[];
  readonly population: Population;
  readonly planned: PlannedDraw;
  readonly drawn: DrawnRows;
  readonly cases: readonly DrawnCase[];
  readonly roundTrip: RoundTrip | null;
  readonly ledger: SampleReport['ledger'];
}

export function sampleReport(done: FinishedDraw): SampleReport {
  const { request, logs, evalSet, existing, by, population, planned, drawn, cases, roundTrip, ledger } = done;
  const { plan, floorReason } = planned;
  const { input } = logs.mapping;
  const inputs = cases.flatMap(({ cells }) =>
    input === undefined ? [] : [JSON.stringify(cells.get(input) ?? null)],
  );
  return {
    kind: 'slicewise sample',
    files: logs.files,
    leftOut: logs.leftOut,
    population: population.counts,
    evalSet:
      evalSet === null ? null : { files: evalSet.files, cases: existing.cases, missing: existing.missing },
    by: by.map(({ name }) => name),
    where: request.where,
    floor: plan.floor,
    floorReason,
    rule: plan.rule,
    seed: plan.seed,
    designs: plan.designs,
    margin:
      cases.length === 0 ? null : marginOfError(cases.length, { population: population.counts.available }),
    drawn: cases.length,
    sameInput: inputs.length - new Set(inputs).size,
    unreached: drawn.unreached,
    strata: strataOf(done),
    classes: drawn.classes,
    spreads:
      plan.spreads === null
        ? null
        : [...plan.spreads]
            .map(([stratum, spread]) => ({ stratum, spread }))
            .toSorted((a, b) => compareText(a.stratum, b.stratum)),
    written:
      request.output === null || roundTrip === null
        ? null
        : { file: request.output, as: request.as, roundTrip },
    worksheet: cases.length === 0 ? null : request.worksheet,
    ledger,
    memoryMb: memoryOf(population),
    notes: notesOf(done),
    items: cases.map(({ name, file, line, stratum, probability, why }) => ({
      item: name,
      place: `${file}:${line}`,
      stratum,
      probability,
      why,
    })),
  };
}

function strataOf({ population, drawn, existing, cases }: FinishedDraw): readonly StratumReport[] {
  const taken = Map.groupBy(cases, ({ stratum }) => stratum);
  const rows = population.strata.reduce((sum, one) => sum + one.rows, 0);
  return population.strata
    .map(({ key, slices, rows: own }, at): StratumReport => {
      const allocation = drawn.allocations?.[at] ?? null;
      const count = taken.get(key)?.length ?? 0;
      const has = existing.byStratum.get(key) ?? 0;
      return {
        stratum: key,
        slices,
        rows: own,
        share: rows === 0 ? 0 : own / rows,
        existing: has,
        drawn: count,
        forFloor: allocation?.forFloor ?? null,
        total: has + count,
        floor: allocation?.floor ?? null,
      };
    })
    .toSorted((a, b) => b.rows - a.rows || compareText(a.stratum, b.stratum));
}

/** Names are two bytes a character and some header; everything else of a row is numbers. */
function memoryOf({ names, counts }: Population): number {
  const characters = names.reduce((sum, name) => sum + name.length, 0);
  return Math.ceil((characters * 2 + counts.rows * 80) / 1e6);
}

function notesOf({ logs, evalSet, population, drawn, request }: FinishedDraw): readonly string[] {
  const { texts, counts, entropy } = population;
  const notes = [...logs.notes, ...(evalSet?.notes ?? []).map((note) => `eval set: ${note}`)];
  const byDistance = request.designs.some(({ name }) => name === 'fringe' || name === 'dense');
  if (byDistance && texts.size < counts.available) {
    notes.push(
      `distances are measured on ${texts.size} rows drawn at random (at most ${MOST_DISTANCES}); other rows cannot be drawn by distance`,
    );
  }
  const without = entropy.filter(Number.isNaN).length;
  if (without > 0) notes.push(`${without} rows have no probabilities and no entropy`);
  if (drawn.unreached > 0) {
    notes.push(
      `the design cannot draw ${drawn.unreached} of ${counts.available} rows, so inclusion probabilities are left empty and no rate can use this sample; add --design random, or a --size that reaches every slice`,
    );
  }
  return notes;
}
