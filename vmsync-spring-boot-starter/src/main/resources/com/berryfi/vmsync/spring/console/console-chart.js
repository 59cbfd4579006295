// Drift over time: stacked bars, told apart by pattern and by colour.

const MOST_CAUSES = 6;
const OTHERS = 'other rules';
const PATTERNS = [
  [['rect', { width: 8, height: 8 }]],
  [['path', { d: 'M-2 2 2 -2 M0 8 8 0 M6 10 10 6', 'stroke-width': 2 }]],
  [['circle', { cx: 2, cy: 2, r: 1.6 }], ['circle', { cx: 6, cy: 6, r: 1.6 }]],
  [['path', { d: 'M0 2 8 2 M0 6 8 6', 'stroke-width': 1.6 }]],
  [['path', { d: 'M-2 6 2 10 M0 0 8 8 M6 -2 10 2', 'stroke-width': 2 }], ['path', { d: 'M0 8 8 0', 'stroke-width': 1 }]],
  [['path', { d: 'M2 0 2 8', 'stroke-width': 2 }]],
];
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** The rules that spoke most, first; the last stands for all others if there are too many. */
function causes(points) {
  const totals = new Map();
  for (const point of points) {
    for (const [rule, number] of [...Object.entries(point.outOfStep), ...Object.entries(point.corrected)]) {
      totals.set(rule, (totals.get(rule) ?? 0) + number);
    }
  }
  const all = [...totals].sort(([a, more], [b, less]) => less - more || a.localeCompare(b)).map(([rule]) => rule);
  return all.length > MOST_CAUSES ? [...all.slice(0, MOST_CAUSES - 1), OTHERS] : all;
}

function pattern(cause, figure) {
  const id = `pattern-${figure}-${cause}`;
  return drawn('pattern', { id, class: `cause-${cause}`, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
    drawn('rect', { width: 8, height: 8, class: 'pattern-ground' }),
    PATTERNS[cause].map(([shape, attributes]) => drawn(shape, { ...attributes, class: 'pattern-ink' })));
}

function swatch(cause) {
  return drawn('svg', { width: 20, height: 14, 'aria-hidden': 'true' },
    drawn('defs', {}, pattern(cause, 'legend')),
    drawn('rect', { x: 1, y: 1, width: 18, height: 12, fill: `url(#pattern-legend-${cause})` }),
    drawn('rect', { x: 1, y: 1, width: 18, height: 12, class: `frame cause-${cause}` }));
}

/** Points in so many columns of equal time; each has the numbers of its worst point, or their sum. */
function columns(points, most, numbers, added) {
  const first = Date.parse(points[0].at);
  const span = Math.max(1, Date.parse(points.at(-1).at) - first);
  const made = Array.from({ length: Math.min(most, Math.max(points.length, 24)) }, () => undefined);
  for (const point of points) {
    const place = Math.min(made.length - 1, Math.floor(((Date.parse(point.at) - first) / span) * made.length));
    const here = numbers(point);
    const there = made[place];
    if (there === undefined) {
      made[place] = here;
    } else {
      made[place] = added ? here.map((number, i) => number + there[i]) : sum(here) > sum(there) ? here : there;
    }
  }
  return made;
}

/** A bar for each column, drawn as wide as its figure is. */
function chart(figure, points, order, field, added) {
  const width = Math.max(240, figure.clientWidth);
  const [height, left, top, bottom] = [190, 40, 10, 24];
  const numbers = (point) => order.map((cause) => cause === OTHERS
    ? sum(Object.entries(point[field]).filter(([rule]) => !order.includes(rule)).map(([, number]) => number))
    : point[field][cause] ?? 0);
  const bars = columns(points, Math.floor((width - left) / 9), numbers, added);
  const most = Math.max(1, ...bars.map((bar) => sum(bar ?? [])));
  const step = (width - left) / bars.length;
  const y = (number) => top + (height - top - bottom) * (1 - number / most);
  const parts = [];
  bars.forEach((bar, column) => {
    const x = left + column * step;
    if (bar === undefined) {
      return;
    }
    parts.push(drawn('line', { class: 'whole', x1: x, x2: x + step - 1, y1: y(0) + 1.5, y2: y(0) + 1.5 }));
    let below = 0;
    bar.forEach((number, cause) => {
      if (number > 0) {
        const box = { x: x + 0.5, y: y(below + number), width: Math.max(1, step - 2), height: y(below) - y(below + number) };
        parts.push(drawn('rect', { ...box, fill: `url(#pattern-${figure.id}-${cause})` }));
        parts.push(drawn('rect', { ...box, class: `frame cause-${cause}` }));
        below += number;
      }
    });
  });
  const scale = [...new Set([0, Math.round(most / 2), most])].flatMap((number) => [
    drawn('line', { class: 'axis', x1: left, x2: width, y1: y(number), y2: y(number) }),
    drawn('text', { x: left - 6, y: y(number) + 4, 'text-anchor': 'end' }, number.toLocaleString('en'))]);
  const ends = [drawn('text', { x: left, y: height - 6 }, absolute(points[0].at).slice(11, 16)),
    points.length > 1
      ? drawn('text', { x: width, y: height - 6, 'text-anchor': 'end' }, absolute(points.at(-1).at).slice(11, 16)) : ''];
  const label = `${figure.querySelector('figcaption').textContent}. Most at once: ${most}. The table below has the numbers.`;
  figure.querySelector('svg')?.remove();
  figure.append(drawn('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    drawn('defs', {}, order.map((cause, i) => pattern(i, figure.id))), scale, parts, ends));
}

function counted(numbers) {
  const all = Object.entries(numbers);
  return all.length === 0 ? faint('none') : lines(...all.map(([rule, number]) => `${number.toLocaleString('en')} ${rule}`));
}

function showDrift(points, now) {
  const order = causes(points);
  byId('drift-span').textContent = points.length === 0
    ? 'This process has ended no full sync yet.'
    : `${count(points.length, 'full sync', 'full syncs')} of this process, from ${absolute(points[0].at)} to ${absolute(points.at(-1).at)}.`
      + (points.length > 1 ? ' A bar that stands for several shows the worst of what differed, and all that was corrected.' : '');
  for (const figure of [byId('drift-out'), byId('drift-done')]) {
    figure.querySelector('svg')?.remove();
    if (points.length > 0) {
      const corrected = figure.id === 'drift-done';
      chart(figure, points, order, corrected ? 'corrected' : 'outOfStep', corrected);
    }
  }
  replaced(byId('legend'), order.map((cause, i) => element('li', {}, swatch(i), cause === OTHERS ? cause : named(cause))));
  rows(byId('drift-table'), points.toReversed().map((point) => [
    when(point.at, now), point.checked.toLocaleString('en'), counted(point.outOfStep), counted(point.corrected)]),
  'Nothing yet.');
}
