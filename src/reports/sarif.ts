/** The report as SARIF 2.1.0, for code-scanning views. */

import { createHash } from 'node:crypto';
import type { Finding, Verdict } from '../findings/index.ts';
import type { Report, SliceReport } from '../gate/index.ts';
import { formatDelta, formatDeltaRange, formatEstimate, scaleOf } from './format/scale.ts';
import { isAbsent, otherFindings, sentenceOf } from './format/sections.ts';
import { visible } from './format/visible.ts';
import { evidenceOf, powerOf, verdictWord, waiverOf } from './format/wording.ts';

type Level = 'error' | 'warning' | 'note';

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly defaultConfiguration: { readonly level: Level };
}

interface Result {
  readonly ruleId: string;
  readonly level: Level;
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

const LEVELS: Readonly<Record<Verdict, Level>> = {
  BLOCK: 'error',
  INVALID: 'error',
  UNTESTED: 'warning',
  STALE: 'warning',
  REVIEW: 'warning',
  PASS: 'note',
  'LOW-N': 'note',
  DEBT: 'note',
};

const SLICE_RULES: Readonly<Partial<Record<Verdict, string>>> = {
  BLOCK: 'A slice got worse, confirmed after adjustment for the number of slices.',
  INVALID: 'The evaluation cannot be trusted for a slice.',
  UNTESTED: 'The evidence that a slice needs is absent.',
  STALE: 'The evidence about a slice is past its validity.',
  REVIEW: 'A slice may have got worse; a person decides.',
};

/**
 * One result per gated slice that does not pass and per finding with something to say; waived slices are suppressed results;
 * checks that could not run are notifications. Fingerprints hold the identity of slice and check, not their numbers, so
 * that a result keeps its thread from run to run.
 */
export function renderSarif(report: Report): string {
  const findings = otherFindings(report);
  const results = [
    ...report.slices.flatMap((slice) => sliceResults(slice, report)),
    ...findings.flatMap((finding) => findingResults(finding, report)),
  ];
  const missing = findings.filter((finding) => finding.status === 'not checkable');
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'slicewise', version: report.tool.version, rules: rulesOf(results) },
        },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: report.exitCode,
            toolConfigurationNotifications: missing.map((finding) => ({
              level: 'note',
              message: {
                text: visible(`${finding.check} not checkable: ${sentenceOf(finding)}`),
              },
            })),
          },
        ],
        properties: {
          verdict: report.verdict,
          ship: visible(report.ship.text),
          belief: visible(report.belief.text),
          runHash: report.runHash,
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rulesOf(results: readonly Result[]): readonly Rule[] {
  const ids = [...new Set(results.map((result) => result.ruleId))].sort();
  return ids.map((id) => {
    const verdict = id.startsWith('slice/') ? (id.slice('slice/'.length) as Verdict) : null;
    const text =
      verdict === null ? `Findings of the check ${id.slice('check/'.length)}.` : (SLICE_RULES[verdict] ?? id);
    return {
      id,
      name: id.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase()),
      shortDescription: { text },
      defaultConfiguration: { level: verdict === null ? 'warning' : LEVELS[verdict] },
    };
  });
}

function sliceResults(slice: SliceReport, report: Report): readonly Result[] {
  if (
    slice.role !== 'gated' ||
    isAbsent(slice) ||
    slice.verdict === null ||
    SLICE_RULES[slice.verdict] === undefined
  )
    return [];
  // A run without a baseline is UNTESTED as a whole; one result per slice would say the same again.
  if (slice.verdict === 'UNTESTED' && slice.delta === null) return [];
  const scale = scaleOf(slice.metric);
  const change = `${formatEstimate(scale, slice.baseline)} to ${formatEstimate(scale, slice.candidate)}, ${formatDelta(scale, slice.delta)}${scale.unit} (95% interval ${formatDeltaRange(scale, slice.delta)}, n ${slice.n})`;
  const parts = [slice.reason, change, evidenceOf(slice, null), powerOf(slice, scale)].filter(
    (part) => part !== '',
  );
  const isWaived = verdictWord(slice) === 'waived';
  return [
    {
      ruleId: `slice/${slice.verdict}`,
      level: LEVELS[slice.verdict],
      message: { text: visible(`${slice.dimension}=${slice.value}: ${parts.join('; ')}`) },
      locations: locationsOf(report),
      partialFingerprints: { 'slicewise/v1': fingerprint(`slice\n${slice.id}`) },
      ...(isWaived ? { suppressions: [{ kind: 'external', justification: visible(waiverOf(slice)) }] } : {}),
    },
  ];
}

function findingResults(finding: Finding, report: Report): readonly Result[] {
  if (finding.status !== 'checked' || finding.verdict === 'PASS') return [];
  return [
    {
      ruleId: `check/${visible(finding.check)}`,
      level: finding.verdict === null ? 'note' : LEVELS[finding.verdict],
      message: { text: visible(sentenceOf(finding)) },
      locations: locationsOf(report),
      partialFingerprints: { 'slicewise/v1': fingerprint(`check\n${finding.check}\n${finding.slice ?? ''}`) },
    },
  ];
}

/** The configuration where there is one, else the file that was judged. */
function locationsOf(report: Report): readonly unknown[] {
  const file = report.policy.configFile ?? report.candidate.files[0];
  if (file === undefined || file === '-') return [];
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } } }];
}

/** A relative path stays relative; an absolute one becomes a `file:` URI. */
function uriOf(file: string): string {
  const path = file.toWellFormed().replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${path}`;
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace('%3A', ':')}` : path;
}

function fingerprint(identity: string): string {
  return createHash('sha256').update(identity, 'utf8').digest('hex').slice(0, 32);
}
