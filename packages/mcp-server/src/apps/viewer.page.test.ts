import { AtelierError } from '@atelier/sdk/errors';
import type { Frame } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ToolOutcome } from '../workshop/workshop.ts';
import { chromium } from './__fixtures__/chromium.ts';
import { type TestHost, type TestHosts, testHosts } from './__fixtures__/test-host.ts';
import { photo, type ViewerServer, viewerServer } from './__fixtures__/viewer-server.ts';

const twoCups = photo('two-cups.png');
const cups = { image: twoCups, phrase: 'cup' };
/** An edit that needs no model: tests shall be fast. */
const brightening = { image: twoCups, operation: 'brighten', parameters: { amount: 0.3 }, region: 'everything' };
const leftCup = { box: { x: 110, y: 10, width: 160, height: 170 }, region: 'subject' };

const cancelled = new AtelierError({ code: 'cancelled', message: 'Stopped.' });

const changing =
  (change: (output: ToolOutcome['output']) => ToolOutcome['output']): ViewerServer['around'] =>
  async (run) => {
    const { output, session } = await run();
    return { output: change(output), session };
  };

/** The words of the first element that a selector finds, as people see them. */
const textOf = (frame: Frame, selector: string): Promise<string> =>
  frame.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`).then(String);

const inPage = (frame: Frame, expression: string): Promise<unknown> => frame.evaluate(expression);

const titled = (frame: Frame, title: string): Promise<unknown> =>
  frame.waitForFunction(`document.querySelector('h1')?.innerText === ${JSON.stringify(title)}`);

/** Every picture is what the server has under one of these ids: read again, to compare. */
const pictures = (frame: Frame): Promise<unknown> =>
  inPage(frame, `[...document.querySelectorAll('.stage img')].map((image) => image.src)`);

describe('the viewer in a host', () => {
  let server: ViewerServer;
  let hosts: TestHosts;
  let host: TestHost;
  beforeAll(async () => {
    server = viewerServer();
    hosts = await testHosts(chromium(), () => server.makeServer());
  });
  afterAll(async () => {
    await hosts.close();
    await server.close();
  });
  afterEach(async () => {
    server.around = (run) => run();
    // Whatever a test did: nothing left the page, and the browser refused nothing.
    expect(host.requests).toEqual([]);
    expect(host.complaints).toEqual([]);
    await host.page.close();
  });

  it('calls the tool again with the candidate that is clicked in the picture, shows what came of it and tells the model', async () => {
    host = await hosts.newHost();
    const frame = await host.open('remove_object', cups);
    expect(await textOf(frame, 'h1')).toBe('Which one do you mean?');
    expect(await textOf(frame, '.lead')).toBe('2 things here fit “cup”.');
    await frame.click('.box[data-number="2"]');
    await titled(frame, 'Removed: cup');
    const [call] = await host.said('tools/call');
    expect(call).toMatchObject({ name: 'remove_object', arguments: { phrase: 'cup', choice: 2 } });
    expect(server.calls.at(-1)).toMatchObject({ tool: 'remove_object', input: { phrase: 'cup', choice: 2 } });
    await frame.waitForFunction(`document.querySelector('.status').innerText !== ''`);
    expect(await textOf(frame, '.status')).toBe('The assistant will know with your next message.');
    const [context] = await host.said('ui/update-model-context');
    expect(JSON.stringify(context)).toMatch(/candidate 2 .*changedOutsideMask.*:0/);
  });

  it('is used by keys alone', async () => {
    host = await hosts.newHost();
    const frame = await host.open('segment_object', cups);
    await frame.focus('button.thing[data-number="1"]');
    expect(await inPage(frame, `document.querySelector('.box.active').dataset.number`)).toBe('1');
    await host.page.keyboard.press('2');
    await titled(frame, 'Cut out: cup');
    expect(await host.said('tools/call')).toMatchObject([{ name: 'segment_object', arguments: { choice: 2 } }]);
    await frame.focus('.toggle');
    await host.page.keyboard.press('Space');
    expect(await inPage(frame, `getComputedStyle(document.querySelector('.veil')).display`)).toBe('none');
  });

  it('answers a job that asks, and shows what it did when it ends', async () => {
    host = await hosts.newHost();
    const frame = await host.open('edit_image', { image: twoCups, prompt: 'make the cup brighter' });
    expect(await textOf(frame, 'h1')).toBe('Which one do you mean?');
    await frame.click('.box[data-number="2"]');
    await titled(frame, 'Adjusted: cup');
    const answer = { job: expect.any(String), question: expect.any(String), choice: 2 };
    expect(await host.said('tools/call')).toMatchObject([{ name: 'answer_job', arguments: answer }]);
    expect(await inPage(frame, `document.querySelectorAll('.compare img').length`)).toBe(2);
  });

  it('follows a job that goes on, to its end', async () => {
    host = await hosts.newHost();
    const input = { image: twoCups, prompt: 'make the picture brighter' };
    const frame = await host.open('edit_image', input, { calls: 'start_edit' });
    await titled(frame, 'Adjusted');
    expect((await host.said('tools/call'))[0]).toMatchObject({
      name: 'job_status',
      arguments: { job: expect.any(String) },
    });
  });

  it('grows where the host offers the whole screen', async () => {
    host = await hosts.newHost(800);
    const frame = await host.open('detect_objects', { image: twoCups, phrases: ['cup'] }, { hasFullscreen: true });
    await frame.click('[aria-label="Full screen"]');
    await frame.waitForSelector('[aria-label="Back to the conversation"]');
    expect(await host.said('ui/request-display-mode')).toEqual([{ mode: 'fullscreen' }]);
  });

  it('compares before and after with a slider, for the pointer and for keys', async () => {
    host = await hosts.newHost();
    const frame = await host.open('adjust_image', brightening);
    const [after, before] = (await pictures(frame)) as string[];
    expect(after).toMatch(/^data:image/);
    expect(before).toMatch(/^data:image/);
    expect(after).not.toBe(before);
    const shown = () => inPage(frame, `document.querySelector('.compare').style.getPropertyValue('--at')`);
    expect(await shown()).toBe('50%');
    const range = await frame.$('.compare input');
    const box = await range?.boundingBox();
    if (!box) throw new Error('There is no slider.');
    await host.page.mouse.click(box.x + box.width * 0.25, box.y + box.height / 2);
    expect(Number.parseFloat(String(await shown()))).toBeCloseTo(25, 0);
    await host.page.keyboard.press('End');
    expect(await shown()).toBe('100%');
    expect(await inPage(frame, `getComputedStyle(document.querySelector('.before')).clipPath`)).toBe(
      'inset(0px 0% 0px 0px)',
    );
  });

  it('outlines what the edit was allowed to touch', async () => {
    host = await hosts.newHost();
    const frame = await host.open('adjust_image', { ...brightening, ...leftCup });
    expect(await inPage(frame, `document.querySelector('.outline').checkVisibility()`)).toBe(false);
    await frame.click('.toggle');
    // Of the left half something is drawn, of the right one nothing: the left cup was brightened.
    const drawn = `(() => {
      const canvas = document.querySelector('.outline');
      const half = canvas.width / 2;
      const count = (x) => canvas.getContext('2d').getImageData(x, 0, half, canvas.height).data.filter((value, at) => at % 4 === 3 && value > 0).length;
      return [canvas.checkVisibility(), count(0) > 200, count(half)];
    })()`;
    expect(await inPage(frame, drawn)).toEqual([true, true, 0]);
  });

  it('takes an edit back', async () => {
    host = await hosts.newHost();
    const frame = await host.open('adjust_image', brightening);
    const [, before] = (await pictures(frame)) as string[];
    await frame.click('.undo');
    await titled(frame, 'Undone');
    expect(await host.said('tools/call')).toMatchObject([
      { name: 'undo_edit', arguments: { edit: expect.any(String) } },
    ]);
    expect(await pictures(frame)).toEqual([before]);
  });

  it('says plainly that an edit was not confirmed, and what changed where nothing should', async () => {
    host = await hosts.newHost();
    const verified = { ok: false, reason: 'the cup is as dark as before', by: 'detect' };
    server.around = changing((output) => ({ ...output, verified, changedOutsideMask: 1234 }));
    const frame = await host.open('adjust_image', brightening);
    expect(await textOf(frame, '.verdict')).toContain('Not confirmed by the check\nthe cup is as dark as before');
    expect(await textOf(frame, '.verdict')).toContain('Outside the outline 1,234 pixels changed.');
    expect(await inPage(frame, `document.querySelector('.tone').className`)).toBe('tone warning');
  });

  it('shows labels, phrases and reasons as text, whatever they hold', async () => {
    host = await hosts.newHost();
    const hostile = `<img src=x onerror="parent.postMessage('owned', '*')"><script>document.title='owned'</script>`;
    server.around = changing((output) => {
      const candidates = Array.isArray(output.candidates) ? output.candidates : [];
      return { ...output, phrase: hostile, candidates: candidates.map((one) => ({ ...one, label: hostile })) };
    });
    const frame = await host.open('segment_object', cups);
    expect(await textOf(frame, '.label')).toBe(hostile);
    expect(await textOf(frame, '.lead')).toContain(hostile);
    expect(await inPage(frame, `document.querySelectorAll('.stage img, #viewer script').length`)).toBe(1);
    expect(await inPage(frame, 'document.title')).toBe('Atelier');
  });

  it('can reach no network, even where its host forgets to forbid it', async () => {
    host = await hosts.newHost();
    const frame = await host.open('detect_objects', { image: twoCups, phrases: [] }, { isLax: true });
    const tries = `Promise.all([
      fetch(${JSON.stringify(host.page.url())}).then(() => 'reached', () => 'refused'),
      new Promise((done) => { const image = new Image(); image.onload = () => done('reached'); image.onerror = () => done('refused'); image.src = ${JSON.stringify(host.page.url())}; }),
      new Promise((done) => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); done(window.ran ? 'ran' : 'refused'); }),
    ])`;
    expect(await inPage(frame, tries)).toEqual(['refused', 'refused', 'refused']);
    // Each was refused by the page itself, which is what the browser then says.
    expect(host.complaints.splice(0)).toHaveLength(4);
  });

  it('lights up in the picture what is pointed at in the list', async () => {
    host = await hosts.newHost(800);
    const frame = await host.open('detect_objects', { image: twoCups, phrases: ['cup'] });
    expect(await textOf(frame, 'h1')).toBe('Found: 2');
    await frame.hover('.thing[data-number="2"]');
    expect(await inPage(frame, `[...document.querySelectorAll('.active')].map((one) => one.className)`)).toEqual([
      expect.stringContaining('box'),
      expect.stringContaining('thing'),
    ]);
    await frame.hover('h1');
    expect(await inPage(frame, `document.querySelectorAll('.active').length`)).toBe(0);
  });

  it('follows the theme and the language of the host, also when they change', async () => {
    host = await hosts.newHost(320);
    const frame = await host.open('segment_object', cups, { locale: 'ko-KR', theme: 'dark' });
    expect(await textOf(frame, 'h1')).toBe('어느 것을 말씀하시나요?');
    const back = () => inPage(frame, 'getComputedStyle(document.body).backgroundColor');
    expect(await back()).toBe('rgb(31, 30, 29)');
    await host.page.evaluate(() => globalThis.testHost.change({ theme: 'light', locale: 'en-GB' }));
    await titled(frame, 'Which one do you mean?');
    expect(await back()).toBe('rgb(255, 255, 255)');
  });

  it.each([
    ['segment_object', cups],
    ['adjust_image', brightening],
    ['detect_objects', { image: twoCups, phrases: [] }],
  ])('%s fits on 320 pixels, and says how high it is', async (tool, input) => {
    host = await hosts.newHost(320);
    const frame = await host.open(tool, input);
    expect(await inPage(frame, 'document.documentElement.scrollWidth')).toBe(320);
    const height = await inPage(frame, `Math.ceil(document.getElementById('viewer').getBoundingClientRect().height)`);
    await expect
      .poll(async () => (await host.said('ui/notifications/size-changed')).at(-1))
      .toEqual({ width: 320, height });
  });

  it('says what to tell the assistant where the host lets pages call no tools, and shows the picture of the result where it gives no resources', async () => {
    host = await hosts.newHost();
    const frame = await host.open('segment_object', cups, { without: ['serverTools', 'serverResources'] });
    expect(await textOf(frame, '.hint')).toContain('Tell the assistant which one: “number 1”');
    expect(await inPage(frame, `document.querySelectorAll('button.thing').length`)).toBe(0);
    expect(await inPage(frame, `document.querySelector('.stage img').naturalWidth > 100`)).toBe(true);
    expect(await host.said('resources/read')).toEqual([]);
  });

  it('knows from the result which tool it was, where the host does not say', async () => {
    host = await hosts.newHost();
    const frame = await host.open('segment_object', cups, { hidesTool: true });
    await frame.click('button.thing[data-number="1"]');
    await titled(frame, 'Cut out: cup');
    expect(await host.said('tools/call')).toMatchObject([{ name: 'segment_object', arguments: { choice: 1 } }]);
  });

  it('stops what takes too long', async () => {
    host = await hosts.newHost();
    const frame = await host.open('segment_object', cups);
    let stopped: AbortSignal | undefined;
    server.around = (_run, { signal }) => {
      stopped = signal;
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(cancelled)));
    };
    await frame.click('.box[data-number="1"]');
    await frame.waitForSelector('.status .button');
    expect(await textOf(frame, '.status')).toContain('Working on number 1…');
    await frame.click('.status .button');
    await frame.waitForFunction(`document.querySelector('.status').innerText === 'Cancelled.'`);
    await expect.poll(() => stopped?.aborted, { timeout: 20_000 }).toBe(true);
  });

  it('shows failures in their own words', async () => {
    host = await hosts.newHost();
    const frame = await host.open('remove_object', { image: photo('nothing.png'), phrase: 'cup' });
    expect(await textOf(frame, 'h1')).toBe('That did not work');
    expect(await textOf(frame, '.text')).toMatch(/nothing\.png/);
  });
});

describe('the viewer where edits wait for a yes', () => {
  it('asks, and calls again with what stands for this call', async () => {
    const server = viewerServer({ approve: 'edits' });
    const hosts = await testHosts(chromium(), () => server.makeServer());
    try {
      const host = await hosts.newHost();
      const frame = await host.open('adjust_image', brightening);
      expect(await textOf(frame, 'h1')).toBe('Waiting for your yes');
      expect(server.calls).toEqual([]);
      await frame.click('.button.main');
      await titled(frame, 'Adjusted');
      expect(await host.said('tools/call')).toMatchObject([
        { name: 'adjust_image', arguments: { operation: 'brighten', approval: expect.any(String) } },
      ]);
    } finally {
      await hosts.close();
      await server.close();
    }
  });
});
