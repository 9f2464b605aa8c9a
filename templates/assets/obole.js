// Comfort only: every page works without this file.

const intlTag = document.documentElement.dataset.intl;

/** "20 €": whole amounts lose their decimals, as on the server. */
function formatCents(cents) {
  const digits = cents % 100 === 0 ? 0 : 2;
  const options = {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  return new Intl.NumberFormat(intlTag, options).format(cents / 100).replace(/\u00a0/g, '\u202f');
}

/** What a person types: "35", "12,5", "1 234.50". NaN for anything else, as on the server. */
function parseTyped(text) {
  const match = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s€]/g, ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : NaN;
}

function enhanceGiftForm(form) {
  const button = form.querySelector('button[data-template]');
  const other = form.querySelector('#amount-other');
  const typed = form.querySelector('#otherAmount');
  const tax = form.querySelector('[data-tax]');
  const example = tax?.textContent;
  const recap = form.querySelector('#recap');
  const typedTip = form.querySelector('#otherTip');

  const often = () => form.querySelector('input[name=frequency]:checked');

  function chosenCents() {
    const value = form.querySelector('input[name=amount]:checked')?.value;
    return value === 'other' ? parseTyped(typed.value) : Number(value);
  }

  /** An empty line is no contribution; what is no amount is NaN. */
  function tipCents() {
    if (often() && often().value !== 'once') return 0;
    const value = form.querySelector('input[name=tip]:checked')?.value ?? '0';
    if (value !== 'other') return Number(value);
    return typedTip.value.trim() === '' ? 0 : parseTyped(typedTip.value);
  }

  function showRecap(cents, tip) {
    if (!recap) return;
    const parts = { gift: cents, tip, total: cents + tip };
    recap.hidden = !(cents > 0 && tip >= 0);
    for (const [part, value] of Object.entries(parts))
      recap.querySelector(`[data-recap=${part}]`).textContent = formatCents(value);
  }

  function show() {
    const cents = chosenCents();
    const known = cents > 0;
    const tip = tipCents();
    const template = tip > 0 ? button.dataset.total : (often()?.dataset.submit ?? button.dataset.template);
    button.textContent =
      known && tip >= 0 ? template.replace('{amount}', formatCents(cents + tip)) : button.dataset.plain;
    showRecap(cents, tip);
    if (!tax) return;
    const after = cents - Math.round((cents * Number(tax.dataset.rate)) / 100);
    tax.textContent = known
      ? tax.dataset.tax.replace('{amount}', formatCents(cents)).replace('{after}', formatCents(after))
      : example;
  }

  form.addEventListener('change', (event) => {
    if (event.target.name === 'amount' && event.target !== other && typed) typed.value = '';
    if (event.target.name === 'tip' && event.target.value !== 'other') typedTip.value = '';
    show();
  });
  typedTip?.addEventListener('input', () => {
    form.querySelector('#tip-other').checked = true;
    show();
  });
  typed?.addEventListener('input', () => {
    other.checked = true;
    show();
  });
  if (typed) openKeyboardOnTouch(other, typed, show);
  // Only now has a browser that comes back filled the form in again.
  window.addEventListener('pageshow', show);
  show();
}

/** A finger on « Autre montant » wants the keyboard; the arrow keys of the radio group do not. */
function openKeyboardOnTouch(other, typed, show) {
  const tile = other.closest('.tile');
  let pointed = false;
  tile.addEventListener('pointerdown', () => (pointed = true));
  tile.addEventListener('click', () => {
    if (!pointed) return;
    other.checked = true;
    typed.focus();
    show();
    // The label clicks its radio once more, in this same turn.
    setTimeout(() => (pointed = false));
  });
}

/** A second click would only be answered like the first, but a donor should see that the first was heard. */
function announceSending(form) {
  const button = form.querySelector('button[data-sending]');
  if (!button) return;
  let label;
  form.addEventListener('submit', (event) => {
    if (button.getAttribute('aria-disabled') === 'true') return event.preventDefault();
    label = button.textContent;
    button.setAttribute('aria-disabled', 'true');
    button.textContent = button.dataset.sending;
  });
  // Back from the payment page, the browser shows the page as it was left.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted || label === undefined) return;
    button.removeAttribute('aria-disabled');
    button.textContent = label;
  });
}

/** Asks for the state, ever less often, and reloads once when it has changed. */
function pollStatus(element) {
  let delay = 1500;
  async function ask() {
    try {
      const answer = await fetch(element.dataset.poll, {
        headers: { accept: 'application/json' },
        cache: 'no-store',
      });
      if (answer.ok) {
        const { state, receipt } = await answer.json();
        if ([state, receipt].filter(Boolean).join(' ') !== element.dataset.seen) return location.reload();
      }
    } catch {
      // Offline for a moment: ask again.
    }
    delay = Math.min(delay * 1.4, 60000);
    setTimeout(ask, delay);
  }
  setTimeout(ask, delay);
}

/** As tall as its mail: no scrolling inside of scrolling. */
function fitFrame(frame) {
  function fit() {
    frame.style.height = '0';
    frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 2}px`;
  }
  frame.addEventListener('load', fit);
  window.addEventListener('resize', fit);
  fit();
}

document.querySelector('#error-summary, #notice')?.focus();
document.querySelectorAll('form').forEach(announceSending);
document.querySelectorAll('form.gift').forEach(enhanceGiftForm);
document.querySelectorAll('[data-poll]').forEach(pollStatus);
document.querySelectorAll('.mail-frame').forEach(fitFrame);
