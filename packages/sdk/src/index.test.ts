import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as sdk from './index.ts';

describe('the public API', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(sdk).sort()).toMatchInlineSnapshot(`
      [
        "AtelierError",
        "Image",
        "Mask",
        "adjustOperations",
        "anchorPhrases",
        "approvalMessage",
        "atelier",
        "backendsFor",
        "candidateSchema",
        "capabilityNames",
        "fileAssetStore",
        "fileHistoryStore",
        "findOperation",
        "findPixelOperation",
        "hexOf",
        "isStored",
        "languageOf",
        "matchAdjustment",
        "memoryAssetStore",
        "memoryHistoryStore",
        "memoryPort",
        "nameColour",
        "parseColour",
        "parseParameters",
        "parsePhrase",
        "plannedToolNames",
        "questionMessage",
        "receiptSchema",
        "recipeSchema",
        "recordingPort",
        "replayPort",
        "resolvePhrase",
        "safeName",
        "safeNamePattern",
        "toolDefinitions",
        "toolMessage",
        "toolSchemas",
        "verificationSchema",
        "verifyMessage",
        "writeFileWhole",
      ]
    `);
  });

  it('does not load gRPC, undici, sharp or a backend with the root entry', () => {
    const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
    const script = `
      import { registerHooks } from 'node:module';
      const seen = new Set();
      registerHooks({ resolve(specifier, context, next) { const found = next(specifier, context); seen.add(found.url); return found; } });
      await import(${JSON.stringify(entry)});
      console.log([...seen].filter((url) => /@grpc|node_modules\\/undici|node_modules\\/sharp|packages\\/local|opencv|tensorflow/.test(url)).join(' '), seen.size);
    `;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=atelier-source', '--input-type=module', '-e', script],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const [unwanted, count] = stdout.split(' ');
    expect(unwanted).toBe('');
    expect(Number(count)).toBeGreaterThan(50);
  });
});
