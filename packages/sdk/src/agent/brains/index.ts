// The public API of @atelier/sdk/brains: named exports only.
export { brainForms } from './brain-name.ts';
export { type OpenBrainOptions, openBrain } from './open-brain.ts';
export { seesPictures } from './sees-pictures.ts';
export { withToolImagesInUserMessages } from './tool-images.ts';
