/** Production logs beside the eval set, as `slicewise logs` audits them. */

import { type LogsReport, runLogs } from '../../datasets/index.ts';
import type { LogAudit } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import type { Work } from './jobs.ts';

/** Slices of each dimension that are listed, most production first; the rest is counted. */
const MOST_ROWS = 500;

export const LOGS_KEY = 'health: logs';

/** The work of reading the logs that the configuration names. */
export function logAuditWork({ release, ports }: StudioSession): Work<LogAudit> {
  const { config, comparison, scope } = release;
  const { logs } = config.inputs;
  return {
    key: LOGS_KEY,
    impossible:
      logs.length === 0
        ? {
            reason: 'No production logs are named, so nothing is known of their shares.',
            todo: 'Add inputs: { logs: [FILE] } to slicewise.yaml.',
          }
        : null,
    run: async (say) => {
      const { opened } = comparison.candidate;
      const gated = scope.groupings.filter(
        ({ role, grouping }) => role === 'gated' && grouping.kind === 'column',
      );
      return auditOf(
        await runLogs({
          files: logs,
          evalFiles: opened.files,
          cwd: ports.cwd,
          from: null,
          mapping: {},
          evalMapping: opened.mapping,
          by: gated.map(({ dimension }) => dimension),
          floor: config.policy.minCases,
          topic: false,
          value: null,
          period: null,
          progress: say,
        }),
      );
    },
  };
}

function auditOf({ headline, findings, logs, dimensions, coverage, notes }: LogsReport): LogAudit {
  return {
    headline,
    findings: findings.map(({ kind, text }) => ({ kind, text })),
    rows: logs.rows,
    first: logs.first,
    last: logs.last,
    dimensions: dimensions.map(({ dimension, reason, audit, missing }) => ({
      dimension,
      reason,
      rows: (audit?.rows ?? []).slice(0, MOST_ROWS).map((row) => ({
        value: row.value,
        production: row.production,
        cases: row.cases,
        productionShare: row.productionShare,
        evalShare: row.evalShare,
        state: row.state,
      })),
      moreRows: Math.max(0, (audit?.rows.length ?? 0) - MOST_ROWS),
      missing: missing.rows,
    })),
    uncovered: coverage?.uncovered ?? null,
    notes,
  };
}
