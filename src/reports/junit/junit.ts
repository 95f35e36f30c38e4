/**
 * The report as JUnit XML, for CI systems that show test results.
 *
 * A test suite per metric and dimension holds a test case per gated slice; one suite holds the checks and one the release
 * itself, so that the file is red whenever the exit code is not 0. BLOCK and REVIEW are failures (REVIEW because a person
 * has to decide, with `type="REVIEW"` to tell them apart), INVALID is an error, LOW-N, UNTESTED and STALE are skipped;
 * DEBT and waived slices pass with a line in `system-out`. A release of which nothing is established is an error.
 */

import type { Finding, Verdict } from '../../findings/index.ts';
import type { Report, SliceReport } from '../../gate/index.ts';
import {
  formatDelta,
  formatDeltaRange,
  formatEstimate,
  formatRange,
  type Scale,
  scaleOf,
} from '../format/scale.ts';
import { byDimension, otherFindings, sectionsOf, sentenceOf } from '../format/sections.ts';
import { evidenceOf, floorOf, powerOf, verdictWord, waiverOf } from '../format/wording.ts';
import { renderXml, type XmlElement } from './xml.ts';

/** The XML text; times are left out, since the same document must give the same bytes. */
export function renderJunit(report: Report): string {
  const findings = otherFindings(report);
  const suites = [
    suite('release', [releaseCase(report)]),
    ...sectionsOf(report).flatMap((section) =>
      byDimension([...section.gated, ...section.lowN]).map(({ dimension, slices }) =>
        suite(
          `${section.metric} by ${dimension}`,
          slices.map((slice) => sliceCase(slice, scaleOf(section.metric))),
        ),
      ),
    ),
    ...(findings.length === 0 ? [] : [suite('checks', findings.map(findingCase))]),
  ];
  const total = (name: string): number =>
    suites.reduce((sum, part) => sum + Number(part.attributes[name]), 0);
  const root: XmlElement = {
    name: 'testsuites',
    attributes: {
      name: 'slicewise',
      tests: total('tests'),
      failures: total('failures'),
      errors: total('errors'),
      skipped: total('skipped'),
    },
    children: suites,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderXml(root)}`;
}

function suite(name: string, cases: readonly XmlElement[]): XmlElement {
  const having = (kind: string): number =>
    cases.filter((test) => test.children?.some((child) => child.name === kind)).length;
  return {
    name: 'testsuite',
    attributes: {
      name,
      tests: cases.length,
      failures: having('failure'),
      errors: having('error'),
      skipped: having('skipped'),
    },
    children: cases,
  };
}

function outcome(verdict: Verdict | null, message: string, text: string): readonly XmlElement[] {
  switch (verdict) {
    case 'BLOCK':
    case 'REVIEW':
      return [{ name: 'failure', attributes: { type: verdict, message }, text }];
    case 'INVALID':
      return [{ name: 'error', attributes: { type: verdict, message }, text }];
    case 'LOW-N':
    case 'UNTESTED':
    case 'STALE':
      return [{ name: 'skipped', attributes: { message: `${verdict}: ${message}` } }];
    default:
      return [note(verdict === null ? message : `${verdict}: ${message}`, text)];
  }
}

function note(line: string, text: string): XmlElement {
  return { name: 'system-out', attributes: {}, text: text === '' ? line : `${line}\n${text}` };
}

function releaseCase(report: Report): XmlElement {
  const { text } = report.ship;
  const isEmpty = report.exitCode === 4;
  return {
    name: 'testcase',
    attributes: { classname: 'slicewise.release', name: 'safe to ship' },
    children: isEmpty
      ? [{ name: 'error', attributes: { type: report.verdict, message: text }, text: report.belief.text }]
      : report.verdict === 'PASS'
        ? [note(text, report.belief.text)]
        : outcome(report.verdict, text, report.belief.text),
  };
}

function sliceCase(slice: SliceReport, scale: Scale): XmlElement {
  const isWaived = verdictWord(slice) === 'waived';
  const change =
    slice.delta === null
      ? `${formatEstimate(scale, slice.candidate)} (${formatRange(scale, slice.candidate)})`
      : `${formatEstimate(scale, slice.baseline)} to ${formatEstimate(scale, slice.candidate)}, ${formatDelta(scale, slice.delta)}${scale.unit} (95% interval ${formatDeltaRange(scale, slice.delta)})`;
  const lost = slice.cases.lost.map(({ id }) => id);
  const lines = [
    slice.n === 0 ? '' : `n ${slice.n}: ${change}`,
    evidenceOf(slice, null),
    powerOf(slice, scale),
    floorOf(slice, scale),
    waiverOf(slice),
    lost.length === 0 ? '' : `lost cases: ${lost.join(', ')}${slice.cases.lostOmitted > 0 ? ' ...' : ''}`,
  ].filter((line) => line !== '');
  const text = lines.join('\n');
  return {
    name: 'testcase',
    attributes: { classname: `slicewise.${slice.metric}.${slice.dimension}`, name: slice.value },
    children: isWaived
      ? [note(`waived ${slice.verdict}: ${slice.reason}`, text)]
      : slice.verdict === 'LOW-N' || slice.verdict === 'UNTESTED' || slice.verdict === 'STALE'
        ? outcome(
            slice.verdict,
            slice.n === 0 ? slice.reason : `${slice.reason}; n ${slice.n}: ${change}`,
            text,
          )
        : outcome(slice.verdict, slice.reason, text),
  };
}

function findingCase(finding: Finding): XmlElement {
  const name = finding.slice === null ? finding.check : `${finding.check} ${finding.slice}`;
  const message = sentenceOf(finding);
  return {
    name: 'testcase',
    attributes: { classname: `slicewise.checks.${finding.kind}`, name },
    children:
      finding.status === 'not checkable'
        ? [{ name: 'skipped', attributes: { message: `not checkable: ${message}` } }]
        : outcome(finding.verdict, message, finding.evidence.join('\n')),
  };
}
