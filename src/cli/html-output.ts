/** Makes HTML reports for commands: a comparison is opened, answered, and closed. */

import type { Report } from '../gate/index.ts';
import type { GateRequest } from '../pipeline.ts';
import type { Ports } from '../stages/index.ts';

/**
 * Gates as `gate` does, and writes what the pages ask first into one file.
 *
 * @param stageOne path of the first stage's report, where this is the second; null for any other gate
 */
export async function gateAsHtml(
  request: GateRequest,
  stageOne: string | null,
  ports: Ports,
): Promise<{ readonly report: Report; readonly html: string }> {
  const { openRelease } = await import('../pipeline.ts');
  const { openConfirmation } = await import('../stages/index.ts');
  const { htmlReport, readTemplate, sessionOver } = await import('../studio/index.ts');
  // What would fail at the end fails before the ledger hears of the release.
  const template = await readTemplate();
  const release =
    stageOne === null
      ? await openRelease(request, ports, { records: true })
      : await openConfirmation({ ...request, stageOne }, ports);
  const session = sessionOver(request, ports, release);
  const kind = stageOne === null ? 'gate' : 'confirm';
  try {
    ports.progress('writing the HTML report');
    return { report: session.release.report, html: await htmlReport(session, template, kind) };
  } finally {
    await session.close();
  }
}

/** The numbers of a run or of two as a page, without a verdict and without a trace in the ledger. */
export async function reportAsHtml(request: GateRequest, ports: Ports): Promise<string> {
  const { htmlReport, openSession, readTemplate } = await import('../studio/index.ts');
  const template = await readTemplate();
  const session = await openSession(request, ports);
  try {
    ports.progress('writing the HTML report');
    return await htmlReport(session, template, 'report');
  } finally {
    await session.close();
  }
}
