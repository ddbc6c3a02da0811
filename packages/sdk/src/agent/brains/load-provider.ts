import { AtelierError } from '../../errors/atelier-error.ts';

/** Imports a provider's package, which is there only where somebody wants that provider. Throws `invalid-input` where it is not. */
export async function loadProvider<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new AtelierError({
      code: 'invalid-input',
      message: `This brain needs the package ${name}, which is not installed.`,
      hint: `Install it: npm install ${name}`,
      cause,
      details: { package: name },
    });
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));
