/** Embeds texts with a model that the user has on disk, through the optional package `@huggingface/transformers`. */

import { basename, dirname } from 'node:path';
import { UsageError } from '../errors.ts';
import { type Vectors, vectorsFrom } from './embed.ts';
import { optionalPackage } from './optional-package.ts';

/** What is used of the package. */
interface TransformersModule {
  readonly env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    useFSCache: boolean;
  };
  pipeline(task: 'feature-extraction', model: string, options: object): Promise<Extractor>;
}
type Extractor = (texts: string[], options: object) => Promise<{ tolist(): number[][] }>;

/** A model that turns texts into points. */
export interface TextModel {
  /** Points of length 1, in the order of the texts. */
  embed(texts: readonly string[]): Promise<Vectors>;
}

const PACKAGE = '@huggingface/transformers';
const BATCH = 32;

/**
 * Opens a model in ONNX form; points are the mean over the tokens. No file is ever fetched.
 *
 * @param model absolute path of the folder of the model
 * @param from absolute path of the folder in which the package is looked for
 * @throws UsageError where the package is not installed or the model cannot be read
 */
export async function openTextModel(model: string, from: string): Promise<TextModel> {
  const { env, pipeline } = await packageOrAdvice(from);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.localModelPath = dirname(model);
  const failed = (what: string) => (cause: unknown) => {
    throw new UsageError(
      {
        message: `the model ${what} (${model}: ${messageOf(cause)})`,
        hint: 'the folder needs config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx; nothing is downloaded',
      },
      { cause },
    );
  };
  const options = { local_files_only: true, dtype: 'fp32' };
  const extract = await pipeline('feature-extraction', basename(model), options).catch(
    failed('cannot be loaded'),
  );
  const embed = async (texts: readonly string[]): Promise<Vectors> => {
    const lists: number[][] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      const output = await extract(texts.slice(at, at + BATCH), { pooling: 'mean', normalize: true });
      lists.push(...output.tolist());
    }
    return vectorsFrom(lists);
  };
  return { embed: (texts) => embed(texts).catch(failed('fails')) };
}

async function packageOrAdvice(from: string): Promise<TransformersModule> {
  const found = await optionalPackage(PACKAGE, from).catch((cause: unknown) => {
    throw new UsageError(
      {
        message: `${PACKAGE} is installed but cannot be loaded (${messageOf(cause)})`,
        hint: `npm install ${PACKAGE} once more`,
      },
      { cause },
    );
  });
  if (found !== null) return found as TransformersModule;
  throw new UsageError({
    message: `clusters by a model need the package ${PACKAGE}, which is not installed`,
    hint: `npm install ${PACKAGE}, or leave clusters.model out to cluster by words`,
  });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
