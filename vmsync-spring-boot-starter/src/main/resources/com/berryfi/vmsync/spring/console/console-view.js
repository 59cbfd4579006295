// What the server tells, in words and tables. Nothing here asks the server anything.

const WAITS_FOR = {
  maintenance: 'the VM is in maintenance',
  'host-error': 'the host has set the VM to ERROR',
  hold: 'an operator holds the VM',
  fence: 'the host has changed the rows, and its operation may still come true',
  provisioning: 'the cloud has not come to an end with the VM',
  'start-grace': 'a session that begins may take its time',
  confirmation: 'what was seen is to be confirmed',
  missing: 'a VM that is not found may be found again',
  'transition-under-way': 'the VM is on its way from one state to another',
  heartbeat: 'the VM has given a sign of life',
  quarantine: 'an orphan is reported before it is given back',
  brake: 'too many would end at once',
  freeze: 'this process does not trust what it knows of the scope',
};
const RELEASED_BY = {
  time: 'by time alone',
  'direct-read': 'by a direct read of the cloud',
  cloud: 'by the cloud, when it says something else',
  host: 'by the host',
  operator: 'by an operator',
};
const LEVELS = { critical: 'bad', warning: 'warn', info: '' };

const hours = (number) => `${number.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} h`;
const why = (it) => [named(it.rule), faint(it.because)];
const releasedBy = (held) => RELEASED_BY[held.releasedBy] ?? words(held.releasedBy);
const waitsFor = (held) => [badge(words(held.reason)), faint(WAITS_FOR[held.reason])];
const releases = (held, now) => [
  held.until ? when(held.until, now) : 'no time is set', faint(releasedBy(held))];

function figure(name, value, level, ...more) {
  return element('div', {}, element('dt', {}, name),
    element('dd', { class: `figure ${level ?? ''}` }, typeof value === 'number' ? value.toLocaleString('en') : value),
    more.filter(Boolean).map((text) => element('dd', { class: 'faint' }, text)));
}

function mode(status) {
  const paused = status.orders.filter((order) => order.kind === 'pause');
  const frozen = status.scopes.filter((scope) => scope.frozen && scope.frozen.cause !== 'ordered').length;
  return [
    badge(status.synchronisation, status.synchronisation === 'acting' ? 'good' : 'warn'),
    paused.length > 0 ? badge(paused.some((order) => !order.scope) ? 'paused everywhere' : 'paused in part', 'warn') : '',
    frozen > 0 ? badge(`frozen: ${count(frozen, 'scope')}`, 'warn') : '',
    status.alertsCount > 0 ? badge(count(status.alertsCount, 'alert'), 'bad') : '',
    status.database ? badge('the database fails', 'bad') : ''].filter(Boolean);
}

function syncFigure(name, loop, now) {
  const last = loop.last;
  return figure(name, last ? relative(last.endedAt, now) : 'none yet', loop.missedDeadline ? 'bad' : '',
    last && `ended ${absolute(last.endedAt)}`,
    loop.missedDeadline ? `missed its deadline of ${absolute(loop.missedDeadline)}`
      : loop.due && `${Date.parse(loop.due) < Date.parse(now) ? 'was' : 'next'} due ${relative(loop.due, now)}`,
    loop.overrun && `takes longer than its ${lasting(loop.intervalSeconds)}`);
}

function showFleet(status) {
  const now = status.asOf;
  const full = status.cycles.full;
  const last = full.last;
  const live = status.scopes.reduce((all, scope) => all + scope.liveSessions, 0);
  const waiting = Object.entries(status.held);
  byId('as-of').textContent = `As of ${absolute(now)}`;
  replaced(byId('mode'), mode(status));
  byId('replica').textContent = `This is what one process knows${
    status.startedAt ? `, whose loops were started ${absolute(status.startedAt)}` : ''}. Other replicas tell theirs: ${
    count(status.scopesElsewhere, 'scope is', 'scopes are')} looked after elsewhere.`;
  const outOfStep = last && last.checked - last.inStep - last.unknown;
  replaced(byId('figures'),
    figure('Mode', status.synchronisation, '', status.database && `the database fails: ${status.database.why}`),
    syncFigure('Last quick sync', status.cycles.quick, now), syncFigure('Last full sync', full, now),
    last ? [figure('VMs checked', last.checked, '', 'by the last full sync'),
      figure('In step', last.inStep, ''),
      figure('Out of step', outOfStep, outOfStep > 0 ? 'warn' : '', `${last.corrected} corrected, ${last.held} held`),
      figure('Unknown', last.unknown, last.unknown > 0 ? 'warn' : '', 'the cloud said nothing of them')] : [],
    figure('Live sessions', live, '', status.scopesCount > status.scopes.length && `in the ${status.scopes.length} scopes shown`,
      status.oldestUnverified && `longest unverified: ${status.oldestUnverified.session}, ${lasting(status.oldestUnverified.seconds)}`),
    figure('Held', waiting.reduce((all, [, number]) => all + number, 0), '',
      waiting.map(([reason, number]) => `${number.toLocaleString('en')} ${words(reason)}`).join(', ')),
    figure('Billing to deliver', status.billing.elsewhere ? 'elsewhere' : status.billing.waiting,
      status.billing.parkedCount > 0 ? 'bad' : '', status.billing.parkedCount > 0 && `${status.billing.parkedCount} cannot be delivered`,
      status.billing.waitingSince && `the oldest waits since ${absolute(status.billing.waitingSince)}`),
    status.badRowsCount > 0 ? figure('Rows of no use', status.badRowsCount, 'bad', status.badRows[0]) : []);
  byId('scopes').caption.textContent = status.scopesCount > status.scopes.length
    ? `The first ${status.scopes.length} of ${status.scopesCount} scopes` : 'Scopes: what one credential reads at one go';
}

function scopeState(scope, now) {
  const told = [];
  if (scope.frozen) {
    const ordered = scope.frozen.cause === 'ordered';
    told.push(element('div', {}, badge(ordered ? 'paused' : 'frozen', 'warn'), ` ${relative(scope.frozen.since, now)}`,
      faint(scope.frozen.why)));
  }
  if (scope.unreadable) {
    told.push(element('div', {}, badge('unreadable', 'bad'), ` ${words(scope.unreadable.cause)}, ${
      count(scope.unreadable.times, 'time')} in a row, ${relative(scope.unreadable.since, now)}`, faint(scope.unreadable.detail)));
  }
  if (scope.brake) {
    told.push(element('div', {}, badge('brake', 'bad'), ` holds ${count(scope.brake.count, 'VM')}, ${relative(scope.brake.since, now)}`,
      faint(scope.brake.some.join(', '))));
  }
  return told.length > 0 ? told : badge('readable', 'good');
}

function showScopes(status, ordersOf) {
  rows(byId('scopes'), status.scopes.map((scope) => [
    named(scope.scope), scope.liveSessions.toLocaleString('en'), scopeState(scope, status.asOf), when(scope.wholeAt, status.asOf),
    lines(...Object.entries(scope.quotaLeft).map(([limit, left]) => `${left.toLocaleString('en')} ${limit}`)), ordersOf(scope)]),
  'This process looks after no scope yet.');
}

function showOrders(status, ordersOf) {
  rows(byId('orders'), status.orders.map((order) => [
    [badge(order.kind, 'warn'), faint(order.id)], order.vm ? ['VM ', named(order.vm)] : order.scope ? named(order.scope) : 'everywhere',
    when(order.from, status.asOf), order.until ? when(order.until, status.asOf) : 'it is withdrawn', order.reason, ordersOf(order)]),
  'No order is in force.');
}

function showAlerts(status) {
  rows(byId('alerts-table'), status.alerts.map((alert) => [
    badge(alert.level, LEVELS[alert.level]), alert.text, when(alert.since, status.asOf), alert.endsWhen]), 'No alert stands.');
}

function showRecent(status) {
  rows(byId('recent-table'), status.recent.map((done) => [
    when(done.at, status.asOf), named(done.vm), sessionLink(done.session, 'recent'), why(done), listed(done.effects), named(done.scope)]),
  'This process has corrected nothing yet.');
}

function showHeld(page, ordersOf) {
  rows(byId('held-table'), page.held.map((held) => [
    named(held.vm), sessionLink(held.session, 'held'), when(held.since, page.asOf), why(held), waitsFor(held),
    releases(held, page.asOf), named(held.scope), ordersOf(held)]),
  page.like ? 'Nothing that waits contains this.' : 'Nothing waits.');
}

function showFindings(page, ordersOf) {
  replaced(byId('costs'),
    figure('In all', hours(page.hours), page.count > 0 ? 'warn' : '', count(page.count, 'finding')),
    Object.entries(page.byKind).map(([kind, of]) => figure(words(kind), hours(of.hours), '', count(of.count, 'finding'))));
  rows(byId('findings-table'), page.findings.map((finding) => [
    badge(words(finding.kind), 'warn'), named(finding.vm), sessionLink(finding.session, 'findings'), when(finding.since, page.asOf),
    hours(finding.hours), finding.text, named(finding.scope), ordersOf(finding)]),
  page.like ? 'No finding contains this.' : 'Nothing costs or endangers money.');
}

const gap = (one) => `${absolute(one.from)} to ${one.to ? absolute(one.to) : 'now, and on'}`;

/** Whether a bill is closed, who asked for it, and a machine that was seen off before its gap is known. */
function billState(bill) {
  return lines(bill.stopped ? 'closed' : 'open', bill.asked && 'the host has asked for the gaps as they are',
    bill.lapse && `ran until ${absolute(bill.lapse.ranUntil)}, seen off ${absolute(bill.lapse.offAt)}`);
}

function showBill(page) {
  byId('bill-note').textContent = `Sessions with times that are not billed: ${count(page.count, 'open bill')} as of ${
    absolute(page.asOf)}. Read from the database, at most once a minute.`;
  rows(byId('bill-table'), page.bills.map((bill) => [
    sessionLink(bill.session, 'bill'), named(bill.vm), lines(...bill.gaps.map(gap)), lasting(bill.unbilledSeconds), billState(bill)]),
  page.like ? 'No open bill with a gap contains this.' : 'No open bill has a gap.');
}

function moment(record) {
  return element('li', { class: record.effects.length > 0 ? 'changed' : false },
    element('p', {}, element('time', { datetime: record.at }, absolute(record.at)), ' ', named(record.rule), ' ',
      record.mode === 'act' ? '' : badge(`only ${record.mode}`)),
    element('p', {}, record.because),
    faint(`Believed ${record.believed}${record.sessionStatus ? `, session ${record.sessionStatus}` : ''}; ${
      words(record.readKind)} read of ${absolute(record.sentAt)} said ${record.observed}${
      record.requestId ? `, cloud request ${record.requestId}` : ''}`),
    listed(record.effects),
    record.held ? element('p', {}, 'Held: ', waitsFor(record.held),
      faint(`Released ${record.held.until ? `at ${absolute(record.held.until)}, ` : ''}${releasedBy(record.held)}`)) : '');
}

function showAudit(told) {
  const [stands, ...verdicts] = told.explanation.split('\n');
  const records = told.records;
  const shown = told.recordsCount > records.length ? `The newest ${records.length} of ${told.recordsCount} verdicts` : 'Verdicts';
  replaced(byId('audit'), element('p', { class: 'explanation' }, stands),
    element('h3', {}, records.length > 0 ? `${shown}, oldest first` : 'No verdict was ever recorded'),
    element('ol', { class: 'timeline' }, records.map((record) => moment(record))),
    told.bill ? [element('h3', {}, 'Its bill'), element('div', {}, billState(told.bill)),
      told.bill.gaps.length > 0 ? listed(told.bill.gaps.map((one) => `not billed: ${gap(one)}`)) : ''] : '',
    verdicts.length > 0 ? element('details', {}, element('summary', {}, 'The explanation in full'),
      verdicts.map((line) => element('p', {}, line))) : '');
}

function showPreview(told) {
  const table = byId('preview-table');
  table.hidden = false;
  byId('preview-said').textContent = [
    `As of ${absolute(told.endedAt)}: ${count(told.checked, 'VM')} checked, ${told.outOfStepCount.toLocaleString('en')} not in step.`,
    told.skipped && `Skipped: ${told.skipped}.`,
    told.outOfStepCount > told.outOfStep.length && `The first ${told.outOfStep.length} are shown.`,
    ...told.unreadableScopes.map((scope) => `Unreadable: ${scope}.`),
    ...told.problems.map((problem) => `Not usable: ${problem}.`)].filter(Boolean).join(' ');
  rows(table, told.outOfStep.map((one) => [
    named(one.vm), sessionLink(one.session, 'preview'), one.believed, one.found, why(one),
    [listed(one.effects), one.held ? faint(`held: ${one.held}`) : ''], badge(words(one.result))]), 'Both sides agree on everything.');
}
