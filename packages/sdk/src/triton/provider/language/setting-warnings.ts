import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';

/** What the vqa contract has no tensor for. */
const unsupportedSettings = ['topP', 'topK', 'presencePenalty', 'frequencyPenalty', 'stopSequences'] as const;

/** A warning for each setting that the model does not follow. */
export function settingWarnings(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const { responseFormat, tools = [], toolChoice, reasoning = 'provider-default', temperature } = options;
  const features: string[] = unsupportedSettings.filter((name) => {
    const value = options[name];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  if (tools.length > 0) features.push('tools');
  if (toolChoice && toolChoice.type !== 'auto' && toolChoice.type !== 'none') features.push('toolChoice');
  if (reasoning !== 'provider-default' && reasoning !== 'none') features.push('reasoning');
  const warnings = features.map((feature): SharedV4Warning => ({ type: 'unsupported', feature }));
  if (responseFormat?.type === 'json') {
    const details = 'The model is not held to JSON or to a schema. Ask for JSON in the prompt.';
    warnings.push({ type: 'unsupported', feature: 'responseFormat', details });
  }
  if (temperature !== undefined && temperature > hottest) {
    const details = `The temperature is ${hottest} at most; ${temperature} was lowered.`;
    warnings.push({ type: 'compatibility', feature: 'temperature', details });
  }
  return warnings;
}

/** The largest TEMPERATURE of the vqa contract. */
export const hottest = 2;
