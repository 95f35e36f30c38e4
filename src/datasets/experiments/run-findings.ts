/** What there is to say about recorded runs, worst first: comparability, curves of the best run, luck, what was not read. */

import { foundText, foundTexts } from '../../cases/index.ts';
import type { Damage } from '../../sources/index.ts';
import type { BestRuns } from './best-run.ts';
import type { ComparableGroup } from './comparable-groups.ts';
import type { CurveReport } from './curve-findings.ts';
import type { CurveFlag, ExperimentFinding } from './experiments-report.ts';
import type { Fingerprint } from './run-fields.ts';

/** What findings are made from. */
export interface FindingInput {
  readonly groups: readonly ComparableGroup[];
  readonly same: readonly Fingerprint[];
  readonly curves: readonly CurveReport[];
  /** Id of the best run of the largest group. */
  readonly bestRun: string | null;
  readonly best: BestRuns;
  readonly damage: readonly Damage[];
  /** How a run is named in sentences. */
  readonly nameOf: (id: string) => string;
}

const SPOKEN = 5;

/** All findings. */
export function runFindings(input: FindingInput): readonly ExperimentFinding[] {
  const findings = [...comparability(input), ...curveKinds(input), ...luck(input), ...unread(input)];
  const order = ['INVALID', 'REVIEW'];
  const rank = ({ verdict }: ExperimentFinding): number => {
    const at = order.indexOf(verdict ?? '');
    return at < 0 ? order.length : at;
  };
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** What one curve shows, as words for a table. */
export function curveFlags({ facts, overfitting }: CurveReport): readonly CurveFlag[] {
  const rises = facts.rise === null ? [] : [facts.diverged ? ('diverged' as const) : ('rising' as const)];
  // Validation that turns while training falls is overfitting and no divergence.
  const alone = overfitting?.found === true ? [] : rises;
  return [
    ...(facts.notFinite === null ? alone : (['not a number'] as const)),
    ...(facts.stillFalling && facts.notFinite === null ? (['still falling'] as const) : []),
    ...(overfitting?.found === true ? (['overfitting'] as const) : []),
    ...(facts.plateauSince === null ? [] : (['plateau'] as const)),
    ...(facts.spikes.length > 0 ? (['spikes'] as const) : []),
  ];
}

function comparability({ groups, same }: FindingInput): readonly ExperimentFinding[] {
  // Most scores have no judge; a data set they all have.
  const silent = same.filter(
    (field) => field === 'dataset' && groups.every(({ fields }) => (fields[field] ?? null) === null),
  );
  const shared = { what: 'comparable runs', kind: 'evaluation' } as const;
  const notes: ExperimentFinding[] =
    silent.length === 0
      ? []
      : [
          {
            ...shared,
            verdict: null,
            status: 'not checkable',
            reason: `no run says its ${silent.join(' or ')}: whether the scores were measured alike cannot be told`,
            hides: 'a better score may be an easier data set or a milder judge',
            remedy: `log ${silent.map((field) => `${field}_hash`).join(' and ')} with every run`,
            runs: [],
          },
        ];
  if (groups.length < 2) return notes;
  const differing = same.filter(
    (field) => new Set(groups.map(({ fields }) => fields[field]).filter((value) => value !== null)).size > 1,
  );
  const differs = differing.length > 0;
  const unsaid = same.filter((field) => new Set(groups.map(({ fields }) => fields[field])).size > 1);
  const sizes = groups
    .slice(0, SPOKEN)
    .map((group) => `${group.name} ${group.runs.length}${describeFields(group)}`)
    .join('; ');
  const more = groups.length > SPOKEN ? `; and ${groups.length - SPOKEN} more groups` : '';
  return [
    {
      ...shared,
      verdict: differs ? 'INVALID' : 'REVIEW',
      status: 'checked',
      reason: differs
        ? `NOT COMPARABLE: ${groups.length} groups of runs differ in ${differing.join(' and ')}: ${sizes}${more}`
        : `${groups.length} groups: some runs say their ${unsaid.join(' and ')} and some do not: ${sizes}${more}`,
      hides: 'a better score may be an easier data set or a milder judge',
      remedy:
        'compare within a group (--filter), or score the runs again on the same data with the same judge',
      runs: [],
    },
    ...notes,
  ];
}

function describeFields({ fields }: ComparableGroup): string {
  const said = Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([field, value]) => `${field} ${foundText(String(value))}`);
  return said.length === 0 ? ' (nothing logged)' : ` (${said.join(', ')})`;
}

/** How each kind is said; the best run's own trouble asks a person, that of others is a notice. */
const KINDS: readonly {
  readonly flags: readonly CurveFlag[];
  readonly what: ExperimentFinding['what'];
  readonly asks: boolean;
  readonly says: string;
  readonly hides: string;
  readonly remedy: string;
}[] = [
  {
    flags: ['not a number', 'diverged', 'rising'],
    what: 'diverged',
    asks: true,
    says: 'diverged (a loss that is no number, or that rises beyond its noise)',
    hides: 'a setting that looks bad may only have had too high a learning rate',
    remedy: 'lower the learning rate, clip gradients, or look at the batch where it began',
  },
  {
    flags: ['overfitting'],
    what: 'overfitting',
    asks: true,
    says: 'overfit: validation gets worse while training gets better',
    hides: 'the last checkpoint is worse than an earlier one of the same run',
    remedy: 'take the checkpoint of the best step, stop earlier, or regularise',
  },
  {
    flags: ['still falling'],
    what: 'still falling',
    asks: false,
    says: 'still fall at the end',
    hides:
      'a setting that looks worse may only have been stopped earlier; a comparison at equal steps favours fast starters',
    remedy: 'train longer before ranking these runs',
  },
  {
    flags: ['spikes'],
    what: 'spikes',
    asks: false,
    says: 'have spikes',
    hides: 'broken rows in single batches, or a learning rate at the edge of stability',
    remedy: 'look at the batches of these steps',
  },
  {
    flags: ['plateau'],
    what: 'plateau',
    asks: false,
    says: 'stand still at the end',
    hides: 'nothing; training longer as it is would bring no more',
    remedy: 'stop earlier, or change the learning rate',
  },
];

function curveKinds({ curves, bestRun, nameOf }: FindingInput): readonly ExperimentFinding[] {
  return KINDS.flatMap(({ flags, what, asks, says, hides, remedy }): readonly ExperimentFinding[] => {
    const found = curves.filter((curve) => curveFlags(curve).some((flag) => flags.includes(flag)));
    if (found.length === 0) return [];
    const runs = [...new Set(found.map(({ run }) => run))];
    const ofBest = bestRun !== null && runs.includes(bestRun);
    const names = foundTexts(
      [...(ofBest ? [bestRun] : []), ...runs.filter((id) => id !== bestRun)].map(nameOf),
      SPOKEN,
    );
    return [
      {
        what,
        kind: 'model',
        verdict: ofBest && asks ? 'REVIEW' : null,
        status: 'checked',
        reason: `${found.length} of ${curves.length} curves ${says}: ${names}${ofBest ? ', the best run among them' : ''}`,
        hides,
        remedy,
        runs,
      },
    ];
  });
}

function luck({ best }: FindingInput): readonly ExperimentFinding[] {
  return best.reports.map(({ over, tried, observed, expected, optimism, ties, best: id }) => ({
    what: 'best of n',
    kind: 'evaluation',
    verdict: null,
    status: 'checked',
    reason: `the best of ${tried} ${over === 'seeds' ? 'settings' : 'runs'} shows ${observed.toPrecision(4)}; ${over === 'seeds' ? 'trained again' : 'on fresh cases'} expect ${(expected.estimate ?? Number.NaN).toPrecision(4)} (95% ${(expected.lower ?? Number.NaN).toPrecision(4)} to ${(expected.upper ?? Number.NaN).toPrecision(4)}): ${optimism.toPrecision(2)} is luck of the pick; ${ties} cannot be told apart from it`,
    hides: 'runs that nobody logged were tried as well, and make the luck larger',
    remedy: 'score the chosen run once on cases that took no part in choosing',
    runs: over === 'cases' ? [id] : [],
  }));
}

function unread({ damage }: FindingInput): readonly ExperimentFinding[] {
  if (damage.length === 0) return [];
  return [
    {
      what: 'unread',
      kind: 'data',
      verdict: 'REVIEW',
      status: 'checked',
      reason: `${damage.length} ${damage.length === 1 ? 'thing' : 'things'} could not be read; the table lacks them`,
      hides: 'the runs that broke are seldom the good ones, so the rest looks better than the search was',
      remedy: 'repair the files, or leave the runs out on purpose (--filter)',
      runs: [],
    },
  ];
}
