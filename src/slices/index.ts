/** What a slice is: groupings, predicates, derived buckets, families and crosses. */
export type { CompareOp, Expression, Literal, Operand } from './expression.ts';
export type { Grouping, SliceKey, SliceState } from './grouping.ts';
