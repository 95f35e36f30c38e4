/** Unchanged releases case by case: for slices that overlap, numbers, repeated trials and clusters. */

import { isOutcomeMeasure, type SliceCount, type UnitTable } from '../../counts/index.ts';
import { allGrouping } from '../../scope/index.ts';
import { createRandom } from '../../stats/index.ts';
import type { Study } from '../open-study.ts';
import { lossesToPlant } from './cell-draws.ts';
import { type DrawnRelease, STREAMS, type UnchangedMode, type UnchangedModel } from './model.ts';
import { dealUnits, markPlaces, placesOf, swapUnits, usableMembers } from './unit-draws.ts';

/** The model of one mode, for any metrics and any slices. */
export async function unchangedUnits(study: Study, mode: UnchangedMode): Promise<UnchangedModel> {
  const { config, comparison } = study;
  const { seed } = config.policy;
  const tables = await unitTables(study);
  const passRate = study.scope.metrics.find(({ measure }) => measure.kind === 'passRate')?.id ?? null;
  const places = placesOf(tables.values(), comparison.clustered);
  const paired = mode === 'label swap';
  const drawTable = paired ? swapUnits : dealer(study, mode);
  const share = mode === 'relabelled' ? baselineShare(study) : 0.5;
  const counts = countsOf(study);
  const release = (units: ReadonlyMap<string, UnitTable>): DrawnRelease => ({ counts, units });
  return {
    mode,
    pairing: paired ? 'paired' : 'unpaired',
    method: `draws of single ${comparison.clustered ? 'clusters' : 'cases'}`,
    draw: (replicate) => {
      const marks = markPlaces(places.size, share, seed, replicate);
      return release(
        new Map(
          [...tables].map(([metric, table]) => [
            metric,
            drawTable(table, places.of.get(table) ?? new Int32Array(), marks),
          ]),
        ),
      );
    },
    plant: (drawn, slice, drop, replicate) => {
      const table = passRate === null ? undefined : drawn.units.get(passRate);
      if (passRate === null || table === undefined) return drawn;
      const random = createRandom(seed, STREAMS.plant + replicate);
      const members = usableMembers(table, slice, paired);
      const passing = members.filter((unit) => table.candidate[unit] > 0);
      const chosen = lossesToPlant({
        n: members.length,
        drop,
        passing: passing.length,
        passes: passing.reduce((sum, unit) => sum + table.candidate[unit], 0),
        chance: random.nextFloat(),
      });
      const candidate = table.candidate.slice();
      for (let i = 0; i < chosen; i++) {
        const at = i + random.nextBelow(passing.length - i);
        candidate[passing[at]] = 0;
        passing[at] = passing[i];
      }
      return release(new Map([...drawn.units, [passRate, { ...table, candidate }]]));
    },
  };
}

/** Values of every metric, over the gated groupings and all cases. */
async function unitTables({ comparison, scope, config, measured }: Study): Promise<Map<string, UnitTable>> {
  const groupings = groupingsOf(scope);
  const tables = new Map<string, UnitTable>();
  for (const { id, measure } of scope.metrics) {
    const known = measured.units.get(id);
    if (known !== undefined) tables.set(id, known);
    else if (isOutcomeMeasure(measure)) {
      const outcome = { kind: 'outcome', of: measure, errors: config.policy.errors } as const;
      tables.set(id, await comparison.engine.units({ groupings, measure: outcome, onlyDiscordant: false }));
    }
  }
  return tables;
}

/** The observed counts: they only tell which slices there are and how many cases each has. */
function countsOf({ measured, scope }: Study): readonly SliceCount[] {
  const wanted = new Set(groupingsOf(scope).map(({ id }) => id));
  return measured.counts.filter(({ grouping }) => wanted.has(grouping));
}

function groupingsOf({ groupings }: Study['scope']) {
  const all = [allGrouping(), ...groupings.map(({ grouping }) => grouping)];
  return [...new Map(all.map((grouping) => [grouping.id, grouping])).values()];
}

function dealer({ profile }: Study, mode: UnchangedMode) {
  const hasBaseline = profile.baseline !== null;
  return (table: UnitTable, places: Int32Array, marks: Uint8Array): UnitTable => {
    const { baseline, candidate } = table;
    const pooled = (unit: number) => (Number.isNaN(baseline[unit]) ? candidate[unit] : baseline[unit]);
    const one = hasBaseline ? baseline : candidate;
    return dealUnits(table, places, marks, mode === 'relabelled' ? pooled : (unit) => one[unit]);
  };
}

function baselineShare({ profile }: Study): number {
  const before = profile.baseline?.cases ?? 0;
  return before / (before + profile.candidate.cases);
}
