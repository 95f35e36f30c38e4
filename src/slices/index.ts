/** What a slice is: groupings, predicates, derived buckets, families and crosses. */
export {
  type CaseAttribute,
  characterCount,
  WORD_PATTERN,
  wordCount,
} from './attribute.ts';
export { binLabel, binLabels } from './bins.ts';
export { compareText } from './compare-text.ts';
export { crossValue } from './cross-value.ts';
export { describeGrouping, groupingColumns } from './describe-grouping.ts';
export { evaluate } from './evaluate.ts';
export { evaluateGrouping, type GroupingResult } from './evaluate-grouping.ts';
export { type CompareOp, columnsOf, type Expression, type Literal, type Operand } from './expression.ts';
export { formatExpression, formatName } from './format-expression.ts';
export type { Grouping, SliceKey, SliceState } from './grouping.ts';
export { parseExpression } from './parse-expression.ts';
export { compilePattern, type Pattern, type PatternProblem } from './pattern.ts';
export { sliceExpression } from './slice-expression.ts';
export { compareSliceKeys, sliceId } from './slice-key.ts';
export { TIMESTAMP_PATTERN, timeBucket } from './time-bucket.ts';
