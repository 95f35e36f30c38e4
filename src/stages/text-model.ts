/** The embedding model that a configuration names for the clusters of inputs: where it is, what it is, and how it is opened. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config/index.ts';
import type { NamedTextModel } from '../derived/index.ts';
import { ConfigError } from '../errors.ts';
import { compareText } from '../slices/index.ts';
import { openTextModel } from '../text/index.ts';
import { fileIdentity } from './derived-cache.ts';
import type { Ports } from './ports.ts';

/** A model of the user. */
export interface ConfiguredModel {
  /** Path, size and time of the last change of its files: what a cached cell depends on. */
  readonly facts: unknown;
  /** Reads and hashes the files; only where something is to be embedded. */
  open(): Promise<NamedTextModel>;
}

/** Texts after which progress is told. */
const TOLD = 1_000;

/**
 * The model that the configuration names, or null where it names none.
 *
 * @throws ConfigError where its folder is not there or empty
 */
export async function configuredModel(
  { clusters, file }: Config,
  ports: Ports,
): Promise<ConfiguredModel | null> {
  const said = clusters?.model ?? null;
  if (said === null) return null;
  const folder = resolve(ports.cwd, file === null ? '.' : dirname(file), said);
  const files = await filesOf(folder);
  if (files === null || files.length === 0) {
    throw new ConfigError({
      message: `clusters.model names the folder '${said}', which ${files === null ? 'is not there' : 'is empty'}`,
      hint: 'name the folder of a model in ONNX form, with config.json, tokenizer.json and onnx/model.onnx',
      where: { ...(file === null ? {} : { file }), field: 'clusters.model' },
    });
  }
  return {
    facts: await fileIdentity(files, ports.cwd),
    open: async () => {
      const model = await openTextModel(folder, ports.cwd);
      const name = basename(folder);
      let done = 0;
      return {
        method: `mean of the tokens by the model ${name} (sha256 ${await hashOf(folder, files)})`,
        embed: async (texts) => {
          const points = await model.embed(texts);
          if (Math.floor(done / TOLD) < Math.floor((done + texts.length) / TOLD)) {
            ports.progress(`${done + texts.length} texts embedded by ${name}`);
          }
          done += texts.length;
          return points;
        },
      };
    },
  };
}

/** All files below a folder, sorted by path; null where there is no such folder. */
async function filesOf(folder: string): Promise<readonly string[] | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  return (
    entries
      ?.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(compareText) ?? null
  );
}

/** SHA-256 over names and contents, 16 hex digits: the same model has the same hash wherever it lies. */
async function hashOf(folder: string, files: readonly string[]): Promise<string> {
  const all = createHash('sha256');
  for (const file of files) {
    const one = createHash('sha256');
    await pipeline(createReadStream(file), one);
    all.update(`${relative(folder, file).replaceAll(sep, '/')}\n${one.digest('hex')}\n`);
  }
  return all.digest('hex').slice(0, 16);
}
