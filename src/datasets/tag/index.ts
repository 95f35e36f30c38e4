/** Dimensions made by rules. */
export { runTag, type TagRequest } from './run-tag.ts';
export type { TagReport } from './tag-definition.ts';
export { renderTags } from './tag-page.ts';
