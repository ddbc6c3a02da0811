/** Neighbour directions in pairs: flipping the lowest bit turns one round. */
const stepsAcross = [1, -1, 0, 0, 1, -1, -1, 1] as const;
const stepsDown = [0, 0, 1, -1, 1, -1, 1, -1] as const;
/** In place of a direction to the parent. */
const atTerminal = 8;
const orphaned = 9;
const none = 10;
const free = 0;
const fromSource = 1;
const fromSink = 2;

/** What cutting costs, on a grid of cells whose eight neighbours are linked. */
export interface CutCosts {
  readonly width: number;
  readonly height: number;
  /** By cell: what it costs to leave it out (positive) or to take it in (negative). Whole numbers. */
  readonly cells: Int32Array;
  /** By direction (right, down, right and down, left and down), by cell: what it costs to part it from that neighbour. */
  readonly links: readonly [Int32Array, Int32Array, Int32Array, Int32Array];
}

/**
 * The cheapest cut of the grid, 1 for the cells taken in: maximum flow by two search trees that are kept from path to
 * path (Boykov, Kolmogorov 2004). Exact, and the same for equal costs.
 */
export function minimumCut(costs: CutCosts): Uint8Array {
  return new Flow(costs).run();
}

class Flow {
  readonly #costs: CutCosts;
  /** The grid with a rim of unlinked cells, so that no neighbour is ever outside of it. */
  readonly #width: number;
  readonly #size: number;
  readonly #steps: Int32Array;
  /** What still fits through, from a cell in a direction: at `direction * size + cell`. */
  readonly #rest: Int32Array;
  readonly #terminal: Int32Array;
  readonly #tree: Uint8Array;
  readonly #parent: Uint8Array;
  readonly #stamp: Int32Array;
  readonly #distance: Int32Array;
  readonly #queue: Int32Array;
  readonly #queued: Uint8Array;
  #head = 0;
  #waiting = 0;
  readonly #orphans: number[] = [];
  #time = 0;

  constructor(costs: CutCosts) {
    this.#costs = costs;
    this.#width = costs.width + 2;
    const size = this.#width * (costs.height + 2);
    this.#size = size;
    this.#steps = Int32Array.from(
      stepsAcross,
      (across, direction) => across + (stepsDown[direction] ?? 0) * this.#width,
    );
    this.#rest = new Int32Array(8 * size);
    this.#terminal = new Int32Array(size);
    this.#tree = new Uint8Array(size);
    this.#parent = new Uint8Array(size).fill(none);
    this.#stamp = new Int32Array(size);
    this.#distance = new Int32Array(size);
    this.#queue = new Int32Array(size);
    this.#queued = new Uint8Array(size);
    this.#load();
  }

  run(): Uint8Array {
    while (this.#waiting > 0) {
      const cell = this.#queue[this.#head] ?? 0;
      const direction = this.#tree[cell] === free ? none : this.#grow(cell);
      if (direction === none) {
        this.#head = (this.#head + 1) % this.#size;
        this.#waiting--;
        this.#queued[cell] = 0;
        continue;
      }
      this.#time++;
      const neighbour = cell + (this.#steps[direction] ?? 0);
      if (this.#tree[cell] === fromSource) this.#augment(cell, direction, neighbour);
      else this.#augment(neighbour, direction ^ 1, cell);
      while (this.#orphans.length > 0) this.#adopt(this.#orphans.pop() ?? 0);
    }
    const { width, height } = this.#costs;
    return Uint8Array.from({ length: width * height }, (_, cell) =>
      this.#tree[this.#padded(cell)] === fromSource ? 1 : 0,
    );
  }

  #padded(cell: number): number {
    const { width } = this.#costs;
    return (Math.floor(cell / width) + 1) * this.#width + (cell % width) + 1;
  }

  #load(): void {
    const { width, height, cells, links } = this.#costs;
    for (let y = 0, cell = 0; y < height; y++) {
      for (let x = 0; x < width; x++, cell++) {
        const place = (y + 1) * this.#width + x + 1;
        for (let pair = 0; pair < 4; pair++) {
          const across = x + (stepsAcross[pair * 2] ?? 0);
          if (across < 0 || across >= width || y + (stepsDown[pair * 2] ?? 0) >= height) continue;
          const cost = links[pair]?.[cell] ?? 0;
          this.#rest[pair * 2 * this.#size + place] = cost;
          this.#rest[(pair * 2 + 1) * this.#size + place + (this.#steps[pair * 2] ?? 0)] = cost;
        }
        const terminal = cells[cell] ?? 0;
        if (terminal === 0) continue;
        this.#terminal[place] = terminal;
        this.#tree[place] = terminal > 0 ? fromSource : fromSink;
        this.#parent[place] = atTerminal;
        this.#distance[place] = 1;
        this.#wake(place);
      }
    }
  }

  #wake(cell: number): void {
    if (this.#queued[cell]) return;
    this.#queued[cell] = 1;
    this.#queue[(this.#head + this.#waiting++) % this.#size] = cell;
  }

  /** Extends a tree from a cell; answers with the direction in which it met the other tree. */
  #grow(cell: number): number {
    const own = this.#tree[cell] ?? free;
    for (let direction = 0; direction < 8; direction++) {
      const neighbour = cell + (this.#steps[direction] ?? 0);
      if (this.#room(own, cell, neighbour, direction) <= 0) continue;
      const theirs = this.#tree[neighbour];
      if (theirs === free) {
        this.#tree[neighbour] = own;
        this.#parent[neighbour] = direction ^ 1;
        this.#stamp[neighbour] = this.#stamp[cell] ?? 0;
        this.#distance[neighbour] = (this.#distance[cell] ?? 0) + 1;
        this.#wake(neighbour);
      } else if (theirs !== own) {
        return direction;
      } else if (
        (this.#stamp[neighbour] ?? 0) <= (this.#stamp[cell] ?? 0) &&
        (this.#distance[neighbour] ?? 0) > (this.#distance[cell] ?? 0)
      ) {
        this.#parent[neighbour] = direction ^ 1;
        this.#stamp[neighbour] = this.#stamp[cell] ?? 0;
        this.#distance[neighbour] = (this.#distance[cell] ?? 0) + 1;
      }
    }
    return none;
  }

  /** What still fits between a cell and its neighbour, in the direction in which its tree's flow runs. */
  #room(tree: number, cell: number, neighbour: number, direction: number): number {
    const index = tree === fromSource ? direction * this.#size + cell : (direction ^ 1) * this.#size + neighbour;
    return this.#rest[index] ?? 0;
  }

  #augment(sourceSide: number, direction: number, sinkSide: number): void {
    const rest = this.#rest;
    const size = this.#size;
    let amount = rest[direction * size + sourceSide] ?? 0;
    amount = this.#narrowest(sourceSide, amount);
    amount = this.#narrowest(sinkSide, amount);
    rest[direction * size + sourceSide] -= amount;
    rest[(direction ^ 1) * size + sinkSide] += amount;
    this.#push(sourceSide, amount);
    this.#push(sinkSide, amount);
  }

  #narrowest(start: number, limit: number): number {
    const tree = this.#tree[start];
    let amount = limit;
    let cell = start;
    for (;;) {
      const direction = this.#parent[cell] ?? none;
      if (direction >= atTerminal) return Math.min(amount, Math.abs(this.#terminal[cell] ?? 0));
      const parent = cell + (this.#steps[direction] ?? 0);
      const index = tree === fromSource ? (direction ^ 1) * this.#size + parent : direction * this.#size + cell;
      amount = Math.min(amount, this.#rest[index] ?? 0);
      cell = parent;
    }
  }

  #push(start: number, amount: number): void {
    const rest = this.#rest;
    const size = this.#size;
    const source = this.#tree[start] === fromSource;
    let cell = start;
    for (;;) {
      const direction = this.#parent[cell] ?? none;
      if (direction >= atTerminal) break;
      const parent = cell + (this.#steps[direction] ?? 0);
      const down = (direction ^ 1) * size + parent;
      const up = direction * size + cell;
      rest[source ? down : up] -= amount;
      rest[source ? up : down] += amount;
      if (rest[source ? down : up] === 0) this.#orphan(cell);
      cell = parent;
    }
    this.#terminal[cell] += source ? -amount : amount;
    if (this.#terminal[cell] === 0) this.#orphan(cell);
  }

  #orphan(cell: number): void {
    this.#parent[cell] = orphaned;
    this.#orphans.push(cell);
  }

  #adopt(cell: number): void {
    const own = this.#tree[cell] ?? free;
    let best = none;
    let least = Number.POSITIVE_INFINITY;
    for (let direction = 0; direction < 8; direction++) {
      const neighbour = cell + (this.#steps[direction] ?? 0);
      // The parent's flow runs towards this cell, or from it on the sink's side.
      if (this.#tree[neighbour] !== own || this.#room(own, neighbour, cell, direction ^ 1) <= 0) continue;
      const distance = this.#distanceToTerminal(neighbour);
      if (distance < least) {
        least = distance;
        best = direction;
      }
    }
    if (best !== none) {
      this.#parent[cell] = best;
      this.#stamp[cell] = this.#time;
      this.#distance[cell] = least + 1;
      return;
    }
    for (let direction = 0; direction < 8; direction++) {
      const neighbour = cell + (this.#steps[direction] ?? 0);
      if (this.#tree[neighbour] !== own) continue;
      if (this.#room(own, neighbour, cell, direction ^ 1) > 0) this.#wake(neighbour);
      if (this.#parent[neighbour] === (direction ^ 1)) this.#orphan(neighbour);
    }
    this.#tree[cell] = free;
    this.#parent[cell] = none;
  }

  /** Steps from a cell to its tree's root; infinite where it hangs on an orphan. Marks the way for later calls. */
  #distanceToTerminal(start: number): number {
    let steps = 0;
    let cell = start;
    while (this.#stamp[cell] !== this.#time) {
      const direction = this.#parent[cell] ?? none;
      if (direction > atTerminal) return Number.POSITIVE_INFINITY;
      steps++;
      if (direction === atTerminal) {
        this.#stamp[cell] = this.#time;
        this.#distance[cell] = 1;
        steps--;
        break;
      }
      cell += this.#steps[direction] ?? 0;
    }
    const total = steps + (this.#distance[cell] ?? 0);
    let distance = total;
    for (let at = start; at !== cell && this.#stamp[at] !== this.#time; distance--) {
      this.#stamp[at] = this.#time;
      this.#distance[at] = distance;
      at += this.#steps[this.#parent[at] ?? 0] ?? 0;
    }
    return total;
  }
}
