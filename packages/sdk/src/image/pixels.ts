/** Raw pixels: RGBA, 8 bits a channel, straight (not premultiplied) alpha, interleaved, row-major; `data.length === width * height * 4`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
