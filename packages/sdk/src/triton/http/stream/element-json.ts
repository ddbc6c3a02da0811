import type { Tensor } from '../../wire/index.ts';

/** Why a tensor has no JSON form: to be read after "The input X ...". */
export class NoJsonForm extends Error {
  override readonly name = 'NoJsonForm';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** All elements as a flat JSON list. Throws `NoJsonForm`. */
export function elementsJson(tensor: Tensor, binary: 'base64' | 'refuse'): string {
  return `[${elementTexts(tensor, binary).join(',')}]`;
}

function elementTexts(tensor: Tensor, binary: 'base64' | 'refuse'): string[] {
  switch (tensor.datatype) {
    case 'BYTES':
      return tensor.data.map((element) => JSON.stringify(textOf(element, binary)));
    case 'BOOL':
      return Array.from(tensor.data, (element) => (element === 0 ? 'false' : 'true'));
    // Their digits, whatever their size: Triton reads 64 bits exactly.
    case 'INT64':
    case 'UINT64':
      return Array.from(tensor.data, String);
    case 'FP16':
    case 'BF16':
      throw new NoJsonForm(`is ${tensor.datatype}, which the server does not take as JSON`);
    default:
      return Array.from(tensor.data, numberText);
  }
}

// NaN and the infinities are no JSON, but Triton reads and writes them as these very words.
const numberText = (element: number): string => (Object.is(element, -0) ? '-0.0' : String(element));

function textOf(element: Uint8Array, binary: 'base64' | 'refuse'): string {
  try {
    return utf8.decode(element);
  } catch {
    if (binary === 'base64')
      return Buffer.from(element.buffer, element.byteOffset, element.byteLength).toString('base64');
    throw new NoJsonForm('holds bytes that are not UTF-8, which JSON cannot carry');
  }
}
