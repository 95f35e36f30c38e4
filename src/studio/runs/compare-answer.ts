/** Two or more recorded gates side by side: what their scores rest on, and every slice in each. */

import { UsageError } from '../../errors.ts';
import { type GateCell, type ListedGate, unpairedChange } from '../../ledger/index.ts';
import type {
  Comparability,
  ComparedSlice,
  CompareRunsAnswer,
  CompareRunsParams,
  RunRow,
} from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { askLedger } from '../work/session-ledger.ts';
import { isRateMetric, runRow } from './run-row.ts';
import { decisionCounts } from './runs-answer.ts';

type Gate = ListedGate & { readonly slices: readonly GateCell[] };

/** @throws UsageError for gates that the ledger does not have */
export function compareAnswer(
  { gates: ids }: CompareRunsParams,
  session: StudioSession,
): Promise<CompareRunsAnswer> {
  return askLedger(session, async (ledger) => {
    const found = await ledger.gatesById(ids);
    const missing = ids.filter((_, i) => found[i] === null);
    if (missing.length > 0) {
      throw new UsageError(
        missing.map((id) => ({
          message: `the ledger has no gate ${JSON.stringify(id.slice(0, 64))}`,
          hint: 'choose runs from the table',
        })),
      );
    }
    const gates = found as readonly Gate[];
    const decisions = await decisionCounts(ledger);
    const runs = gates.map((gate) => runRow(gate, session, decisions));
    const comparability = comparabilityOf(runs);
    const blocked = runs.map((_, i) => whyBlocked(comparability, i));
    return { state: 'recorded', runs, comparability, blocked, slices: comparedSlices(gates, blocked) };
  });
}

/** What the runs rest on, one row per kind. */
export function comparabilityOf(runs: readonly RunRow[]): readonly Comparability[] {
  const row = (
    what: Comparability['what'],
    isInstrument: boolean,
    of: (run: RunRow) => readonly string[],
  ): Comparability => {
    const values = runs.map(of);
    const told = values.filter((value) => value.length > 0);
    const distinct = new Set(told.map((value) => JSON.stringify(value)));
    const state = distinct.size > 1 ? 'differs' : told.length === values.length ? 'same' : 'not told';
    return { what, values, state, isInstrument };
  };
  return [
    row('data set', true, ({ instruments }) => instruments?.dataset ?? []),
    row('judge', true, ({ instruments }) => instruments?.judge ?? []),
    row('prompt', false, ({ instruments }) => instruments?.prompt ?? []),
    row('code', false, ({ instruments, gitCommit }) => {
      const code = instruments?.code ?? [];
      return code.length > 0 || gitCommit === null ? code : [gitCommit];
    }),
    row('policy', false, ({ policy }) => (policy === null ? [] : [policy])),
    row('program', false, ({ codeVersion }) => [codeVersion]),
    row('results', false, ({ candidateFingerprint }) => [candidateFingerprint]),
  ];
}

/** Instruments in which a run differs from the first; what either does not tell is no difference. */
function whyBlocked(comparability: readonly Comparability[], at: number): string | null {
  const differing = comparability.filter(({ isInstrument, values }) => {
    const [first, own] = [values[0]!, values[at]!];
    return (
      isInstrument && first.length > 0 && own.length > 0 && JSON.stringify(first) !== JSON.stringify(own)
    );
  });
  if (differing.length === 0) return null;
  return `another ${differing.map(({ what }) => what).join(' and ')} than the first run: rates stand side by side, differences are not told`;
}

function comparedSlices(
  gates: readonly Gate[],
  blocked: readonly (string | null)[],
): readonly ComparedSlice[] {
  const keyOf = ({ metric, sliceId }: GateCell) => JSON.stringify([metric, sliceId]);
  const cells = gates.map(({ slices }) => new Map(slices.map((cell) => [keyOf(cell), cell])));
  const keys = new Set(cells.flatMap((own) => [...own.keys()]));
  return [...keys].map((key): ComparedSlice => {
    const own = cells.map((of) => of.get(key) ?? null);
    const { sliceId, metric, dimension, value, role, direction } = own.find((cell) => cell !== null)!;
    return {
      ...{ sliceId, metric, dimension, value, role, direction, isRate: isRateMetric(metric) },
      cells: own.map((cell) => cell && { n: cell.n, after: cell.candidate, verdict: cell.verdict }),
      changes: own.map((cell, i) =>
        i === 0 || blocked[i] !== null ? null : changeOf(own[0]!, cell, gates[0]!, gates[i]!),
      ),
    };
  });
}

function changeOf(
  first: GateCell | null,
  own: GateCell | null,
  firstGate: Gate,
  gate: Gate,
): ComparedSlice['changes'][number] {
  if (!first?.candidate || !own?.candidate) return null;
  // The gate compared with these very results, case by case: nothing is sharper.
  if (own.delta !== null && gate.baselineFingerprint === firstGate.candidateFingerprint) {
    return { change: own.delta, basis: 'recorded' };
  }
  return { change: unpairedChange(first.candidate, own.candidate), basis: 'unpaired' };
}
