// Orders to vmsync, for those who may give them. Each is asked for in a dialog; the server decides.

const ORDERS = {
  pause: { give: 'Pause', says: 'Nothing is changed there any more; what is found goes on being reported.', reason: true,
    minutes: 'For how many minutes (until it is withdrawn, if empty)' },
  resume: { give: 'Resume', says: 'Pauses end. What was held by them is decided anew.' },
  hold: { give: 'Hold', says: 'This VM keeps every status until the hold is withdrawn; only its billing may pause.', reason: true },
  override: { give: 'Let them past', reason: true,
    says: 'What the brake holds may end, and so may what would be held. Check first that the cloud is right.',
    minutes: 'For how many minutes', mustEnd: true },
  release: { give: 'Withdraw', says: 'The order is withdrawn.' },
};
let wanted;

function orderButton(text, key, order, body, title) {
  return button(text, `order ${key}`, () => openOrder(order, body, title));
}

function fleetOrders() {
  return [
    orderButton('Pause everything…', 'pause all', 'pause', {}, 'Pause everywhere'),
    orderButton('Resume everything…', 'resume all', 'resume', {}, 'Resume everywhere'),
    orderButton('Let endings past the brake…', 'override all', 'override', {}, 'Let endings past the brake, everywhere')];
}

function scopeOrders({ scope, frozen }) {
  if (!status.mayOrder) {
    return '';
  }
  const paused = frozen?.cause === 'ordered';
  return element('div', { class: 'buttons' },
    paused ? orderButton('Resume…', `pause ${scope}`, 'resume', { scope }, `Resume ${scope}`)
      : orderButton('Pause…', `pause ${scope}`, 'pause', { scope }, `Pause ${scope}`),
    orderButton('Override…', `override ${scope}`, 'override', { scope }, `Let endings past the brake in ${scope}`));
}

function heldOrders({ vm, reason }) {
  return status.mayOrder && reason !== 'hold'
    ? orderButton('Hold…', `hold ${vm}`, 'hold', { vm }, `Hold VM ${vm}`) : '';
}

function orderOrders({ id, kind }) {
  return status.mayOrder ? orderButton('Withdraw…', `release ${id}`, 'release', { id }, `Withdraw the ${kind} ${id}`) : '';
}

function openOrder(order, body, title) {
  wanted = { order, body };
  const { give, says, reason, minutes, mustEnd } = ORDERS[order];
  byId('order-title').textContent = title;
  byId('order-says').textContent = says;
  byId('order-give').textContent = give;
  byId('order-reason-part').hidden = !reason;
  byId('order-reason').required = reason === true;
  byId('order-reason').value = '';
  byId('order-minutes-part').hidden = !minutes;
  byId('order-minutes').required = mustEnd === true;
  byId('order-minutes').value = '';
  document.querySelector('label[for="order-minutes"]').textContent = minutes ?? '';
  byId('order-refused').hidden = true;
  byId('order').showModal();
}

function csrf() {
  const token = document.cookie.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='));
  return token ? { 'X-XSRF-TOKEN': decodeURIComponent(token.slice('XSRF-TOKEN='.length)) } : {};
}

async function giveOrder() {
  const { reason, minutes } = ORDERS[wanted.order];
  const body = { ...wanted.body };
  if (reason) {
    body.reason = byId('order-reason').value.trim();
  }
  if (minutes && byId('order-minutes').value !== '') {
    body.minutes = Number(byId('order-minutes').value);
  }
  byId('order-give').disabled = true;
  try {
    await ask(`/${wanted.order}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', ...csrf() }, body: JSON.stringify(body) });
    byId('order').close();
    await refresh();
    say(`${byId('order-title').textContent}: done. It shows once a cycle has begun with it.`);
  } catch (error) {
    byId('order-refused').textContent = inWords(error);
    byId('order-refused').hidden = false;
  } finally {
    byId('order-give').disabled = false;
  }
}

function orderDialog() {
  byId('order-leave').addEventListener('click', () => byId('order').close());
  byId('order-form').addEventListener('submit', (event) => {
    event.preventDefault();
    giveOrder();
  });
}
