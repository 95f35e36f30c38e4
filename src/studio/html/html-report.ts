/** The HTML report: the pages of the studio in one file, with the answers that they ask for first. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../errors.ts';
import { renderReport } from '../../reports/index.ts';
import { distFolder } from '../dist-folder.ts';
import type { StudioSession } from '../session.ts';
import { embedAnswers } from './embed-answers.ts';
import { htmlFile } from './html-file.ts';

/** `gate` says whether to ship, `confirm` decides the nominees of an earlier gate; `report` shows the numbers and gives no verdict. */
export type HtmlKind = 'gate' | 'confirm' | 'report';

/** Pages that only work with the results and the ledger behind them. */
const NEEDS_STUDIO: readonly string[] = ['/queues', '/policy', '/review', '/runs'];

/** Pages that a kind of file has nothing to show on, beside those. */
const WITHOUT: Readonly<Record<HtmlKind, readonly string[]>> = {
  gate: [],
  // Classes, training data and splits are diagnosed by the first stage.
  confirm: ['/classes', '/health'],
  report: ['/verdict', '/findings'],
};

const ABOUT_CONFIRMATION =
  'This is a second stage: its verdict is about what the first one nominated, on fresh cases alone. Every other number here is of the fresh cases.';

/**
 * The built page that HTML reports are made of.
 *
 * @throws EngineError where it was not built
 */
export async function readTemplate(): Promise<string> {
  const path = join(distFolder(), 'report', 'index.html');
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new EngineError(
      {
        message: 'the page of HTML reports is missing from this copy of slicewise',
        hint: 'npm run build makes it',
      },
      { cause },
    );
  }
}

/** The report of a session as the text of one HTML file. */
export async function htmlReport(session: StudioSession, template: string, kind: HtmlKind): Promise<string> {
  const { report, diagnosis } = session.release;
  const { index, parts, notices } = await embedAnswers(session);
  return htmlFile({
    template,
    document: {
      ...{ index, parts },
      notices: [...(kind === 'confirm' ? [ABOUT_CONFIRMATION] : []), ...notices],
      command: `slicewise studio ${session.request.inputs}`.trimEnd(),
      home: kind !== 'report' ? '/verdict' : diagnosis.classes === null ? '/slices' : '/classes',
      hidden: [...NEEDS_STUDIO, ...WITHOUT[kind]],
    },
    text: renderReport(report, 'terminal', { columns: 100, all: true }),
  });
}
