/** What a person needs to decide about a blocked release: what fell, its cases with their past, what was decided before. */

import { loadWaivers, type Waiver } from '../../config/index.ts';
import type { CaseReport } from '../../gate/index.ts';
import type { Decision, Ledger } from '../../ledger/index.ts';
import type {
  FailingCase,
  FallenItem,
  ReviewAnswer,
  StandingWaiver,
  TakenDecision,
} from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { inReadingOrder, standingOf } from './case-order.ts';
import { type Fallen, fallenItems } from './fallen.ts';
import { gateCommand } from './next-commands.ts';
import { askLedger, LEDGER_HINT } from './session-ledger.ts';
import { readWaiverFile, today, WAIVERS_HINT } from './waiver-file.ts';

/** Cards of one page. */
const LISTED = 200;

/** Reads waivers and ledger anew each time: other people decide as well. */
export async function reviewAnswer(key: string, session: StudioSession): Promise<ReviewAnswer> {
  const { report, config } = session.release;
  const fallen = fallenItems(session.release);
  const open = fallen.find((item) => item.key === key) ?? fallen[0] ?? null;
  const lost = open?.report?.cases.lost ?? [];
  const past = await askLedger(session, (ledger) =>
    readPast(
      ledger,
      session,
      lost.map(({ id }) => id),
    ),
  );
  const known = 'state' in past ? NOTHING : past;
  const waivers = await standingWaivers(session);
  const nameOf = ({ name, run, files }: typeof report.candidate) => name ?? run ?? files.join(', ');
  return {
    verdict: report.verdict,
    ship: report.ship.text,
    runHash: report.runHash,
    baseline: report.baseline && nameOf(report.baseline),
    candidate: nameOf(report.candidate),
    today: today(session),
    fallen: fallen.slice(0, LISTED).map((item) => fallenItem(item, known, waivers, session)),
    fallenTotal: fallen.length,
    open: open && {
      key: open.key,
      cases: inReadingOrder(lost.map((one) => failingCase(one, known))),
      omitted: open.report?.cases.lostOmitted ?? 0,
    },
    waivers: { file: config.waivers, hint: config.waivers === null ? WAIVERS_HINT : '' },
    ledger: { configured: config.ledger !== null, hint: config.ledger === null ? LEDGER_HINT : '' },
    command: gateCommand(session),
  };
}

/** What the ledger knows of these cases and of this run. */
interface Past {
  readonly histories: ReadonlyMap<string, FailingCase['history']>;
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly decisions: readonly Decision[];
}

const NOTHING: Past = { histories: new Map(), tags: new Map(), decisions: [] };

async function readPast(ledger: Ledger, session: StudioSession, ids: readonly string[]): Promise<Past> {
  return {
    histories: await readHistories(ledger, session, ids),
    tags: new Map((await ledger.caseNotes(ids)).map(({ caseId, tags }) => [caseId, tags])),
    decisions: await ledger.decisions(session.release.report.runHash),
  };
}

/** Reads files of outcomes, so it is done once for these cases until another gate is recorded. */
async function readHistories(
  ledger: Ledger,
  session: StudioSession,
  ids: readonly string[],
): Promise<Past['histories']> {
  const { baseline, candidate } = session.release.report;
  const { total } = await ledger.gates({ limit: 1 });
  return session.once(`review:histories ${total} ${JSON.stringify(ids)}`, async () => {
    // The comparison that is open may be recorded already; it is what is decided about, not a case's past.
    const except = baseline && { baseline: baseline.fingerprint, candidate: candidate.fingerprint };
    const compared = await ledger.caseComparisons(ids, except === null ? {} : { except });
    return new Map(
      compared.map(({ id, comparisons }) => [
        id,
        comparisons.map(({ baselineName, candidateName, ...mark }) => ({
          ...mark,
          baseline: baselineName,
          candidate: candidateName,
        })),
      ]),
    );
  });
}

/** Entries of the file as it stands now; a file that went away or broke since the start has none. */
async function standingWaivers(session: StudioSession): Promise<readonly Waiver[]> {
  const { waivers } = session.release.config;
  if (waivers === null) return [];
  return (await loadWaivers(waivers, await readWaiverFile(waivers, session))).entries;
}

function fallenItem(
  { report: _, names, ...item }: Fallen,
  past: Past,
  waivers: readonly Waiver[],
  session: StudioSession,
): FallenItem {
  return {
    ...item,
    decisions: past.decisions.filter((decision) => isAbout(decision, item)).map(takenDecision),
    waiver: standing(item, names, waivers, session),
  };
}

function failingCase(lost: CaseReport, past: Past): FailingCase {
  const history = past.histories.get(lost.id) ?? [];
  return {
    ...{ id: lost.id, input: lost.input, before: lost.baselineOutput, after: lost.candidateOutput },
    ...{ standing: standingOf(history), history, tags: past.tags.get(lost.id) ?? [] },
  };
}

function isAbout({ target }: Decision, { target: wanted }: Pick<Fallen, 'target'>): boolean {
  return wanted.kind === 'slice'
    ? 'slice' in target && target.slice === wanted.id
    : 'check' in target && target.check === wanted.id;
}

function takenDecision(decision: Decision): TakenDecision {
  const { at, who, owner, reviewer, reason, expires, cases } = decision;
  return { decision: decision.decision, at, who, owner, reviewer, reason, expires, cases };
}

/** The newest entry that covers it in this run. */
function standing(
  { target }: Pick<Fallen, 'target'>,
  names: readonly string[],
  waivers: readonly Waiver[],
  session: StudioSession,
): StandingWaiver | null {
  const { runHash } = session.release.report;
  const entry = waivers.findLast(
    (one) =>
      (one.kind === 'debt' ? target.kind === 'slice' : one.runHash === runHash) &&
      names.includes((target.kind === 'slice' ? one.slice : one.check) ?? ''),
  );
  if (entry === undefined) return null;
  const { kind, owner, reviewer, reason, expires, line } = entry;
  return { kind, owner, reviewer, reason, expires, line, expired: expires < today(session) };
}
