/** A text classifier as a file: one JSON document with a version and a checksum; weights are little-endian floats in base64. */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DataError } from '../errors.ts';
import { scoreColumns } from './softmax/train.ts';
import { type ClassifierData, classifierFrom, type TextClassifier } from './text-classifier.ts';

const FORMAT = 'slicewise text classifier';

/** Raised when older versions could not read what is written. */
const FILE_VERSION = 1;

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const grams = z.tuple([z.int().min(1).max(10), z.int().min(1).max(10)]).nullable();
const modelShape = z.strictObject({
  labels: z.array(z.string()).min(1),
  rowsPerLabel: z.array(z.int().min(0)),
  columns: z.array(z.strictObject({ kind: z.enum(['text', 'category', 'number']), name: z.string() })).min(1),
  blocks: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.enum(['words', 'characters']),
          column: z.string(),
          least: z.int(),
          most: z.int(),
        }),
        z.strictObject({ kind: z.literal('category'), column: z.string() }),
        z.strictObject({ kind: z.literal('number'), column: z.string(), edges: z.array(z.number()) }),
      ]),
    )
    .min(1),
  features: z.array(z.string()),
  featureBlock: base64,
  rarity: base64,
  weights: base64,
  bias: base64,
  calibration: z.strictObject({ scale: z.number(), shift: z.number() }),
  options: z.strictObject({
    words: grams,
    characters: grams,
    minRows: z.int(),
    maxFeatures: z.int(),
    sublinear: z.boolean(),
    strength: z.number(),
    passes: z.int(),
    classWeight: z.enum(['none', 'balanced']),
    sample: z.enum(['none', 'up', 'down']),
    calibrate: z.enum(['none', 'temperature', 'platt']),
    seed: z.int(),
  }),
});

type ModelShape = z.infer<typeof modelShape>;

const fileShape = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  sha256: z.string(),
  model: z.unknown(),
});

/** The classifier as the text of a file. The same classifier gives the same bytes. */
export function saveTextClassifier({ data }: TextClassifier): string {
  const { linear, featureBlock, rarity, ...rest } = data;
  const model: ModelShape = modelShape.parse({
    ...rest,
    featureBlock: bytesOf(Float32Array.from(featureBlock)),
    rarity: bytesOf(rarity),
    weights: bytesOf(linear.weights),
    bias: bytesOf(linear.bias),
  });
  return `${JSON.stringify({ format: FORMAT, version: FILE_VERSION, sha256: digest(model), model })}\n`;
}

/**
 * The classifier of a file that `saveTextClassifier` wrote.
 *
 * @param file its name, for errors
 * @throws DataError for anything else: another document, a newer version, a file that was cut or changed
 */
export function loadTextClassifier(text: string, file: string): TextClassifier {
  const fail = (message: string, hint: string): never => {
    throw new DataError({ message: `${file} ${message}`, hint, where: { file } });
  };
  const again = 'write it again with slicewise baseline train';
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return fail('is not JSON: it is cut, or no model', again);
  }
  const outer = fileShape.safeParse(document);
  if (!outer.success)
    return fail('is no text classifier of Slicewise', `give the file that baseline train wrote`);
  const { version, sha256, model } = outer.data;
  if (version > FILE_VERSION) {
    return fail(
      `has version ${version} of the format, this Slicewise reads up to ${FILE_VERSION}`,
      'update Slicewise, or train the model again with this version',
    );
  }
  if (version !== FILE_VERSION) return fail(`has the unknown version ${version}`, again);
  if (digest(model) !== sha256) return fail('is damaged: its checksum does not match its content', again);
  const inner = modelShape.safeParse(model);
  if (!inner.success) return fail('is damaged: its content is not that of a model', again);
  const data = dataOf(inner.data);
  return data === null ? fail('is damaged: its parts do not fit together', again) : classifierFrom(data);
}

function dataOf({ featureBlock, rarity, weights, bias, ...rest }: ModelShape): ClassifierData | null {
  const columns = scoreColumns(rest.labels.length);
  const data: ClassifierData = {
    ...rest,
    featureBlock: Uint16Array.from(floatsOf(featureBlock)),
    rarity: floatsOf(rarity),
    linear: { columns, weights: floatsOf(weights), bias: floatsOf(bias) },
  };
  const features = rest.features.length;
  const fits =
    data.rarity.length === features &&
    data.featureBlock.length === features &&
    data.featureBlock.every((block) => block < rest.blocks.length) &&
    data.linear.weights.length === features * columns &&
    data.linear.bias.length === columns;
  return fits ? data : null;
}

function digest(model: unknown): string {
  return createHash('sha256').update(JSON.stringify(model)).digest('hex');
}

function bytesOf(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeFloatLE(value, i * 4);
  });
  return bytes.toString('base64');
}

function floatsOf(text: string): Float32Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(i * 4));
}
