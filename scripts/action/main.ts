/** What `action.yml` runs: the gate, once, with its files, summary and annotations; then the comment, the outputs, the exit code. */

import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MARKER, postComment, pullRequestOf } from './comment.ts';
import { findingLines, type ReportVerdicts } from './findings.ts';
import { type ActionInputs, readInputs } from './inputs.ts';

const NO_VERDICT = '**Slicewise could not run.** The log of the job says why. This is no verdict.\n';

process.exitCode = main();

/** Anything that goes wrong here ends with 2: a broken set-up never reads as a regression. */
function main(): number {
  try {
    return runAction(readInputs(process.env, fileURLToPath(new URL('../../', import.meta.url))));
  } catch (error) {
    say('error', error instanceof Error ? error.message : String(error));
    return 2;
  }
}

/** Runs everything and returns the exit code of the job. */
function runAction(inputs: ActionInputs): number {
  const reports = mkdtempSync(join(inputs.temp, 'slicewise-reports-'));
  const json = join(reports, 'report.json');
  const markdown = join(reports, 'report.md');
  const html = inputs.html ? join(reports, 'report.html') : null;
  const { code, stdout } = runGate(inputs, [json, markdown, ...(html === null ? [] : [html])]);
  const report = readReport(json);
  // A crash of Node itself ends with 1, the code of BLOCK: a code that the document does not confirm is no verdict.
  if (report === null || report.exitCode !== code) {
    if (inputs.summaryFile) appendFileSync(inputs.summaryFile, `${NO_VERDICT}\n`);
    comment(inputs, `${MARKER}\n${NO_VERDICT}`);
    writeOutputs(inputs, { verdict: '', 'exit-code': '2' });
    return 2;
  }
  process.stdout.write(stdout);
  const findings = join(reports, 'findings.txt');
  writeFileSync(findings, findingLines(report));
  comment(inputs, `${readFileSync(markdown, 'utf8')}${html === null ? '' : htmlLine(inputs)}`);
  writeOutputs(inputs, {
    verdict: report.verdict,
    'exit-code': String(code),
    'report-json': json,
    'report-markdown': markdown,
    ...(html === null ? {} : { 'report-html': html }),
    findings,
  });
  if (code === 3 && inputs.review === 'warn') {
    say('warning', 'REVIEW: a person decides; the job goes on because review is "warn"');
    return 0;
  }
  return code;
}

/** Runs the gate; with the format `github` it writes the summary itself. What it says on the side is shown as mere text. */
function runGate(
  inputs: ActionInputs,
  files: readonly string[],
): { readonly code: number; readonly stdout: string } {
  const args = [inputs.main, ...inputs.gate(['--format=github', ...files.map((file) => `--out=${file}`)])];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: inputs.workingDirectory,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (error) throw error;
  const token = randomUUID();
  if (stderr !== '') process.stdout.write(`::stop-commands::${token}\n${stderr}\n::${token}::\n`);
  return { code: status ?? 2, stdout };
}

/** Where the HTML report will be: it is uploaded only after the comment, so the line names the run. */
function htmlLine({ runUrl }: ActionInputs): string {
  return runUrl === null
    ? ''
    : `\n[The HTML report](${runUrl}#artifacts) is among the artifacts of this run.\n`;
}

/** The document, or null where the gate wrote none. */
function readReport(path: string): (ReportVerdicts & { readonly exitCode: number }) | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function comment(inputs: ActionInputs, markdown: string): void {
  if (!inputs.comment || !inputs.eventFile || !inputs.repository) return;
  const pullRequest = pullRequestOf(JSON.parse(readFileSync(inputs.eventFile, 'utf8')));
  if (pullRequest === null) return;
  const problem = postComment({ repository: inputs.repository, pullRequest }, markdown);
  if (problem === null) return;
  say('warning', `The report could not be posted as a comment: ${problem}`);
}

/** An annotation of our own; its text cannot start another command of the runner. */
function say(level: 'warning' | 'error', text: string): void {
  const line = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  process.stdout.write(`::${level} title=Slicewise::${line}\n`);
}

function writeOutputs(inputs: ActionInputs, outputs: Readonly<Record<string, string>>): void {
  if (!inputs.outputFile) return;
  for (const [name, value] of Object.entries(outputs)) {
    const end = randomUUID();
    appendFileSync(inputs.outputFile, `${name}<<${end}\n${value}\n${end}\n`);
  }
}
