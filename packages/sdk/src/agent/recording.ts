import type { RunEvent } from './events.ts';
import type { QuestionAnswer, RunPort } from './run-port.ts';

/** Everything that came from outside during a run, as JSON: enough to run it again without brain, models or people. */
export interface Recording {
  readonly steps: Record<string, unknown>;
  readonly answers: Record<string, QuestionAnswer | null>;
  readonly times: number[];
  readonly ids: string[];
}

/** A port that runs as `port` does and notes what came from outside. */
export function recordingPort(port: RunPort): { readonly port: RunPort; readonly recording: Recording } {
  const recording: Recording = { steps: {}, answers: {}, times: [], ids: [] };
  return {
    recording,
    port: {
      async step(id, work) {
        const value = await port.step(id, work);
        // Through JSON, as an engine would store it: what does not survive must fail here, not after a crash.
        recording.steps[id] = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
        return value;
      },
      emit: (event) => port.emit(event),
      ...(port.retry ? { retry: port.retry.bind(port) } : {}),
      async ask(question, signal) {
        const answer = await port.ask(question, signal);
        recording.answers[question.id] = answer ?? null;
        return answer;
      },
      async now() {
        const time = await port.now();
        recording.times.push(time);
        return time;
      },
      async newId(prefix) {
        const id = await port.newId(prefix);
        recording.ids.push(id);
        return id;
      },
    },
  };
}

/** A port that replays a recording. A step that was not recorded is run, which is how a run goes on after a crash. */
export function replayPort(recording: Recording, fallback: RunPort, emit: (event: RunEvent) => void): RunPort {
  let time = 0;
  let id = 0;
  return {
    // What was recorded under an id has the type the step had when it was recorded.
    step: <Value>(name: string, work: () => Promise<Value>) =>
      name in recording.steps ? Promise.resolve(recording.steps[name] as Value) : fallback.step(name, work),
    emit,
    ...(fallback.retry ? { retry: fallback.retry.bind(fallback) } : {}),
    ask: async (question, signal) =>
      question.id in recording.answers ? (recording.answers[question.id] ?? undefined) : fallback.ask(question, signal),
    now: () => (time < recording.times.length ? recording.times[time++] : fallback.now()),
    newId: (prefix) => (id < recording.ids.length ? recording.ids[id++] : fallback.newId(prefix)),
  };
}
