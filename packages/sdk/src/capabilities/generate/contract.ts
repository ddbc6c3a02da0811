export interface GenerateRequest {
  readonly prompt: string;
  readonly negativePrompt?: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly seed: number;
  readonly steps?: number;
  readonly guidance?: number;
}
