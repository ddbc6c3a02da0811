/** Bytes kept under an id that is a hash of what they mean: putting the same id twice is harmless. */
export interface Asset {
  readonly bytes: Uint8Array;
  /** `image/png`, `image/jpeg`, ... for pictures; `application/json` for masks. */
  readonly mediaType: string;
}

/** Content-addressed storage. Every call takes a scope (a tenant); nothing is visible across scopes. */
export interface AssetStore {
  /**
   * Either the whole asset is there afterwards, or nothing. An id that is there already keeps what it has: equal ids mean
   * equal contents. Throws `invalid-input` for a media type that the store could not give back.
   */
  put(scope: string, id: string, asset: Asset): Promise<void>;
  get(scope: string, id: string): Promise<Asset | undefined>;
  has(scope: string, id: string): Promise<boolean>;
  delete(scope: string, id: string): Promise<void>;
}
