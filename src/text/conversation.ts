/** Reads a text that is a conversation in JSON: turns, tools that were called, kinds of content. */

/** What a conversation shows. */
export interface Conversation {
  /** Messages of the user; a plain text has 1. */
  readonly turns: number;
  /** Calls of tools that the messages record. */
  readonly toolCalls: number;
  /** Names of the tools called, each once, in the order of their first call. */
  readonly tools: readonly string[];
  /** Kinds of content, sorted by how common they are: text, image, audio, video, file. */
  readonly kinds: readonly ContentKind[];
  /** What the messages say, one after the other, without the JSON around it. */
  readonly text: string;
}

export type ContentKind = 'text' | 'image' | 'audio' | 'video' | 'file';

const KINDS: readonly ContentKind[] = ['text', 'image', 'audio', 'video', 'file'];

/** Longest text that is tried as JSON, in UTF-16 units. */
const LONGEST = 20_000_000;

interface Findings {
  turns: number;
  toolCalls: number;
  readonly tools: Set<string>;
  readonly kinds: Set<ContentKind>;
  readonly texts: string[];
}

/**
 * The conversation that a text spells: a JSON list of messages (`role` or `from`, with `content`, `parts`, `value` or `text`) or
 * an object whose `messages`, `conversation` or `input` is one; contents may be texts or lists of parts, as OpenAI, Anthropic, Gemini and ShareGPT
 * write them. Null where the text is anything else, which is then one turn of text.
 *
 * @example readConversation('[{"role":"user","content":"hi"}]') // { turns: 1, toolCalls: 0, tools: [], kinds: ['text'] }
 */
export function readConversation(text: string): Conversation | null {
  const first = text.trimStart()[0];
  if ((first !== '[' && first !== '{') || text.length > LONGEST) return null;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  const messages = messagesOf(data);
  if (messages === null) return null;
  const found: Findings = { turns: 0, toolCalls: 0, tools: new Set(), kinds: new Set(), texts: [] };
  for (const message of messages) readMessage(message, found);
  return {
    turns: found.turns,
    toolCalls: found.toolCalls,
    tools: [...found.tools],
    kinds: KINDS.filter((kind) => found.kinds.has(kind)),
    text: found.texts.join('\n'),
  };
}

type Data = Readonly<Record<string, unknown>>;

function messagesOf(data: unknown): readonly Data[] | null {
  if (isRecord(data)) {
    const inner = data.messages ?? data.conversation ?? data.conversations ?? data.input;
    return inner === undefined || isRecord(inner) ? null : messagesOf(inner);
  }
  if (!Array.isArray(data) || data.length === 0) return null;
  const isMessage = (one: unknown): one is Data =>
    isRecord(one) && (typeof (one.role ?? one.from) === 'string' || isPart(one));
  return data.every(isMessage) && data.some((one) => 'role' in one || 'from' in one) ? data : null;
}

function isPart(one: Data): boolean {
  return typeof one.type === 'string';
}

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMessage(message: Data, found: Findings): void {
  const role = message.role ?? message.from;
  const content = message.content ?? message.parts ?? message.value ?? message.text;
  const parts = Array.isArray(content) ? content : [content];
  // Anthropic returns what a tool answered in a message of the user, which is no turn of theirs.
  const isToolAnswer =
    parts.length > 0 && parts.every((part) => isRecord(part) && part.type === 'tool_result');
  if ((role === 'user' || role === 'human') && !isToolAnswer) found.turns++;
  for (const part of parts) readPart(part, found);
  for (const call of Array.isArray(message.tool_calls) ? message.tool_calls : []) readCall(call, found);
  if (isRecord(message.function_call)) readCall(message.function_call, found);
  if (role === undefined && isPart(message)) readPart(message, found);
}

function readPart(part: unknown, found: Findings): void {
  if (typeof part === 'string') {
    if (part === '') return;
    found.kinds.add('text');
    found.texts.push(part);
    return;
  }
  if (!isRecord(part)) return;
  const { type } = part;
  if (type === 'tool_use' || type === 'function_call' || type === 'tool_call') readCall(part, found);
  else if (isRecord(part.functionCall)) readCall(part.functionCall, found);
  else if (type !== 'tool_result' && type !== 'function_call_output') {
    const kind = kindOf(part);
    if (kind !== null) found.kinds.add(kind);
    if (kind === 'text' && typeof part.text === 'string') found.texts.push(part.text);
  }
}

/** A call, whose name stands in it or in its `function`. */
function readCall(call: unknown, found: Findings): void {
  if (!isRecord(call)) return;
  found.toolCalls++;
  const inner = isRecord(call.function) ? call.function : call;
  const name = typeof call.function === 'string' ? call.function : inner.name;
  if (typeof name === 'string' && name !== '') found.tools.add(name);
}

/** The kind of a part, from its type, its keys or its media type. */
function kindOf(part: Data): ContentKind | null {
  const inline = part.inlineData ?? part.inline_data ?? part.fileData ?? part.file_data ?? part.source;
  const media = isRecord(inline)
    ? (inline.mimeType ?? inline.mime_type ?? inline.media_type)
    : part.media_type;
  const hint = [part.type, media, ...Object.keys(part)]
    .filter((one) => typeof one === 'string')
    .join(' ')
    .toLowerCase();
  if (/image/.test(hint)) return 'image';
  if (/audio/.test(hint)) return 'audio';
  if (/video/.test(hint)) return 'video';
  if (/\b(?:input_|output_)?text\b/.test(hint) && !/file|document/.test(String(part.type))) return 'text';
  return /file|document|pdf/.test(hint) ? 'file' : null;
}
