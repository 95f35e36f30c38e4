/** `slicewise families suggest`: groups segments that are too small to gate alone by what their inputs look like. */

import type { Config } from '../../config/index.ts';
import { FAMILY_DEFAULTS, type ProposedFamily, proposeFamilies } from '../../discovery/index.ts';
import { UsageError } from '../../errors.ts';
import { configuredRuns, load, type Ports } from '../../stages/index.ts';
import { chooseColumns } from '../discover/choose-columns.ts';
import { DISCOVER_DEFAULTS } from '../discover/request.ts';
import { segmentProfiles } from './profiles.ts';

/** What to group. */
export interface FamiliesRequest {
  readonly config: Config;
  /** The column of segments. */
  readonly by: string;
  /** Segments with as many cases or more stay alone; a whole number of at least 1. */
  readonly below: number;
  /** Least mean similarity of members, in (0, 1]. */
  readonly similarity: number;
}

/** A family that a person may take over. */
export interface SuggestedFamily {
  readonly name: string;
  readonly members: readonly string[];
  readonly cases: number;
  readonly similarity: number;
  /** Words and facts that most members have and others have less often. */
  readonly words: readonly { readonly word: string; readonly share: number; readonly elsewhere: number }[];
  readonly facts: readonly { readonly fact: string; readonly share: number; readonly elsewhere: number }[];
}

/** The proposal, as plain data. */
export interface FamiliesResult {
  readonly study: 'families';
  readonly schemaVersion: '1.0';
  readonly by: string;
  readonly below: number;
  readonly segments: number;
  /** Segments large enough to stay alone. */
  readonly large: number;
  readonly families: readonly SuggestedFamily[];
  /** Small segments that resemble no others enough. */
  readonly alone: readonly string[];
  readonly without: number;
  readonly notes: readonly string[];
}

/** Values of a column that can be facts about segments. */
const MOST_FACTS = 200;

/**
 * Proposes families. What the runs did with a case has no part in it.
 *
 * @throws UsageError where the column is none of the results'; else as the gate does
 */
export async function runFamilies(request: FamiliesRequest, ports: Ports): Promise<FamiliesResult> {
  const { config, by, below, similarity } = request;
  check(request);
  ports.progress('reading');
  const comparison = await load(config, configuredRuns(config), ports, { cases: 'rows' });
  try {
    const profile = await comparison.engine.profile();
    const column = profile.columns.find(({ name }) => name === by);
    if (column === undefined || !column.inCandidate) {
      throw new UsageError({
        message: `--by names '${by}', and the results have no such column`,
        hint: `columns: ${profile.columns.map(({ name }) => name).join(', ')}`,
      });
    }
    const { searched } = chooseColumns(profile, comparison.mappings, config.metrics, DISCOVER_DEFAULTS);
    const facts = searched
      .filter(({ column: name, isNumber }) => name !== by && !isNumber)
      .map(({ column: name }) => name)
      .filter((name) => profile.columns.some((one) => one.name === name && one.distinct <= MOST_FACTS));
    ports.progress('comparing segments');
    const { segments, words, without } = await segmentProfiles(comparison.candidate, by, facts);
    const small = segments.filter(({ cases }) => cases < below);
    const { families, alone } = proposeFamilies(small, { ...FAMILY_DEFAULTS, similarity });
    const hasInput = comparison.candidate.opened.mapping.input !== undefined;
    return {
      ...{ study: 'families', schemaVersion: '1.0', by, below, without, alone },
      segments: segments.length,
      large: segments.length - small.length,
      families: named(families, words),
      notes: [
        'families are made from inputs and metadata alone; what passed or failed has no part in them',
        ...(hasInput ? [] : ['no column of inputs is known, so only metadata was compared']),
        ...(facts.length === 0 && !hasInput ? ['there is nothing to compare segments by'] : []),
      ],
    };
  } finally {
    await comparison.engine.close();
  }
}

function check({ by, below, similarity }: FamiliesRequest): void {
  const problems = [
    ...(by === '' ? [{ message: '--by is empty, must be the column of segments' }] : []),
    ...(Number.isInteger(below) && below >= 1
      ? []
      : [{ message: `--below is ${below}, must be a whole number of at least 1` }]),
    ...(similarity > 0 && similarity <= 1
      ? []
      : [{ message: `--similarity is ${similarity}, must be above 0 and at most 1` }]),
  ];
  if (problems.length > 0) throw new UsageError(problems);
}

/** Names by the strongest words, or facts, each name once. */
function named(
  families: readonly ProposedFamily[],
  words: ReadonlyMap<number, string>,
): readonly SuggestedFamily[] {
  const taken = new Set<string>();
  return families.map(({ members, cases, similarity, terms, metadata }, i) => {
    const own = terms.map(({ key, share, elsewhere }) => ({ word: words.get(key) ?? '', share, elsewhere }));
    const facts = metadata.map(({ key, share, elsewhere }) => ({ fact: key, share, elsewhere }));
    const parts =
      own.length > 0 ? own.slice(0, 2).map(({ word }) => word) : facts.slice(0, 1).map(({ fact }) => fact);
    const first = parts.length === 0 ? `family ${i + 1}` : parts.join('-');
    const name = taken.has(first) ? `${first} ${i + 1}` : first;
    taken.add(name);
    return { name, members, cases, similarity, words: own, facts };
  });
}
