/** Every picture and mask that JSON names, in order, each once. */
export const assetIdsIn = (json: string): string[] => [...new Set(json.match(/(?:img|mask)_[0-9a-f]{32}/g))].sort();
