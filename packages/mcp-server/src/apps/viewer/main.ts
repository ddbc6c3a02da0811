import { Viewer } from './viewer.ts';

const root = document.getElementById('viewer');
if (root) void new Viewer(root).start();
