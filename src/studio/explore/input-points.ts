/** The inputs of some cases as points of a plane: opened results in, plain data out. */

import type { CodedTable, UnitMeasure } from '../../counts/index.ts';
import { textOfCell } from '../../derived/index.ts';
import { type Comparison, rowsOf } from '../../stages/index.ts';
import { idsOf } from '../../studies/index.ts';
import { countTerms, embedTexts } from '../../text/index.ts';
import { principalPlane } from './projection.ts';

/** Cases that are points, at most. */
const MOST_POINTS = 5_000;

/** Of longer texts the beginning is embedded, and the very beginning shown. */
const MOST_CHARACTERS = 20_000;
const SHOWN_CHARACTERS = 160;

/** Fewer texts than this have no plane. */
const LEAST_TEXTS = 3;

/** The rows of the table that points belong to. */
export interface PointsOrder {
  readonly input: string;
  readonly measure: UnitMeasure;
  readonly paired: boolean;
  readonly coded: Pick<CodedTable, 'candidate' | 'weight'>;
}

/** The points; `row` is that of the table. One case in `step` was looked at, `picked` of `cases`. */
export interface InputPoints {
  readonly points: readonly {
    readonly id: string;
    readonly row: number;
    readonly x: number;
    readonly y: number;
    readonly text: string;
  }[];
  readonly step: number;
  readonly picked: number;
  readonly cases: number;
  /** Why there are none; null where there are. */
  readonly whyNot: string | null;
}

/** Reads the texts of evenly chosen cases and lays them into a plane. */
export async function inputPoints(
  { engine, candidate }: Pick<Comparison, 'engine' | 'candidate'>,
  { input, measure, paired, coded }: PointsOrder,
): Promise<InputPoints> {
  const none = { points: [], step: 1, picked: 0, cases: 0 };
  const ids = await idsOf(engine, measure, coded, paired);
  if (ids === null) return { ...none, whyNot: 'the cases of this table have no ids of their own' };
  const step = Math.max(1, Math.ceil(ids.length / MOST_POINTS));
  const rows = new Map(ids.flatMap((id, row) => (row % step === 0 ? [[id, row] as const] : [])));
  const texts = await textsOf(candidate, input, [...rows.keys()], step > 1);
  const found = [...rows].filter(([id]) => texts.has(id));
  if (found.length < LEAST_TEXTS) {
    return {
      ...none,
      whyNot: `only ${found.length} of these cases have an input text: three are needed`,
    };
  }
  const own = found.map(([id]) => texts.get(id)!);
  const terms = countTerms();
  for (const text of own) terms.add(text);
  const [xs, ys] = principalPlane(embedTexts(own, terms));
  const points = found.map(([id, row], i) => ({
    ...{ id, row, x: xs[i]!, y: ys[i]!, text: own[i]!.slice(0, SHOWN_CHARACTERS) },
  }));
  return { points, step, picked: rows.size, cases: ids.length, whyNot: null };
}

/** @param isPart whether there are other cases too, which need not be read */
async function textsOf(
  run: Comparison['candidate'],
  input: string,
  ids: readonly string[],
  isPart: boolean,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(ids);
  const texts = new Map<string, string>();
  for await (const { caseId, attributes } of rowsOf(run, [input], false, isPart ? { ids } : undefined)
    .chunks) {
    const cells = attributes.get(input) ?? [];
    for (let i = 0; i < caseId.length; i++) {
      const id = caseId[i]!;
      if (!wanted.has(id) || texts.has(id)) continue;
      const text = textOfCell(cells[i])?.text.slice(0, MOST_CHARACTERS);
      if (text !== undefined) texts.set(id, text);
    }
  }
  return texts;
}
