import { setTimeout as delay } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk';

/** As a client would: while the server says "not now", it asks again. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!AtelierError.isInstance(error) || error.code !== 'server-unavailable') throw error;
      await delay(100);
    }
  }
}
