import type { Document } from './document.ts';
import { serverOf } from './examples.ts';
import { type Html, html } from './html.ts';

const frames = `id: 3
event: progress
data: {"seq":3,"status":"progress","stage":"detect","progress":20,"message":"Looking for the cup...", ...}

id: 9
event: success
data: {"seq":9,"status":"success","progress":100,"output_image_url":"https://...", ...}`;

const problem = `{
  "error": {
    "code": "invalid-input",
    "message": "What was wrong.",
    "hint": "What to do about it.",
    "requestId": "names the request in the logs"
  }
}`;

/** From nothing to an edited picture, by command line. */
export function quickStart(document: Document): Html {
  const server = serverOf(document);
  const key = '-H "Authorization: Bearer $ATELIER_KEY"';
  return html`<section id="start">
<h2>Start here</h2>
<ol class="steps">
<li><p>Send a picture and say what is to be done. The answer comes at once, with the id of the job.</p>
<pre><code>curl ${key} \\
  -F image=@photo.jpg -F 'prompt=Remove the cup on the left' \\
  "${server}/agent/invoke"</code></pre></li>
<li><p>Watch it happen.</p>
<pre><code>curl -N ${key} "${server}/jobs/JOB_ID/events"</code></pre>
<pre class="answer"><code>${frames}</code></pre></li>
<li><p>Take the picture from <code>output_image_url</code>: it is signed, and needs no key.</p>
<pre><code>curl -o result.png "OUTPUT_IMAGE_URL"</code></pre></li>
</ol>
</section>
<section id="errors">
<h2>Errors</h2>
<p>All routes tell what went wrong in one form. Branch on <code>code</code>: codes are stable. Where trying again later helps
(429, 503), <code>Retry-After</code> says when. A request that is sent again with the same <code>Idempotency-Key</code> makes no second job.</p>
<pre class="answer"><code>${problem}</code></pre>
</section>`;
}
