// @ts-check
/** Where notes stand in the margin: pure functions over numbers, all in pixels. */
var packing = (() => {
  "use strict";

  /**
   * A box in the margin: where its top wants to be, how high it is, how strongly it insists.
   * @typedef {{want: number, height: number, weight?: number}} Box
   * @typedef {{lines: number, height: number, top: number}} Place
   */

  const REACH = 6; // lines that a note may stand away from its passage before notes are folded
  const FOLDS = [20, 14, 10, 8, 7, 6, 5, 4, 3]; // lines that a folded note may show
  const WORTH = 1.5; // lines that folding has to save

  /**
   * The tops of `boxes`, in their order, `gap` apart and within 0 to `room` when they fit there,
   * with the least sum of weighted squared distances from where they want to be. Isotonic
   * regression by pooling adjacent violators (Ayer et al., 1955), linear in the number of boxes.
   * @param {Box[]} boxes
   * @param {number} gap
   * @param {number} [room]
   * @returns {number[]}
   */
  function pack(boxes, gap, room = Infinity) {
    /** @type {number[]} */
    const above = []; // how much the boxes above each one take
    /** @type {{mean: number, weight: number, count: number}[]} */
    const pools = [];
    let taken = 0;
    for (const { want, height, weight = 1 } of boxes) {
      let pool = { mean: want - taken, weight, count: 1 };
      above.push(taken);
      taken += height + gap;
      for (let last; (last = pools.at(-1)) && last.mean >= pool.mean; pools.pop()) {
        const sum = last.weight + pool.weight;
        const mean = (last.mean * last.weight + pool.mean * pool.weight) / sum;
        pool = { mean, weight: sum, count: last.count + pool.count };
      }
      pools.push(pool);
    }
    const most = Math.max(0, room - (taken - gap));
    const shifts = pools.flatMap(({ mean, count }) =>
      Array(count).fill(Math.round(Math.min(Math.max(mean, 0), most))));
    return shifts.map((shift, index) => shift + above[index]);
  }

  /**
   * The first box of each run of boxes that touch, and the end of the last run.
   * @param {number[]} tops
   * @param {number[]} heights
   * @param {number} gap
   * @returns {number[]}
   */
  function runs(tops, heights, gap) {
    const starts = tops.map((_, i) => i)
      .filter((i) => i === 0 || tops[i] - tops[i - 1] - heights[i - 1] > gap + 1);
    return [...starts, tops.length];
  }

  /**
   * How many lines of each box to show (0: all of them) and where it then stands. Boxes fold only
   * where they push each other more than REACH lines off, the longest first; a box with a weight
   * is being read and never folds.
   * @param {Box[]} boxes
   * @param {number} line the height of a line
   * @param {number} gap
   * @param {number} [room]
   * @returns {Place[]}
   */
  function arrange(boxes, line, gap, room) {
    /** @type {Place[]} */
    let places = boxes.map(({ height }) => ({ lines: 0, height, top: 0 }));
    for (let folded = true; folded;) {
      folded = false;
      const heights = places.map(({ height }) => height);
      const tops = pack(boxes.map((box, i) => ({ ...box, height: heights[i] })), gap, room);
      places = places.map((place, i) => ({ ...place, top: tops[i] }));
      const edges = runs(tops, heights, gap);
      for (const [run, start] of edges.slice(0, -1).entries()) {
        if (fold(boxes, places, line, start, edges[run + 1])) folded = true;
      }
    }
    return places;
  }

  /**
   * Folds the longest boxes of a run by one step when one of the run stands too far off.
   * @param {Box[]} boxes
   * @param {Place[]} places changed
   * @param {number} line
   * @param {number} start
   * @param {number} end
   * @returns {boolean} whether it did
   */
  function fold(boxes, places, line, start, end) {
    const run = places.slice(start, end);
    if (run.every(({ top }, i) => Math.abs(top - boxes[start + i].want) <= REACH * line)) return false;
    const free = run.filter((_, i) => !boxes[start + i].weight);
    const longest = Math.max(0, ...free.map(({ height }) => height));
    const lines = FOLDS.find((lower) => longest > (lower + WORTH) * line);
    if (!lines) return false;
    for (const place of free) {
      if (place.height > (lines + WORTH) * line) Object.assign(place, { lines, height: lines * line });
    }
    return true;
  }

  return { pack, arrange };
})();
