import type { Services } from '../services.ts';

/** One value for each running app, made when it is first asked for and gone with the app. */
export function perServices<Value>(create: (services: Services) => Value): (services: Services) => Value {
  const made = new WeakMap<Services, Value>();
  return (services) => {
    const known = made.get(services);
    if (known !== undefined) return known;
    const value = create(services);
    made.set(services, value);
    return value;
  };
}
