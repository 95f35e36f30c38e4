/** The studio: what people look at in a browser, served or in one file. */
export { type HtmlKind, htmlReport, readTemplate } from './html/html-report.ts';
export type { Access, Studio, StudioOptions } from './server/index.ts';
export { startStudio } from './server/index.ts';
export { openSession, type StudioSession, sessionOver } from './session.ts';
