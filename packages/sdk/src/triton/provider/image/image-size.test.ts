import { InvalidArgumentError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { paintingSize } from './image-size.ts';

describe('the size to paint at', () => {
  it.each([
    [undefined, undefined, 1024, 1024],
    ['640x480', undefined, 640, 480],
    [undefined, '16:9', 1360, 768],
    [undefined, '9:16', 768, 1360],
    [undefined, '1.5:1', 1248, 832],
  ])('of %s and %s', (size, ratio, width, height) => {
    expect(paintingSize(size, ratio)).toEqual({ size: { width, height }, warnings: [] });
  });

  it.each([
    ['1000x700', 1008, 704],
    ['10x4000', 64, 2048],
  ])('of %s is the nearest that the model takes, with a warning', (size, width, height) => {
    const { size: painted, warnings } = paintingSize(size, undefined);
    expect(painted).toEqual({ width, height });
    expect(warnings).toMatchObject([{ type: 'compatibility', feature: 'size' }]);
    expect(JSON.stringify(warnings)).toContain(`${width}x${height}`);
  });

  it('follows the size, and warns, where a ratio is given too', () => {
    const { size, warnings } = paintingSize('64x64', '16:9');
    expect(size).toEqual({ width: 64, height: 64 });
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'aspectRatio' }]);
  });

  it.each(['big', '64', '0x64', 'x', '64x', '-64x64', '1e3x64', '64:64', 'NaNxNaN', '999999x1'])(
    'refuses %s',
    (size) => {
      expect(() => paintingSize(size, undefined)).toThrow(InvalidArgumentError);
    },
  );

  it.each(['16x9', '0:1', ':', ''])('refuses the ratio %s', (ratio) => {
    expect(() => paintingSize(undefined, ratio)).toThrow(InvalidArgumentError);
  });
});
