/** Of packages that carry much for browsers and builders: what runs in Node, and the models that `@atelier/local` reads. The bundle's test runs them. */
const keptAlone: Readonly<Record<string, readonly RegExp[]>> = {
  '@tensorflow/tfjs-core': [/^dist\/tf-core\.node\.js$/],
  '@tensorflow/tfjs-converter': [/^dist\/tf-converter\.node\.js$/],
  '@tensorflow/tfjs-backend-cpu': [/^dist\/tf-backend-cpu\.node\.js$/],
  '@tensorflow/tfjs-backend-wasm': [/^dist\/tf-backend-wasm\.node\.js$/, /^dist\/tfjs-backend-wasm(-simd)?\.wasm$/],
  '@vladmandic/human': [/^dist\/human\.node\.js$/, /^models\/(centernet|blazeface)\.(json|bin)$/],
  '@techstark/opencv-js': [/^dist\/opencv\.js$/],
};

const always = /^(package\.json|(LICEN[CS]E|COPYING|NOTICE)[^/]*)$/i;
/** Folders that nothing is imported from at run time; names that packages of ours use for code are not among them. */
const neverFolders =
  /^(\.[^/]*|docs?|tests?|__tests__|__fixtures__|examples?|benchmarks?|bench|coverage|types|node_modules)\//;
const neverFiles =
  /(\.d\.[cm]?ts|\.[cm]?ts|\.map|\.md|\.markdown|\.flow|\.tsbuildinfo|\.cc|\.h|\.gyp|\.gypi|\.proto\.txt|\.built|\.built-all)$/i;

/** Whether a file of a package is needed to run it. @param path from the package's folder, with slashes */
export function isKept(name: string, path: string): boolean {
  if (always.test(path)) return true;
  const alone = keptAlone[name];
  if (alone) return alone.some((pattern) => pattern.test(path));
  return !neverFolders.test(path) && !neverFiles.test(path);
}
