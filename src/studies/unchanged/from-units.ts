/** Unchanged releases case by case: for slices that overlap, numbers, repeated trials and clusters. */

import type { SliceCount, UnitTable } from '../../counts/index.ts';
import { allGrouping } from '../../scope/index.ts';
import { createRandom } from '../../stats/index.ts';
import type { Study } from '../open-study.ts';
import { lossesToPlant } from './cell-draws.ts';
import { type DrawnRelease, STREAMS, type UnchangedMode, type UnchangedModel } from './model.ts';
import { countUnits, dealUnits, markPlaces, placesOf, swapUnits, usableMembers } from './unit-draws.ts';

/**
 * The model of one mode. Metrics over outcomes other than the pass rate have no value of their own for a single case here and
 * are left out.
 */
export async function unchangedUnits(study: Study, mode: UnchangedMode): Promise<UnchangedModel> {
  const { config, comparison } = study;
  const { seed } = config.policy;
  const tables = await unitTables(study);
  const passRate = study.scope.metrics.find(({ measure }) => measure.kind === 'passRate')?.id ?? null;
  const places = placesOf(tables.values(), comparison.clustered);
  const paired = mode === 'label swap';
  const drawTable = paired ? swapUnits : dealer(study, mode);
  const share = mode === 'relabelled' ? baselineShare(study) : 0.5;
  const release = (units: ReadonlyMap<string, UnitTable>): DrawnRelease => ({
    counts: countsOf(units, passRate, study),
    units,
  });
  return {
    mode,
    pairing: paired ? 'paired' : 'unpaired',
    method: `draws of single ${comparison.clustered ? 'clusters' : 'cases'}`,
    metrics: [...tables.keys()],
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

/** Values of every metric that has some, over the gated groupings and all cases. */
async function unitTables({ comparison, scope, config, measured }: Study): Promise<Map<string, UnitTable>> {
  const all = allGrouping();
  const groupings = [all, ...scope.groupings.map(({ grouping }) => grouping)];
  const distinct = [...new Map(groupings.map((grouping) => [grouping.id, grouping])).values()];
  const tables = new Map<string, UnitTable>();
  for (const { id, measure } of scope.metrics) {
    const known = measured.units.get(id);
    if (known !== undefined) tables.set(id, known);
    else if (measure.kind === 'passRate') {
      const outcome = { kind: 'outcome', of: measure, errors: config.policy.errors } as const;
      tables.set(
        id,
        await comparison.engine.units({ groupings: distinct, measure: outcome, onlyDiscordant: false }),
      );
    }
  }
  return tables;
}

/** Counts of the pass rate come from the drawn cases; without one the observed counts only tell how many cases there are. */
function countsOf(
  units: ReadonlyMap<string, UnitTable>,
  passRate: string | null,
  { measured, scope }: Study,
): readonly SliceCount[] {
  const table = passRate === null ? undefined : units.get(passRate);
  if (table !== undefined) return countUnits(table);
  const wanted = new Set([allGrouping().id, ...scope.groupings.map(({ grouping }) => grouping.id)]);
  return measured.counts.filter(({ grouping }) => wanted.has(grouping));
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
