/** What readers of exported records and logs share. */
export { type Message, readMessages, readToolCalls, type ToolCall } from './conversation.ts';
export { type Exchange, readExchange, toolColumns, unwrapJson } from './exchange.ts';
export { type HeadShape, headShape } from './head-shape.ts';
export { createRowJudge, judgeRows, type RowJudge, type UnjudgedRow } from './judge-rows.ts';
export { callSteps, messageList, messageSteps } from './message-steps.ts';
export {
  createMetricSurvey,
  type Judged,
  judge,
  type MetricSurvey,
  type MetricValue,
  speaksOfFlaw,
} from './metric-choice.ts';
export { numberOf, type RecordFields, recordFields } from './record-fields.ts';
export { isRecord, nameOf, readRecords, type SourceRecord } from './records.ts';
export { SPAN_TRANSCRIPTS, type SpanEvent, spanTranscript } from './span-transcript.ts';
export { isoOfMillis, millisBetween, millisOf } from './times.ts';
