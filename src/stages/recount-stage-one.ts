/** Whether the report of a first stage says what its files say: its slices are counted, and decided, again. */

import { foundText } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { nomineesOf, type Report, type SliceReport } from '../gate/index.ts';
import { resolveScope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import { VERSION } from '../version.ts';
import { decide } from './decide.ts';
import { withoutFoundHere } from './found-here.ts';
import { asUnderstood, foundDimension } from './fresh-evidence.ts';
import { measurable } from './imported-runs.ts';
import { measure } from './measure.ts';
import type { Ports } from './ports.ts';
import type { Reopened } from './reopen-stage-one.ts';

/** Most slices named in one message. */
const NAMED = 10;

/** What the files say of a slice. */
interface Recounted {
  readonly n: number;
  readonly lost: number;
  readonly gained: number;
  readonly delta: number | null;
  /** Null where it was not decided again. */
  readonly decided: 'BLOCK' | 'nominated' | 'other' | null;
}

/**
 * Counts the slices of stage one in its files and decides them by the rules that both stages share.
 *
 * @param file name of the report, for errors
 * @returns what was taken as the report says it
 * @throws DataError naming every slice of which the report says something else than the files
 */
export async function recountStageOne(
  stageOne: Report,
  { comparison, config: opened }: Reopened,
  file: string,
  ports: Ports,
): Promise<readonly string[]> {
  ports.progress('counting stage one again');
  const nominees = nomineesOf(stageOne);
  const isNominee = new Set(nominees.map(({ id }) => id));
  const asked = measurable(asUnderstood(opened, nominees), [
    comparison.baseline?.opened,
    comparison.candidate.opened,
  ]);
  const rules = await withoutFoundHere(asked, comparison.engine);
  const recounted = await recount(stageOne, { comparison, config: rules }, ports);
  const gated = stageOne.slices.filter(({ role, n }) => role === 'gated' && n > 0);
  const differing = gated.flatMap((slice) => {
    const now = recounted.get(slice.id) ?? null;
    const text =
      now === null ? (isNominee.has(slice.id) ? 'is not in its files' : null) : difference(slice, now);
    return text === null ? [] : [`${foundText(slice.value)} ${text}`];
  });
  if (differing.length > 0) {
    const rest = differing.length - NAMED;
    throw new DataError({
      message: `stage one's report says something else than its files: ${differing.slice(0, NAMED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
      hint:
        stageOne.tool.version === VERSION
          ? 'the report was changed, or other slices and flags are used now: run stage one again'
          : `the report was changed, or other slices and flags are used now, or version ${stageOne.tool.version} that wrote it decides otherwise than this one (${VERSION}): run stage one again`,
      where: { file },
    });
  }
  return [trusted(stageOne, gated, recounted)];
}

async function recount(
  stageOne: Report,
  { comparison, config }: Reopened,
  ports: Ports,
): Promise<ReadonlyMap<string, Recounted>> {
  const profile = await comparison.engine.profile();
  const scope = resolveScope(config, profile, comparison.mappings, foundDimension(stageOne));
  const measured = await measure(comparison, scope, config, profile);
  // What a rerun of the baseline showed is not in the files, and it can nominate.
  const judgement = !hasRerun(stageOne)
    ? (await decide({ comparison, scope, config, profile, measured, rerun: null }, ports)).judgement
    : null;
  return new Map(
    measured.slices.map((slice) => {
      const decision = judgement?.decisions.get(slice) ?? null;
      const isSuspected = decision?.verdict === 'REVIEW' && decision.grade === 'suspected';
      const decided =
        decision === null
          ? null
          : decision.verdict === 'BLOCK'
            ? 'BLOCK'
            : isSuspected
              ? 'nominated'
              : 'other';
      const { n, lost, gained, delta } = slice;
      return [
        sliceId(slice.metric.id, slice.key),
        { n, lost, gained, delta: delta?.estimate ?? null, decided } as const,
      ];
    }),
  );
}

/** What the files say otherwise; null where nothing is. Slices that are void have no differences to compare. */
function difference(slice: SliceReport, now: Recounted): string | null {
  const counts = ({ n, lost, gained }: Pick<Recounted, 'n' | 'lost' | 'gained'>) =>
    `${n} cases, ${lost} lost, ${gained} gained`;
  if (counts(slice) !== counts(now))
    return `has ${counts(slice)} in the report and ${counts(now)} in the files`;
  if (slice.verdict === 'INVALID') return null;
  const apart = Math.abs((slice.delta?.estimate ?? 0) - (now.delta ?? 0));
  if (apart > 1e-9) return 'has another difference in the report than in the files';
  if (now.decided === 'BLOCK' && (slice.verdict === 'PASS' || slice.verdict === 'REVIEW')) {
    return `reads ${slice.verdict} in the report and BLOCK by its files`;
  }
  if (now.decided === 'nominated' && slice.verdict === 'PASS')
    return 'is nominated by its files and not in the report';
  return null;
}

function trusted(
  stageOne: Report,
  gated: readonly SliceReport[],
  recounted: ReadonlyMap<string, Recounted>,
): string {
  const again = gated.filter(({ id }) => recounted.has(id)).length;
  const as = [
    ...(again < gated.length ? [`${gated.length - again} other slices`] : []),
    ...(hasRerun(stageOne) ? ['what the rerun of the baseline showed'] : []),
    `${stageOne.findings.length} findings of checks`,
    'its waivers',
  ];
  const counted = hasRerun(stageOne) ? 'counted' : 'counted and decided';
  return `${again} gated slices of stage one were ${counted} again in its files; taken as its report says: ${as.join(', ')}`;
}

function hasRerun({ overall }: Report): boolean {
  return overall.some(({ rerunBand }) => rerunBand !== null);
}
