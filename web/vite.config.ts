/** Builds the front end twice from the same code: as files that the studio serves, and (mode `report`) as one HTML file. */

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  root: here('.'),
  base: '/',
  plugins: mode === 'report' ? [react(), viteSingleFile({ removeViteModuleLoader: true })] : [react()],
  build: {
    outDir: here(mode === 'report' ? '../dist/report' : '../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and pictures are few and small; what is not inlined must be served, and the report has no server.
    assetsInlineLimit: mode === 'report' ? 1_000_000 : 0,
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
}));
