import type { Shown, ShownWork } from '../result/shown.ts';
import { choiceView } from './choice-view.ts';
import { cutOutView } from './cut-out-view.ts';
import { detectionsView } from './detections-view.ts';
import { editsView } from './edits-view.ts';
import { approvalView, textView, undoView } from './plain-views.ts';
import type { View, ViewContext } from './view.ts';

/** The view of what a result shows. */
export function makeView(shown: Exclude<Shown, ShownWork>, context: ViewContext): Promise<View> {
  switch (shown.kind) {
    case 'choice':
      return choiceView(shown, context);
    case 'approval':
      return approvalView(shown, context);
    case 'edits':
      return editsView(shown, context);
    case 'cut-out':
      return cutOutView(shown, context);
    case 'detections':
      return detectionsView(shown.things, context);
    case 'undone':
      return undoView(shown, context);
    case 'text':
      return textView(shown.text, shown.isError, context);
  }
}
