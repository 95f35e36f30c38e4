/** What `action.yml` runs: the gate in three formats, the summary, the comment, the outputs, the exit code. */

import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { postComment, pullRequestOf } from './comment.ts';
import { findingLines, type ReportVerdicts } from './findings.ts';
import { type ActionInputs, readInputs } from './inputs.ts';

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
  rmSync(inputs.reports, { recursive: true, force: true });
  mkdirSync(inputs.reports, { recursive: true });
  const json = `${inputs.reports}/report.json`;
  const markdown = `${inputs.reports}/report.md`;
  const code = runGate(inputs, ['--format', 'json', '--out', json]);
  // A crash of Node itself ends with 1, the code of BLOCK: without a document there is no verdict.
  if (code === 2 || !existsSync(json)) {
    const text = '**Slicewise could not run.** The log of the job says why. This is no verdict.\n';
    publish(inputs, text);
    writeOutputs(inputs, { verdict: '', 'exit-code': '2' });
    return 2;
  }
  runGate(inputs, ['--format', 'markdown', '--out', markdown]);
  runGate(inputs, ['--format', 'github']);
  const report = JSON.parse(readFileSync(json, 'utf8')) as ReportVerdicts;
  const findings = `${inputs.reports}/findings.txt`;
  writeFileSync(findings, findingLines(report));
  publish(inputs, readFileSync(markdown, 'utf8'));
  writeOutputs(inputs, {
    verdict: report.verdict,
    'exit-code': String(code),
    'report-json': json,
    'report-markdown': markdown,
    findings,
  });
  if (code === 3 && inputs.review === 'warn') {
    say('warning', 'REVIEW: a person decides; the job goes on because review is "warn"');
    return 0;
  }
  return code;
}

/** Runs the gate once. Only annotations reach the runner as commands; what it says on the side is shown as mere text. */
function runGate(inputs: ActionInputs, format: readonly string[]): number {
  const args = [inputs.main, ...inputs.gate, ...format];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: inputs.workingDirectory,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (error) throw error;
  const token = randomUUID();
  if (stderr !== '') process.stdout.write(`::stop-commands::${token}\n${stderr}\n::${token}::\n`);
  if (format.includes('github')) process.stdout.write(stdout);
  return status ?? 2;
}

function publish(inputs: ActionInputs, markdown: string): void {
  if (inputs.summaryFile) appendFileSync(inputs.summaryFile, `${markdown}\n`);
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
