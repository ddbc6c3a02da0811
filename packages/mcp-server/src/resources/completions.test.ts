import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from './__fixtures__/hosts.ts';
import { otherwise, realWorkshops, workshopWithAnEdit } from './__fixtures__/real-workshop.ts';
import { completions } from './completions.ts';

const workshops = realWorkshops();
let made: Awaited<ReturnType<typeof workshopWithAnEdit>>;
beforeAll(async () => {
  made = await workshopWithAnEdit(workshops);
});
afterAll(() => workshops.close());

const never = new Promise<never>(() => {});

describe('completions', () => {
  it('offers image ids by what was typed, the newest first', async () => {
    const { images } = completions(made.workshop);
    expect(await images('')).toEqual([made.edited, made.image]);
    expect(await images(made.image.slice(0, 12))).toEqual([made.image]);
    expect(await images('mask_')).toEqual([]);
  });

  it('offers masks of recent edits, sessions and jobs', async () => {
    const { masks, sessions, jobs } = completions(made.workshop);
    expect(await masks('mask_')).toEqual([made.mask]);
    expect(await sessions('kit')).toEqual(['kitchen']);
    expect(await sessions('bath')).toEqual([]);
    const { id } = await made.workshop.jobs.start({ prompt: 'make the picture brighter', image: made.image });
    await made.workshop.jobs.follow(id);
    expect(await jobs(id.slice(0, 3))).toContain(id);
  });

  it('never offers more than 100, whatever the workshop gives', async () => {
    const many = otherwise(made.workshop, {
      recentSessions: async () => Array.from({ length: 5000 }, (_, index) => `session-${index}`),
    });
    expect(await completions(many).sessions('session-')).toHaveLength(100);
  });

  it('offers nothing, and no error, where the workshop fails, is late, or the text is no id', async () => {
    const failing = otherwise(made.workshop, { recentPictures: () => Promise.reject(new Error('away')) });
    expect(await completions(failing).images('img_')).toEqual([]);
    const late = otherwise(made.workshop, { recentPictures: () => never });
    expect(await completions(late, { patienceMs: 20 }).images('img_')).toEqual([]);
    expect(await completions(late).images('x'.repeat(100_000))).toEqual([]);
  });

  it('reaches hosts, for templates and for prompts', async () => {
    const client = await connect({ workshop: made.workshop }, 'modern');
    const value = made.image.slice(0, 20);
    for (const argument of ['atelier://images/{id}', 'atelier://images/{id}/preview']) {
      const { completion } = await client.complete({
        ref: { type: 'ref/resource', uri: argument },
        argument: { name: 'id', value },
      });
      expect(completion).toMatchObject({ values: [made.image], hasMore: false });
    }
    const ofPrompt = async (name: string, value: string) => {
      const ref = { type: 'ref/prompt', name: 'edit-photo' } as const;
      return (await client.complete({ ref, argument: { name, value } })).completion.values;
    };
    expect(await ofPrompt('photo', value)).toEqual([made.image]);
    expect(await ofPrompt('language', '')).toEqual(['en', 'ko']);
    expect(await ofPrompt('language', 'k')).toEqual(['ko']);
    await client.close();
  });
});
