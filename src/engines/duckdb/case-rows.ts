/** Everything of one case. */

import type { CaseRow } from '../../counts/index.ts';
import { compareText } from '../../slices/index.ts';
import { textLiteral } from '../sql/literal.ts';
import type { CaseTable } from './case-table.ts';
import { cellSql, type Relation, ROW_CODES } from './relation.ts';

/** See `Engine.caseRows`. */
export async function caseRows(table: CaseTable, id: string): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const relation of table.relations) rows.push(...(await sideRows(table, relation, id)));
  return rows;
}

async function sideRows(
  { database, lists }: CaseTable,
  relation: Relation,
  id: string,
): Promise<readonly CaseRow[]> {
  const columns = [...relation.columns.keys()].sort(compareText);
  const select = [relation.trial, relation.code, ...columns.map((name) => cellSql(relation, name, lists))];
  const named = select.map((sql, i) => `${sql} AS s${i}`).join(', ');
  const found = await database.rows(
    `SELECT ${named} FROM ${relation.from} AND ${relation.caseId} = ${textLiteral(id)} ORDER BY s0`,
  );
  return found.map(([trial, code, ...cells]): CaseRow => {
    const own = columns.flatMap((name, i) => {
      const cell = cells[i]!;
      return cell === null ? [] : [[name, cell as string | readonly string[]] as const];
    });
    return { side: relation.side, trial: trial as string, ...outcomeOf(code as number), cells: own };
  });
}

function outcomeOf(code: number): Pick<CaseRow, 'passed' | 'status'> {
  switch (code) {
    case ROW_CODES.passed:
      return { passed: 1, status: 'scored' };
    case ROW_CODES.failed:
      return { passed: 0, status: 'scored' };
    case ROW_CODES.graded:
      return { passed: null, status: 'scored' };
    default:
      return { passed: null, status: code === ROW_CODES.error ? 'error' : 'unscored' };
  }
}
