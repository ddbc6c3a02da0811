import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import type { Principal, Workshops } from '../workshop/workshop.ts';
import { watchChanges } from './watch-changes.ts';

/** Changes over HTTP: who listens hears of the pictures, sessions and jobs of its own tenant alone. */
export interface TenantEvents {
  /** For `createMcpHandler(factory, { bus })`. What is published on it (`handler.notify`) goes to everybody. */
  readonly bus: ServerEventBus;
  /** Serves a request for a caller: `within(principal, () => handler.fetch(request))`. */
  within<Result>(principal: Principal, serve: () => Result): Result;
  close(): void;
}

type Listener = (event: ServerEvent) => void;

interface Tenant {
  readonly listeners: Set<Listener>;
  readonly stop: () => void;
}

/** A tenant's workshop is watched only while somebody listens. `everyMs` as in `watchChanges`. */
export function tenantEvents(
  workshops: Pick<Workshops, 'of'>,
  options: { readonly everyMs?: number } = {},
): TenantEvents {
  const callers = new AsyncLocalStorage<Principal>();
  const tenants = new Map<string, Tenant>();
  const everybody = new Set<Listener>();

  const open = (key: string, principal: Principal): Tenant => {
    const listeners = new Set<Listener>();
    const tell = (event: ServerEvent): void => {
      for (const listener of [...listeners]) listener(event);
    };
    const stop = watchChanges({
      ...options,
      workshop: workshops.of(principal),
      publish: {
        resourceUpdated: (uri) => tell({ kind: 'resource_updated', uri }),
        resourcesChanged: () => tell({ kind: 'resources_list_changed' }),
      },
    });
    const tenant = { listeners, stop };
    tenants.set(key, tenant);
    return tenant;
  };

  const join = (principal: Principal, listener: Listener): (() => void) => {
    const key = JSON.stringify([principal.scope, principal.key ?? null]);
    const tenant = tenants.get(key) ?? open(key, principal);
    tenant.listeners.add(listener);
    return () => {
      tenant.listeners.delete(listener);
      if (tenant.listeners.size > 0 || tenants.get(key) !== tenant) return;
      tenants.delete(key);
      tenant.stop();
    };
  };

  return {
    bus: {
      publish(event) {
        for (const listener of [...everybody]) listener(event);
      },
      subscribe(listener) {
        // The handler opens a stream within the request that asked for it.
        const principal = callers.getStore();
        const leave = principal === undefined ? () => {} : join(principal, listener);
        everybody.add(listener);
        return () => {
          everybody.delete(listener);
          leave();
        };
      },
    },
    within: (principal, serve) => callers.run(principal, serve),
    close() {
      for (const { stop } of tenants.values()) stop();
      tenants.clear();
      everybody.clear();
    },
  };
}
