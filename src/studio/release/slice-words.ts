/** Words that the lost cases of a slice have more often than its other cases. */

import { unitMeasureOf } from '../../stages/index.ts';
import { readTexts, tellingWords } from '../../studies/index.ts';
import type { SliceWordsAnswer } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { isSliceKey, type KnownSlice, knownSlice, sliceGrouping } from './known-slice.ts';

/** Fewer lost cases have no words in common but by chance. */
const LEAST_LOST = 3;

const NO_WORDS = (why: string): SliceWordsAnswer => ({ words: null, why });

/** Reads the inputs of the candidate once; of slices with more than 20,000 cases a part. */
export async function sliceWords(id: string, session: StudioSession): Promise<SliceWordsAnswer> {
  const slice = await knownSlice(id, session);
  const { report, comparison } = session.release;
  const what = report.baseline === null ? 'failed' : 'lost';
  const members = await membersOf(slice, session);
  if (members === null) return NO_WORDS('This metric has no lost cases one by one.');
  const count = members.lost.reduce((sum, mark) => sum + mark, 0);
  if (count < LEAST_LOST) {
    return NO_WORDS(`Too few ${what} cases (${count}) to compare words: ${LEAST_LOST} are needed.`);
  }
  const run = comparison.candidate;
  const nobody = new Uint8Array(members.ids.length);
  const read = await readTexts(run, { ids: members.ids, lost: [members.lost], queries: [], passing: nobody });
  if (read === null) {
    return NO_WORDS('No input texts to read. Map their column with --map input=COLUMN, from a file.');
  }
  const inSlice = tellingWords(read.counts[0]!);
  const others = members.ids.length - count;
  return { words: { what, lost: count, others, inSlice, step: read.step }, why: null };
}

/** The cases of the slice by id, those that it lost marked; null where no case has a value of its own. */
async function membersOf(slice: KnownSlice, { release, inTurn }: StudioSession) {
  const { evidence } = slice;
  const measure = evidence && unitMeasureOf(evidence.metric.measure, release.config.policy.errors);
  if (evidence === null || measure === null) return null;
  const units = await inTurn(({ comparison: { engine } }) =>
    engine.units({ groupings: [sliceGrouping(slice, evidence)], measure, onlyDiscordant: false }),
  );
  const at = units.slices.findIndex((key) => isSliceKey(slice, evidence, key));
  const places = at < 0 ? new Int32Array() : units.members[at]!;
  const turned = evidence.direction === 'higher' ? 1 : -1;
  const isSingle = release.report.baseline === null;
  const lost = Uint8Array.from(places, (place) => {
    const before = isSingle ? 1 : units.baseline[place]!;
    return (units.candidate[place]! - before) * turned < 0 ? 1 : 0;
  });
  return { ids: Array.from(places, (place) => units.ids[place]!), lost };
}
