/** Embeds texts with a model that the user has on disk, through the optional package `@huggingface/transformers`. */

import { UsageError } from '../errors.ts';
import { type Vectors, vectorsFrom } from './embed.ts';

/** What is used of the package. */
interface TransformersModule {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: { readonly local_files_only: boolean },
  ): Promise<(texts: readonly string[], options: object) => Promise<{ tolist(): number[][] }>>;
}

const BATCH = 32;

/**
 * Points of length 1 from a local model, mean-pooled. No file is ever fetched.
 *
 * @param model name of a folder below `folder` that holds a model in ONNX form
 * @param load imports the package
 * @throws UsageError where the package is not installed or the model is not there
 */
export async function embedWithModel(
  texts: readonly string[],
  { folder, model }: { readonly folder: string; readonly model: string },
  load: () => Promise<unknown> = importTransformers,
): Promise<Vectors> {
  const { env, pipeline } = await packageOrAdvice(load);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = folder;
  const embed = await pipeline('feature-extraction', model, { local_files_only: true }).catch(
    (cause: unknown) => {
      throw new UsageError(
        {
          message: `the model '${model}' could not be read from ${folder} (${cause instanceof Error ? cause.message : String(cause)})`,
          hint: 'put the files of the model (config.json, tokenizer.json, onnx/model.onnx) there; nothing is downloaded',
        },
        { cause },
      );
    },
  );
  const lists: number[][] = [];
  for (let at = 0; at < texts.length; at += BATCH) {
    const output = await embed(texts.slice(at, at + BATCH), { pooling: 'mean', normalize: true });
    lists.push(...output.tolist());
  }
  return vectorsFrom(lists);
}

async function packageOrAdvice(load: () => Promise<unknown>): Promise<TransformersModule> {
  try {
    return (await load()) as TransformersModule;
  } catch (cause) {
    throw new UsageError(
      {
        message:
          'embedding with a model of your own needs the package @huggingface/transformers, which is not installed',
        hint: 'npm install @huggingface/transformers, or leave the model out to use the built-in embedding',
      },
      { cause },
    );
  }
}

function importTransformers(): Promise<unknown> {
  const name = '@huggingface/transformers';
  return import(name);
}
