import { expect, it } from 'vitest';
import { takenPort, tellingLines } from './taken-port.ts';

const log = [
  'I1121 18:00:00.000000 42 server.cc:674] ',
  '+----------+---------+--------+',
  '| Model    | Version | Status |',
  '+----------+---------+--------+',
  '',
  'E1121 18:00:00.100000 42 main.cc:302] "failed to start HTTP service: Unavailable - Socket \'127.0.0.1:8000\' already in use "',
].join('\n');

it('finds the port that is taken', () => {
  expect(takenPort(log)).toBe(8000);
  expect(takenPort('I1121 Started HTTPService at 127.0.0.1:8000')).toBeUndefined();
});

it('leaves tables out of what is shown', () => {
  expect(tellingLines(log).map((line) => line[0])).toEqual(['I', 'E']);
});
