import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { phoenixImporter } from './phoenix.ts';

const annotation = (name: string, more: object) => ({
  name,
  annotator_kind: 'CODE',
  label: null,
  score: null,
  explanation: null,
  trace_id: null,
  error: null,
  metadata: {},
  start_time: '2026-01-31T12:00:02+00:00',
  end_time: '2026-01-31T12:00:03+00:00',
  ...more,
});

const run = (id: string, repetition: number, more: object = {}) => ({
  example_id: id,
  repetition_number: repetition,
  input: { question: 'Capital of France?' },
  reference_output: { answer: 'Paris' },
  output: 'Paris',
  error: null,
  latency_ms: 812.5,
  start_time: '2026-01-31T12:00:00+00:00',
  end_time: '2026-01-31T12:00:00.812500+00:00',
  trace_id: 'abc',
  prompt_token_count: 10,
  completion_token_count: 2,
  annotations: [annotation('correct', { score: 1, label: 'correct' })],
  ...more,
});

describe('the JSON download', () => {
  const text = JSON.stringify(
    [
      run('RX1', 1),
      run('RX1', 2, {
        annotations: [
          annotation('correct', { score: 0 }),
          annotation('tone', { label: 'kind', annotator_kind: 'LLM', explanation: 'says please' }),
        ],
      }),
      run('RX2', 1, { error: 'TimeoutError', output: null, annotations: [] }),
      run('RX3', 1, {
        annotations: [
          annotation('correct', { error: 'judge broke' }),
          annotation('correct_human', { annotator_kind: 'HUMAN', label: 'right', score: 1 }),
        ],
      }),
    ],
    null,
    2,
  );

  test('repetitions are trials, a broken scorer leaves its row unscored, human labels are no metric', async () => {
    expect(phoenixImporter.recognises(textFile('my run.json', text))).toBe(true);
    const { results, problems } = await importTexts(phoenixImporter, { 'my run.json': text });
    expect(problems).toEqual([]);
    expect(results.map(({ caseId, trial, status, score }) => [caseId, trial, status, score])).toEqual([
      ['RX1', '1', 'scored', 1],
      ['RX1', '2', 'scored', 0],
      ['RX2', '1', 'error', undefined],
      ['RX3', '1', 'unscored', null],
    ]);
    expect(results[0]).toMatchObject({
      run: 'my run',
      input: '{"question":"Capital of France?"}',
      expected: '{"answer":"Paris"}',
      output: 'Paris',
      latencyMs: 812.5,
      totalTokens: 12,
    });
    expect(results[1]!.extra).toMatchObject({ 'label.tone': 'kind', 'comment.tone': 'says please' });
    expect(results[3]!.extra).toMatchObject({
      'human.correct_human': 'right',
      'scorer_error.correct': 'judge broke',
    });
    expect(results[3]!.scores).toEqual({ correct: null });
    expect(results[2]!.error).toBe('TimeoutError');
  });

  test('says that slices need the CSV', async () => {
    const { summary } = await importTexts(phoenixImporter, { a: text });
    expect(summary.notes.some((note) => note.includes('no metadata of the examples'))).toBe(true);
  });

  test.each([0.3, 0.7, 0.98])('cut off after a share of %f it is an error with a line', async (share) => {
    const { problems } = await importTexts(phoenixImporter, {
      'a.json': text.slice(0, Math.floor(text.length * share)),
    });
    expect(problems.at(-1)).toMatch(/\(a\.json:\d+\)$/);
  });

  test('fields of a wrong type are errors that name the row', async () => {
    const wrong = JSON.stringify(
      [run('a', 1), run('b', 1, { latency_ms: 'slow' }), run('c', 1, { example_id: null })],
      null,
      1,
    );
    const { problems } = await importTexts(phoenixImporter, { a: wrong });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^"latency_ms" is "slow", expected a number \(a:\d+\)$/);
    expect(problems[1]).toMatch(/^"example_id" is missing/);
  });
});

const CSV = `example_id,repetition_number,input,reference_output,output,error,latency_ms,start_time,end_time,trace_id,prompt_token_count,completion_token_count,metadata,annotation_exact_match_label,annotation_exact_match_score,annotation_exact_match_explanation,annotation_exact_match_metadata,annotation_exact_match_annotator_kind,annotation_exact_match_trace_id,annotation_exact_match_error,annotation_exact_match_start_time,annotation_exact_match_end_time
RX1,1,"{""question"": ""2+2?""}","{""answer"": ""4""}",4,,12.0,2026-01-31T12:00:00+00:00,2026-01-31T12:00:01+00:00,t1,10.0,2.0,"{""topic"": ""maths"", ""tags"": [""a"", ""b""]}",True,1.0,,{},CODE,,,2026-01-31T12:00:01+00:00,2026-01-31T12:00:01+00:00
RX2,1,"{""question"": ""Hm?""}",,no idea,,12.0,2026-01-31T12:00:00+00:00,2026-01-31T12:00:01+00:00,t2,,,"{""topic"": ""none""}",,,,,,,,,
`;

test('the CSV has the metadata, and names with underscores keep them', async () => {
  expect(phoenixImporter.recognises(textFile('a.csv', CSV))).toBe(true);
  const { results, problems, summary } = await importTexts(phoenixImporter, { 'a.csv': CSV });
  expect(problems).toEqual([]);
  expect(results).toMatchObject([
    {
      caseId: 'RX1',
      status: 'scored',
      score: 1,
      scores: { exact_match: 1 },
      inputTokens: 10,
      tags: { 'metadata.topic': 'maths', 'metadata.tags': ['a', 'b'] },
    },
    { caseId: 'RX2', status: 'unscored', scores: {}, inputTokens: null, output: 'no idea' },
  ]);
  expect(summary.notes).toEqual([]);
});
