import type { AtelierHono } from '../http/route-context.ts';
import { imageInfo } from '../images/image-info.ts';
import { maskInfo } from './masks.ts';
import {
  adjustRequest,
  askRequest,
  detectRequest,
  inpaintRequest,
  removeRequest,
  segmentRequest,
} from './request-schemas.ts';
import { editMasks, editView, madeImage, readCall, work } from './vision-call.ts';
import {
  postAdjust,
  postAsk,
  postDetect,
  postGenerate,
  postInpaint,
  postRemove,
  postSegment,
} from './vision-routes.ts';

/** POST /vision/{detect,segment,ask,remove,inpaint,generate,adjust}: capabilities without an agent. */
export function registerVisionRoutes(app: AtelierHono): void {
  registerLooks(app);
  registerEdits(app);
  app.openapi(postGenerate, async (c) => {
    const input = c.req.valid('json');
    const image = await work(c, (vision, signal) => vision.generate({ ...input, signal }));
    return c.json({ image: await madeImage(c, image.id) }, 200);
  });
}

function registerLooks(app: AtelierHono): void {
  app.openapi(postDetect, async (c) => {
    const { image, input } = await readCall(c, detectRequest);
    const { phrases, threshold } = input;
    const detections = await work(c, (vision, signal) => vision.detect(image.id, { phrases, threshold, signal }));
    return c.json({ image: imageInfo(c, image), detections }, 200);
  });
  app.openapi(postSegment, async (c) => {
    const { image, input } = await readCall(c, segmentRequest);
    const { image: _reference, ...target } = input;
    const mask = await work(c, (vision, signal) => vision.segment(image.id, { ...target, signal }));
    return c.json({ image: imageInfo(c, image), mask: maskInfo(c, mask) }, 200);
  });
  app.openapi(postAsk, async (c) => {
    const { image, input } = await readCall(c, askRequest);
    const { question, language } = input;
    const answer = await work(c, (vision, signal) => vision.ask(image.id, { question, language, signal }));
    const { confidence = null, backend, model } = answer;
    return c.json({ image: imageInfo(c, image), answer: answer.answer, confidence, backend, model }, 200);
  });
}

function registerEdits(app: AtelierHono): void {
  app.openapi(postRemove, async (c) => {
    const call = await readCall(c, removeRequest);
    const { image: _reference, ...options } = call.input;
    const masks = await editMasks(c, call);
    const edit = await work(c, (vision, signal) => vision.remove(call.image.id, { ...options, ...masks, signal }));
    return c.json(await editView(c, call.image, edit), 200);
  });
  app.openapi(postInpaint, async (c) => {
    const call = await readCall(c, inpaintRequest);
    const { image: _reference, ...options } = call.input;
    const masks = await editMasks(c, call);
    const edit = await work(c, (vision, signal) => vision.inpaint(call.image.id, { ...options, ...masks, signal }));
    return c.json(await editView(c, call.image, edit), 200);
  });
  app.openapi(postAdjust, async (c) => {
    const call = await readCall(c, adjustRequest);
    const { image: _reference, ...options } = call.input;
    const masks = await editMasks(c, call);
    const { phrase, box, points } = options;
    const named = phrase !== undefined || box !== undefined || points !== undefined || masks.mask !== undefined;
    const target = named ? {} : { phrase: 'the subject' };
    const edit = await work(c, (vision, signal) =>
      vision.adjust(call.image.id, { ...options, ...masks, ...target, signal }),
    );
    return c.json(await editView(c, call.image, edit), 200);
  });
}
