// The public API of @atelier/sdk/testing: for the tests of programs built on Atelier.
export { type LaunchedTriton, type LaunchOptions, launchTriton } from '../triton/launch/launch-triton.ts';
