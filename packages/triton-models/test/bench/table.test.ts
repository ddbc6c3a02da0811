import { describe, expect, it } from 'vitest';
import { type Report, reportOf } from '../../bench/report.ts';
import { judge, type Row } from '../../bench/row.ts';
import { tableOf } from '../../bench/table.ts';
import { withTable } from '../../bench/write-table.ts';

const row = (more: Partial<Row> = {}): Row => ({
  model: 'owlv2',
  what: 'a picture',
  wire: 'HTTP',
  calls: 3,
  triton: { p50: 22, p90: 25 },
  computeInferMs: 20.5,
  bare: { p50: 20, p90: 23 },
  plain: undefined,
  first: undefined,
  tokensPerSecond: undefined,
  over: judge(2, 20),
  fromCache: 0,
  ...more,
});

const report = (more: Partial<Report> = {}): Report =>
  reportOf({
    machine: {
      cores: 2,
      cpu: 'a cpu',
      node: '24',
      python: '',
      server: 'triton 2.51.0',
      loadBefore: 0.1,
      models: undefined,
    },
    seconds: 60,
    rows: [row()],
    batching: undefined,
    throughput: [],
    ...more,
  });

describe('tableOf', () => {
  it('has a row for each scenario and says that the bar is met', () => {
    const text = tableOf(report());
    expect(text).toContain(
      '| owlv2 | a picture, HTTP | 22.0 / 25.0 | 20.5 | 20.0 / 23.0 | - | 2.0 ms (10 %) | met (5.0 ms) |',
    );
    expect(text).toContain('is met in every row');
    expect(text).not.toContain('Warning');
  });

  it('names what was missed, and what makes the figures doubtful', () => {
    const text = tableOf(report({ rows: [row({ over: judge(9, 20), fromCache: 4 })] }));
    expect(text).toContain('Missed: owlv2, a picture: 9.0 ms over the bare pipeline, the bar is 5.0 ms.');
    expect(text).toContain('Warning: owlv2, a picture: 4 answers came from the response cache.');
  });

  it('tells of streams and of requests at once', () => {
    const times = { p50: 7, p90: 8 };
    const text = tableOf(
      report({
        rows: [row({ model: 'vqa', first: { triton: times, bare: times }, tokensPerSecond: { triton: 90, bare: 99 } })],
        batching: { what: '8 pictures', sequenceMs: 400, atOnceMs: 200, speedUp: 2, sizes: [[8, 3]], rounds: 3 },
        throughput: [
          {
            model: 'clip',
            what: '1 text',
            atOnce: 64,
            requestsPerSecond: 512,
            sizes: [
              [1, 1],
              [32, 2],
            ],
          },
        ],
      }),
    );
    expect(text).toContain('| vqa: a picture | 7.0 / 8.0 | 7.0 / 8.0 | 90 | 99 |');
    expect(text).toContain('speed-up 2.00x; Triton made of the 24 at once 3 of 8.');
    expect(text).toContain('| clip: 1 text | 512 | 1 of 1, 2 of 32 |');
  });
});

describe('withTable', () => {
  it('replaces what is between the markers of the part', () => {
    const document = 'a\n<!-- x -->\nold\n<!-- /x -->\nb\n<!-- y -->\nkept\n<!-- /y -->\n';
    const written = withTable(document, 'x', '| new |');
    expect(written).toBe('a\n<!-- x -->\n| new |\n<!-- /x -->\nb\n<!-- y -->\nkept\n<!-- /y -->\n');
    expect(withTable(written, 'x', '| new |')).toBe(written);
  });

  it('refuses a document without them', () => {
    expect(() => withTable('nothing', 'x', '')).toThrow('no place for "x"');
  });
});
