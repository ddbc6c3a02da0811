export { seesPictures } from './sees-pictures.ts';
export { withToolImagesInUserMessages } from './tool-images.ts';
