// Asks the endpoint beside this page, and only that: {base}/console is this page, {base} the status.

const BASE = location.origin + location.pathname.replace(/\/console\/?$/, '');
const EVERY_MILLIS = 10_000;
const DATABASE_EVERY_MILLIS = 60_000;
const PAGE = 100;

const views = {
  held: { from: 0, like: '', show: (page) => showHeld(page, heldOrders) },
  findings: { from: 0, like: '', show: (page) => showFindings(page, heldOrders) },
  bill: { from: 0, like: '', show: showBill },
};
let status;
let stopped = false;
let timer;
let databaseAt = -Infinity;
let audited;
let auditShown;

class Refused extends Error {}

/** The words of an answer that is no good, if it has any. */
async function complaint(response) {
  const known = {
    401: 'You are not signed in: load the page anew.',
    403: 'You may not do this: the server asks for a role that you do not have, or for a token against forged requests.',
    404: 'The server knows nothing of it.',
  };
  const body = await response.json().catch(() => ({}));
  const said = ['message', 'reason', 'error'].map((name) => body?.[name]).find((text) => typeof text === 'string' && text !== '');
  return [known[response.status] ?? `The server answers ${response.status}.`, said && `It says: ${said}`].filter(Boolean).join(' ');
}

async function ask(path, options = {}) {
  const response = await fetch(BASE + path, {
    cache: 'no-store', redirect: 'manual', credentials: 'same-origin',
    ...options, headers: { Accept: 'application/json', ...options.headers } });
  if (response.type === 'opaqueredirect') {
    throw new Refused('You are not signed in any more: load the page anew.');
  }
  if (!response.ok) {
    throw new Refused(await complaint(response));
  }
  return response.json();
}

function say(text) {
  byId('said').textContent = text;
}

function trouble(text) {
  const place = byId('trouble');
  if (place.textContent !== text) {
    place.textContent = text;
    place.hidden = text === '';
    say(text === '' ? 'The server answers again.' : text);
  }
}

const inWords = (error) => (error instanceof Refused ? error.message : `The server does not answer (${error.message}).`);

const entries = (name, page) => page[name === 'bill' ? 'bills' : name];

async function read(name) {
  const view = views[name];
  const { from, like } = view;
  const page = await ask(`/${name}?${new URLSearchParams({ from, ...(like && { like }) })}`);
  if (view.from !== from || view.like !== like) {
    return;
  }
  if (entries(name, page).length === 0 && from > 0) {
    view.from = 0;
    await read(name);
    return;
  }
  view.show({ ...page, like });
  pager(name, page);
}

function pager(name, page) {
  const shown = entries(name, page).length;
  const turn = (from) => async () => {
    views[name].from = Math.max(0, from);
    await attempt(() => read(name));
    say(byId(`${name}-pages`).textContent);
  };
  replaced(document.querySelector(`.pager[data-view="${name}"]`),
    button('Previous', `${name} previous`, turn(page.from - PAGE), { disabled: page.from === 0 }),
    element('span', { id: `${name}-pages` }, shown === 0
      ? `0 of ${page.count.toLocaleString('en')}`
      : `${(page.from + 1).toLocaleString('en')} to ${(page.from + shown).toLocaleString('en')} of ${page.count.toLocaleString('en')}`),
    button('Next', `${name} next`, turn(page.from + PAGE), { disabled: page.from + shown >= page.count }));
}

async function readStatus() {
  status = await ask('');
  document.querySelectorAll('.orders').forEach((part) => { part.hidden = !status.mayOrder; });
  showFleet(status);
  showScopes(status, scopeOrders);
  showOrders(status, orderOrders);
  replaced(byId('fleet-orders'), status.mayOrder ? fleetOrders() : []);
  showAlerts(status);
  showDrift(status.drift, status.asOf);
  showRecent(status);
}

/** Does what asks the server; if that fails, what the page shows stays, and is said to be old. */
async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    trouble(`${inWords(error)} What you see is ${status ? `as of ${absolute(status.asOf)}, and old.` : 'empty.'}`);
    return false;
  }
}

/** What is read from the database is asked for rarely, unless somebody presses the button. */
async function refresh(event) {
  clearTimeout(timer);
  const whole = event !== undefined || performance.now() - databaseAt > DATABASE_EVERY_MILLIS;
  const well = await attempt(async () => {
    await readStatus();
    await Promise.all([read('held'), read('findings'), ...(whole ? [read('bill'), readAudit()] : [])]);
    databaseAt = whole ? performance.now() : databaseAt;
  });
  if (well) {
    trouble('');
  }
  clearTimeout(timer);
  timer = setTimeout(tick, EVERY_MILLIS);
}

/** Not while nobody looks, nor while an order is being written. */
function tick() {
  clearTimeout(timer);
  if (stopped || document.hidden || byId('order').open) {
    timer = setTimeout(tick, EVERY_MILLIS);
  } else {
    refresh();
  }
}

/** Shows the session that the fragment names, anew only if something is new. */
async function readAudit() {
  const id = audited;
  if (id === undefined) {
    return;
  }
  const told = await ask(`/session/${encodeURIComponent(id)}`);
  const text = JSON.stringify(told);
  if (audited === id && auditShown !== text) {
    auditShown = text;
    showAudit(told);
    say(`The audit of session ${id} is shown.`);
  }
}

/** #session=id names a session; every other fragment is a section. */
function follow() {
  const named = /^#session=(.+)$/.exec(location.hash);
  if (named) {
    audited = decodeURIComponent(named[1]);
    byId('session-id').value = audited;
    byId('session').scrollIntoView();
    byId('session-title').focus({ preventScroll: true });
    auditShown = undefined;
    attempt(readAudit);
  }
}

async function preview() {
  const now = byId('preview-now');
  now.disabled = true;
  byId('preview-said').textContent = 'The cloud is read …';
  try {
    showPreview(await ask('/preview'));
    say(byId('preview-said').textContent);
  } catch (error) {
    byId('preview-said').textContent = inWords(error);
    say(inWords(error));
  } finally {
    now.disabled = false;
    now.focus({ preventScroll: true });
  }
}

function start() {
  tablesStayTables();
  byId('refresh').addEventListener('click', refresh);
  byId('pausing').addEventListener('click', () => {
    stopped = !stopped;
    byId('pausing').setAttribute('aria-pressed', stopped);
    byId('pausing').textContent = stopped ? 'Refreshing is stopped' : 'Stop refreshing';
    say(stopped ? 'The page stays as it is.' : 'The page refreshes every 10 seconds.');
  });
  document.querySelectorAll('.filter[data-view]').forEach((form) => form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { view } = form.dataset;
    Object.assign(views[view], { from: 0, like: form.querySelector('input').value.trim() });
    await attempt(() => read(view));
    say(byId(`${view}-pages`)?.textContent ?? '');
  }));
  byId('session-search').addEventListener('submit', (event) => {
    event.preventDefault();
    const hash = `#session=${encodeURIComponent(byId('session-id').value.trim())}`;
    if (location.hash === hash) {
      follow();
    } else {
      location.hash = hash;
    }
  });
  byId('preview-now').addEventListener('click', preview);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { tick(); } });
  window.addEventListener('hashchange', follow);
  window.addEventListener('resize', () => { if (status) { showDrift(status.drift, status.asOf); } });
  orderDialog();
  refresh().then(follow);
}

if (window.top === window.self) {
  start();
} else {
  document.body.replaceChildren('This page does not work inside a frame: open it by itself.');
}
