import { requireScopes, type ScopeChallengeHandler } from '@modelcontextprotocol/server';

/** What a caller may be given the right to, as tokens name it. */
export const lookScope = 'atelier:look';
export const editScope = 'atelier:edit';

export interface Rights {
  readonly look: boolean;
  readonly edit: boolean;
}

/** Whoever may edit may look: nothing can be changed unseen. */
export const rightsOf = (scopes: ReadonlySet<string>): Rights => {
  const edit = scopes.has(editScope);
  return { look: edit || scopes.has(lookScope), edit };
};

export const scopesOf = ({ look, edit }: Rights): string[] => [
  ...(look || edit ? [lookScope] : []),
  ...(edit ? [editScope] : []),
];

/**
 * What `registerTool` takes as `scopeChallenge`: a caller without the right is answered 403 `insufficient_scope` before the tool
 * runs, and clients with OAuth ask their person for it. Lets everybody through where nobody is authenticated (stdio).
 */
export const scopeChallengeFor = (scope: 'look' | 'edit'): ScopeChallengeHandler =>
  // Clients ask for exactly what the challenge names: without the first, the new token could not look any more.
  scope === 'look' ? requireScopes(lookScope) : requireScopes(lookScope, editScope);
