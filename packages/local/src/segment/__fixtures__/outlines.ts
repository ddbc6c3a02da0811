/** Outlines drawn by eye on the sample photographs: corners as x, y in pixels. */

/** The cup of coffee.png with its handle, without the spoon in front of it. */
export const cupOutline: readonly (readonly [number, number])[] = [
  [285, 18],
  [320, 22],
  [350, 32],
  [375, 48],
  [392, 68],
  [402, 90],
  [408, 115],
  [408, 140],
  [402, 160],
  [394, 185],
  [386, 205],
  [376, 222],
  [360, 240],
  [345, 248],
  [330, 262],
  [320, 276],
  [300, 283],
  [280, 285],
  [258, 282],
  [250, 290],
  [236, 299],
  [228, 306],
  [220, 308],
  [205, 303],
  [196, 292],
  [196, 278],
  [200, 262],
  [210, 244],
  [218, 236],
  [205, 224],
  [193, 208],
  [183, 190],
  [176, 165],
  [173, 140],
  [172, 112],
  [175, 92],
  [185, 68],
  [200, 49],
  [220, 34],
  [245, 23],
  [265, 19],
];

/** The pixels whose middle lies inside the outline (even-odd rule), 1 or 0. */
export function fillOutline(
  corners: readonly (readonly [number, number])[],
  width: number,
  height: number,
): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const x = (pixel % width) + 0.5;
    const y = Math.floor(pixel / width) + 0.5;
    let inside = false;
    corners.forEach(([x1, y1], index) => {
      const [x2, y2] = corners[(index + 1) % corners.length] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    });
    return inside ? 1 : 0;
  });
}
