/** Cuts the gates of a line into stretches that can be compared: from an anchor, or from a change of instrument, on. */

import type { Instruments } from './records.ts';

/** A gate without its slices. */
export interface GateHead {
  readonly seq: number;
  readonly baselineFingerprint: string | null;
  readonly candidateFingerprint: string;
  readonly baselineRunId: string | null;
  readonly candidateRunId: string | null;
  readonly recordedAt: string;
  /** Of the candidate's run; null where it was not recorded. */
  readonly instruments: Instruments | null;
}

export interface AnchorHead {
  readonly seq: number;
  readonly recordedAt: string;
  readonly runId: string;
  readonly fingerprint: string;
  readonly instruments: Instruments;
  readonly reason: string;
  readonly who: string;
}

/** Where a stretch begins, and which recorded estimates stand for its beginning, best first. */
export interface Segment {
  readonly from: 'first release' | 'anchor' | 'break';
  readonly at: string;
  /** The anchor's reason, or what changed; null for the first release. */
  readonly reason: string | null;
  readonly who: string | null;
  readonly runId: string | null;
  readonly fingerprint: string | null;
  readonly sources: readonly { readonly gateSeq: number; readonly side: 'baseline' | 'candidate' }[];
}

/** The stretch that each gate is in, and what changed right before it. */
export interface PlacedGate<G extends GateHead> {
  readonly gate: G;
  readonly segment: Segment;
  readonly breaks: readonly string[];
}

/**
 * Assigns every gate its stretch. A new anchor begins one, and so does a change of judge or dataset fingerprint: what was
 * measured with another instrument is not compared. A change of prompt is what releases are about and breaks nothing.
 *
 * @param gates by `seq`, ascending
 * @param anchors by `seq`, ascending
 */
export function placeGates<G extends GateHead>(
  gates: readonly G[],
  anchors: readonly AnchorHead[],
): readonly PlacedGate<G>[] {
  const placed: PlacedGate<G>[] = [];
  let segment: Segment | null = null;
  let instruments: Instruments | null = null;
  let nextAnchor = 0;
  for (const gate of gates) {
    let anchor: AnchorHead | null = null;
    for (; nextAnchor < anchors.length && anchors[nextAnchor]!.seq < gate.seq; nextAnchor += 1) {
      anchor = anchors[nextAnchor]!;
    }
    if (anchor !== null) {
      segment = anchorSegment(anchor, gates);
      instruments = anchor.instruments;
    }
    const breaks = changedInstruments(instruments, gate.instruments);
    if (breaks.length > 0) segment = breakSegment(gate, breaks);
    segment ??= firstSegment(gate);
    instruments = gate.instruments ?? instruments;
    placed.push({ gate, segment, breaks });
  }
  return placed;
}

function anchorSegment(anchor: AnchorHead, gates: readonly GateHead[]): Segment {
  const of = (side: 'baseline' | 'candidate') =>
    gates
      .filter((gate) => gate[`${side}Fingerprint`] === anchor.fingerprint)
      .map((gate) => ({ gateSeq: gate.seq, side }));
  const { recordedAt: at, reason, who, runId, fingerprint } = anchor;
  const sources = [...of('candidate').slice(-1), ...of('baseline').slice(0, 1)];
  return { from: 'anchor', at, reason, who, runId, fingerprint, sources };
}

function breakSegment(gate: GateHead, breaks: readonly string[]): Segment {
  return {
    from: 'break',
    at: gate.recordedAt,
    reason: breaks.join(', '),
    who: null,
    runId: gate.candidateRunId,
    fingerprint: gate.candidateFingerprint,
    sources: [{ gateSeq: gate.seq, side: 'candidate' }],
  };
}

/** What the first release started from: its baseline, or itself where it had none. */
function firstSegment(gate: GateHead): Segment {
  const side = gate.baselineFingerprint === null ? 'candidate' : 'baseline';
  return {
    from: 'first release',
    at: gate.recordedAt,
    reason: null,
    who: null,
    runId: gate[`${side}RunId`],
    fingerprint: gate[`${side}Fingerprint`],
    sources: [{ gateSeq: gate.seq, side }],
  };
}

function changedInstruments(before: Instruments | null, after: Instruments | null): readonly string[] {
  if (before === null || after === null) return [];
  return (['judge', 'dataset'] as const)
    .filter((kind) => before[kind].length > 0 && after[kind].length > 0)
    .filter((kind) => JSON.stringify(before[kind]) !== JSON.stringify(after[kind]))
    .map((kind) => `the ${kind} changed`);
}
