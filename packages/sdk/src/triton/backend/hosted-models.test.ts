import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccessDeniedError, ServerUnreachableError } from '../errors.ts';
import type { RepositoryEntry } from '../server-documents.ts';
import { HostedModels } from './hosted-models.ts';

const entry = (name: string, state = 'READY', reason = ''): RepositoryEntry => ({ name, version: '1', state, reason });

describe('what is known of the models', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('is nothing at first, so that routing does not wait', () => {
    const read = vi.fn(async () => []);
    expect(new HostedModels(read).missing('sd3')).toBeUndefined();
    expect(read).not.toHaveBeenCalled();
  });

  it('is what the server lists, asked for once', async () => {
    const read = vi.fn(async () => [entry('vqa'), entry('sam', 'UNAVAILABLE', 'unloaded'), entry('owlv2', '')]);
    const models = new HostedModels(read);
    await Promise.all([models.learn(), models.learn()]);
    await models.learn();
    expect(read).toHaveBeenCalledTimes(1);
    expect(models.missing('vqa')).toBeUndefined();
    expect(models.missing('sd3')).toBe('the server does not have it');
    expect(models.missing('sam')).toBe('it is not loaded (UNAVAILABLE: unloaded)');
    expect(models.missing('owlv2')).toBe('it is not loaded');
  });

  it('counts a model as there when one of its versions is', async () => {
    const models = new HostedModels(async () => [entry('sd3', 'UNAVAILABLE'), { ...entry('sd3'), version: '2' }]);
    await models.learn();
    expect(models.missing('sd3')).toBeUndefined();
  });

  it('is brought up to date after half a minute, for the next time', async () => {
    let listed = [entry('vqa')];
    const read = vi.fn(async () => listed);
    const models = new HostedModels(read);
    await models.learn();
    listed = [entry('vqa'), entry('sd3')];
    expect(models.missing('sd3')).toBeDefined();
    expect(read).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(31_000);
    expect(models.missing('vqa')).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(1);
    expect(models.missing('sd3')).toBeDefined();
    await vi.waitFor(() => expect(models.missing('sd3')).toBeUndefined());
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('stays nothing while the server is out of reach, which is asked again', async () => {
    const read = vi.fn(async (): Promise<RepositoryEntry[]> => {
      throw new ServerUnreachableError({ message: 'refused' });
    });
    const models = new HostedModels(read);
    await models.learn();
    await models.learn();
    expect(read).toHaveBeenCalledTimes(2);
    expect(models.missing('sd3')).toBeUndefined();
    await expect(models.refresh()).rejects.toMatchObject({ code: 'server-unreachable' });
  });

  it('is what calls find out where the server keeps its list to itself', async () => {
    const read = vi.fn(async (): Promise<RepositoryEntry[]> => {
      throw new AccessDeniedError({ message: 'no' });
    });
    const models = new HostedModels(read);
    await models.learn();
    await models.learn();
    expect(read).toHaveBeenCalledTimes(1);
    await models.lost('sd3');
    expect(models.missing('sd3')).toMatch(/not there when it was called/);
    expect(models.missing('vqa')).toBeUndefined();
    vi.advanceTimersByTime(31_000);
    models.missing('sd3');
    await vi.waitFor(() => expect(models.missing('sd3')).toBeUndefined());
  });
});
