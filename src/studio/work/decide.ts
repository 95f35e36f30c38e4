/** Writes a decision about what fell: an entry of the waiver file, a record in the ledger, or both. */

import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { addWaiver, type NewWaiver, waiverText } from '../../config/index.ts';
import { type Problem, UsageError } from '../../errors.ts';
import type { DecideAnswer, DecideParams } from '../contract/index.ts';
import { editFile } from '../edit-file.ts';
import type { StudioSession } from '../session.ts';
import { type Fallen, fallenItems, keyOf } from './fallen.ts';
import { nextCommands } from './next-commands.ts';
import { LEDGER_HINT, tellLedger } from './session-ledger.ts';
import { differenceOf, today, WAIVERS_HINT } from './waiver-file.ts';

/** Longest time that an exception of one run may be written for, in days. */
const LONGEST_DAYS = 366;

/**
 * Takes the decision. The same decision told again changes nothing. The waiver file comes first: it is what the gate reads.
 *
 * @throws UsageError with everything that is wrong with the decision; ConfigError where the waiver file has errors
 */
export async function decide(params: DecideParams, session: StudioSession): Promise<DecideAnswer> {
  const trimmed = {
    ...params,
    ...{ reason: params.reason.trim(), owner: params.owner.trim() },
    ...{ reviewer: params.reviewer.trim(), who: params.who.trim() },
  };
  const fallen = fallenItems(session.release);
  const item = fallen.find(({ key }) => key === keyOf(params.target));
  const problems = problemsOf(trimmed, item, today(session));
  if (problems.length > 0 || item === undefined) throw new UsageError(problems);
  const waiver = trimmed.decision === 'waive' ? await writeWaiver(trimmed, item, fallen, session) : null;
  const ledger = await writeRecord(trimmed, session);
  return { waiver, ledger, next: nextCommands(trimmed, item, session, waiver) };
}

function problemsOf(params: DecideParams, item: Fallen | undefined, date: string): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (field: string, message: string, hint?: string) =>
    problems.push({ message, where: { field }, ...(hint === undefined ? {} : { hint }) });
  if (item === undefined) {
    add('target', `${JSON.stringify(params.target.id.slice(0, 200))} did not fall in this run`);
  }
  if (params.reason === '')
    add('reason', 'the reason is missing', 'say why, so that it can be read in half a year');
  if (params.owner === '')
    add('owner', 'the owner is missing', 'name who mends it, or carries the exception');
  if (params.who === '') add('who', 'your name is missing', 'the ledger keeps who decided');
  if (params.decision === 'waive' && item?.waivable === false) {
    add('decision', 'a waiver does not cover debt that expired', item.remedy);
  } else if (params.decision === 'waive') {
    const { reviewer, owner, expires } = params;
    if (reviewer === '') add('reviewer', 'the reviewer is missing', 'owner and reviewer are two people');
    else if (reviewer === owner) {
      add('reviewer', 'owner and reviewer are the same person', 'somebody else must agree to a waiver');
    }
    const days = daysBetween(date, expires);
    if (days === null) {
      add('expires', `the last day is ${JSON.stringify(expires)}, must be a date such as ${date}`);
    } else if (days < 0) {
      add('expires', `the last day is ${expires}, must not be before today (${date})`);
    } else if (days > LONGEST_DAYS) {
      add(
        'expires',
        `the last day is ${expires}, more than a year away`,
        'a waiver is about one run; what should stand for longer is a debt entry',
      );
    }
  }
  if (params.decision === 'fresh' && params.cases === null) {
    add('cases', 'the number of fresh cases is missing', 'at least 1');
  }
  if (params.decision === 'fresh' && params.target.kind === 'check') {
    add('decision', 'fresh cases answer for a slice, not for a check', 'do what the finding says instead');
  }
  return problems;
}

/** Days from one ISO day to another; null where the second is no day of the calendar. */
function daysBetween(from: string, to: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(to)) return null;
  const time = Date.parse(`${to}T00:00:00Z`);
  if (!Number.isFinite(time) || !new Date(time).toISOString().startsWith(to)) return null;
  return (time - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

async function writeWaiver(
  params: DecideParams,
  item: Fallen,
  fallen: readonly Fallen[],
  session: StudioSession,
): Promise<DecideAnswer['waiver']> {
  const { release, ports } = session;
  const entry: NewWaiver = {
    kind: 'waiver',
    slice: params.target.kind === 'slice' ? shortestName(item, fallen, session) : null,
    check: params.target.kind === 'check' ? params.target.id : null,
    ...{ reason: params.reason, owner: params.owner, reviewer: params.reviewer },
    ...{ date: today(session), expires: params.expires, runHash: release.report.runHash },
  };
  const text = await waiverText(entry);
  const file = release.config.waivers;
  if (file === null) {
    return { written: false, known: false, file: null, entry: text, diff: [], hint: WAIVERS_HINT };
  }
  await mkdir(dirname(resolve(ports.cwd, file)), { recursive: true });
  let known = false;
  const { before, after } = await editFile(
    file,
    async (current) => {
      const added = await addWaiver(file, current, entry);
      known = added.known;
      return added.text;
    },
    { cwd: ports.cwd },
  );
  return { written: !known, known, file, entry: text, diff: differenceOf(before, after), hint: null };
}

/** `column=value` where only this slice is called so; else its id, which says the metric as well. */
function shortestName(item: Fallen, fallen: readonly Fallen[], { release }: StudioSession): string {
  const [id, name] = item.names;
  const called = release.report.slices.filter(({ dimension, value }) => `${dimension}=${value}` === name);
  const findings = fallen.some(({ report, names }) => report === null && names.includes(name!));
  return called.length === 1 && !findings ? name! : id!;
}

async function writeRecord(params: DecideParams, session: StudioSession): Promise<DecideAnswer['ledger']> {
  if (session.release.config.ledger === null) return { recorded: false, isNew: false, hint: LEDGER_HINT };
  const { target, decision, reason, owner, reviewer, expires, cases, who } = params;
  const { isNew } = await tellLedger(session, (ledger) =>
    ledger.recordDecision({
      runHash: session.release.report.runHash,
      decision,
      target: target.kind === 'slice' ? { slice: target.id } : { check: target.id },
      ...{ reason, owner, who },
      reviewer: decision === 'waive' ? reviewer : null,
      expires: decision === 'waive' ? expires : null,
      cases: decision === 'fresh' ? cases : null,
    }),
  );
  return { recorded: true, isNew, hint: null };
}
