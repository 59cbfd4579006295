// Elements, times and tables. What comes from the server reaches the page as text, never as markup.

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; a child that is text stays text, one that is nothing is left out. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ''));
  return made;
}

function button(text, key, act, attributes = {}) {
  const made = element('button', { type: 'button', 'data-key': key, ...attributes }, text);
  made.addEventListener('click', act);
  return made;
}

function badge(text, level = '') {
  return element('span', { class: `badge ${level}` }, text);
}

const faint = (...children) => element('span', { class: 'faint' }, ...children);
const listed = (texts) => (texts.length > 0 ? element('ul', {}, texts.map((text) => element('li', {}, text))) : '');
const lines = (...texts) => texts.filter(Boolean).map((text) => element('div', {}, text));

/** Puts children in the place of what was there; who had the focus keeps it, by data-key, wherever that is now. */
function replaced(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : undefined;
  parent.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== ''));
  if (focused && !parent.contains(focused)) {
    const again = [...parent.querySelectorAll('[data-key]')].find((other) => other.dataset.key === focused.dataset.key);
    (again ?? parent.closest('section, dialog')?.querySelector('h2'))?.focus({ preventScroll: true });
  }
}

/** Fills a table's body; a cell is text or an element, or a list of them, and knows its column's heading. */
function rows(table, all, empty) {
  const headings = [...table.tHead.rows[0].cells];
  const made = all.map((cells) =>
    element('tr', { role: 'row' }, cells.map((cell, column) => {
      const heading = headings[column];
      const shape = { 'data-label': heading.textContent, class: heading.className || false, hidden: heading.hidden };
      return column === 0
        ? element('th', { ...shape, scope: 'row', role: 'rowheader' }, element('div', {}, cell))
        : element('td', { ...shape, role: 'cell' }, element('div', {}, cell));
    })));
  const shown = headings.filter((heading) => !heading.hidden).length;
  const none = element('tr', { role: 'row' }, element('td', { colspan: shown, class: 'empty', role: 'cell' }, empty));
  replaced(table.tBodies[0], made.length > 0 ? made : none);
}

/** A narrow page shows rows as cards, which must not cost a screen reader the table. */
function tablesStayTables() {
  const roles = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', 'thead tr': 'row', 'thead th': 'columnheader' };
  for (const [selector, role] of Object.entries(roles)) {
    document.querySelectorAll(selector).forEach((part) => part.setAttribute('role', role));
  }
}

function sessionLink(id, where) {
  return id === undefined
    ? faint('none')
    : element('a', { href: `#session=${encodeURIComponent(id)}`, 'data-key': `${where} session ${id}`, class: 'id' }, id);
}

const named = (id) => element('span', { class: 'id' }, id);

// Times: those of the server, in UTC, and told from its now.

function absolute(instant) {
  const text = new Date(instant).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
}

function lasting(seconds) {
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) {
    return '0 s';
  }
  const [unit, size] = units[first];
  const whole = `${Math.floor(seconds / size)} ${unit}`;
  const next = units[first + 1];
  const rest = next ? Math.floor((seconds % size) / next[1]) : 0;
  return rest > 0 && unit !== 'min' ? `${whole} ${rest} ${next[0]}` : whole;
}

function relative(instant, now) {
  const seconds = Math.round((Date.parse(instant) - Date.parse(now)) / 1000);
  if (seconds === 0) {
    return 'now';
  }
  return seconds > 0 ? `in ${lasting(seconds)}` : `${lasting(-seconds)} ago`;
}

/** Both: how far it is from the server's now, and when it is. */
function when(instant, now) {
  return instant === undefined
    ? faint('not known')
    : element('time', { datetime: instant }, relative(instant, now), ' ', faint(absolute(instant)));
}

const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** A constant's name as words: its dashes are spaces. */
const words = (tag) => tag.replaceAll('-', ' ');
