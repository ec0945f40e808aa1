// Small comforts; every page works without them.
(function () {
  'use strict';
  document.documentElement.classList.add('js');

  // Texts are written in Indonesian; a page in another language brings its own.
  var texts = document.getElementById('texts');
  texts = texts ? JSON.parse(texts.textContent) : {};
  window.gaung = {
    locale: document.documentElement.lang === 'en' ? 'en-GB' : 'id-ID',
    // text puts a text into the page's language; {1}, {2} … stand for the rest.
    text: function (text) {
      var values = Array.prototype.slice.call(arguments, 1);
      return (texts[text] || text).replace(/\{(\d)\}/g, function (_, n) { return values[n - 1]; });
    }
  };

  // Choosing a month or region shows it at once.
  document.querySelectorAll('form[data-autosubmit]').forEach(function (form) {
    form.addEventListener('change', function (event) {
      (event.target.dataset.resets || '').split(' ').filter(Boolean).forEach(function (name) {
        if (form.elements[name]) { form.elements[name].value = ''; }
      });
      form.requestSubmit();
    });
  });

  // What was not chosen does not stand in the address; a month that was chosen
  // takes the place of the days that were.
  document.querySelectorAll('form[data-sparse]').forEach(function (form) {
    form.addEventListener('submit', function () {
      var month = form.elements.month;
      Array.from(form.elements).forEach(function (input) {
        input.disabled = !input.value || month && month.value && (input.name === 'from' || input.name === 'to');
      });
      sessionStorage.setItem('gaung-told', '1');
    });
  });
  window.addEventListener('pageshow', function () {
    // Whoever comes back sees the choices of the page, not those that led away.
    document.querySelectorAll('form[data-sparse]').forEach(function (form) {
      Array.from(form.elements).forEach(function (input) { input.disabled = false; });
      form.reset();
    });
  });
  document.querySelectorAll('.sort, .sorts a').forEach(function (link) {
    link.addEventListener('click', function () { sessionStorage.setItem('gaung-told', '1'); });
  });
  bar(document.querySelector('[data-scope]'), document.querySelector('[data-told]'));

  // The bar stays open where there is room for it, also in browsers that cannot
  // show what is folded; what was chosen is told once the page is there.
  function bar(box, told) {
    if (!box) { return; }
    if (!CSS.supports('selector(::details-content)') && matchMedia('(min-width: 48.01rem)').matches) { box.open = true; }
    if (told && sessionStorage.getItem('gaung-told')) {
      sessionStorage.removeItem('gaung-told');
      setTimeout(function () { told.textContent = told.dataset.told; }, 200);
    }
  }

  document.querySelectorAll('[data-card]').forEach(fill);
  search(document.querySelector('[data-search]'));
  keys();

  // A running pull is followed until it ends; then the page shows its numbers.
  var box = document.querySelector('[data-progress]');
  if (box) {
    follow(box);
  }

  function follow(box) {
    var label = box.querySelector('[data-progress-label]');
    var text = box.querySelector('[data-progress-text]');
    var bar = box.querySelector('progress');
    var wait = 1000;
    function ask() {
      fetch(box.dataset.progress, { headers: { Accept: 'application/json' } })
        .then(function (answer) {
          if (!answer.ok) { throw new Error('status ' + answer.status); }
          return answer.json();
        })
        .then(function (state) {
          if (!state.running) {
            location.reload();
            return;
          }
          label.textContent = state.label;
          text.textContent = state.text;
          if (state.total > 0) {
            bar.max = state.total;
            bar.value = state.done;
          }
          wait = 1000;
          setTimeout(ask, wait);
        })
        .catch(function () {
          // The server may be restarting: ask again, less and less often.
          wait = Math.min(wait * 2, 30000);
          setTimeout(ask, wait);
        });
    }
    setTimeout(ask, wait);
  }

  // A card is the body of another page of ours. It comes after the page it
  // stands on, within its own limit, and fails alone.
  function fill(card) {
    var limit = new AbortController();
    var timer = setTimeout(function () { limit.abort(); }, 20000);
    var before = Array.from(card.childNodes);
    card.setAttribute('aria-busy', 'true');
    card.textContent = gaung.text('Memuat…');
    fetch(card.dataset.card, { signal: limit.signal, headers: { Accept: 'text/html' } })
      .then(function (answer) {
        if (!answer.ok) { throw new Error('status ' + answer.status); }
        return answer.text();
      })
      .then(function (text) {
        var body = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-card-body]');
        if (!body) { throw new Error('no card'); }
        card.replaceChildren(document.importNode(body, true));
        card.setAttribute('data-filled', '');
        card.dispatchEvent(new CustomEvent('gaung:card', { bubbles: true }));
      })
      .catch(function () {
        var words = document.createElement('p');
        words.textContent = gaung.text('Kartu ini belum dapat dimuat; bagian lain halaman tidak terpengaruh.');
        card.replaceChildren(words, ...before);
      })
      .finally(function () {
        clearTimeout(timer);
        card.removeAttribute('aria-busy');
      });
  }

  // The search box filters the tables of its page while one types; the address
  // follows, so that a copied link shows the same.
  function search(form) {
    if (!form) { return; }
    var tables = document.querySelectorAll('table[data-filter]');
    var box = form.querySelector('input[type="search"]');
    var found = document.querySelector('[data-found]');
    if (!tables.length) { return; }
    box.addEventListener('input', filter);
    if (box.value) { filter(); }

    function filter() {
      var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0, all = 0;
      tables.forEach(function (table) {
        table.querySelectorAll('tbody tr[data-opd]').forEach(function (row) {
          var text = (Array.from(row.querySelectorAll('th, .name')).map(function (c) { return c.textContent; }).join(' ') + ' ' + row.dataset.opd).toLowerCase();
          row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
          all++;
          if (!row.hidden) { shown++; }
        });
      });
      if (found) {
        found.textContent = words.length ? gaung.text('{1} dari {2} baris cocok dengan “{3}”.', shown, all, box.value.trim()) : '';
      }
      var address = new URL(location.href);
      if (words.length) { address.searchParams.set('q', box.value.trim()); } else { address.searchParams.delete('q'); }
      history.replaceState(null, '', address);
      keep(words.length ? box.value.trim() : '');
    }
  }

  // The files of the cards are those of the rows that are shown.
  function keep(text) {
    var files = document.getElementById('berkas');
    if (!files) { return; }
    var field = files.querySelector('[name="q"]');
    if (!field) {
      field = document.createElement('input');
      field.type = 'hidden';
      field.name = 'q';
      files.append(field);
    }
    field.value = text;
    field.disabled = !text;
  }

  // "/" goes to the search box, "?" to the method.
  function keys() {
    document.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) { return; }
      var box = document.getElementById('cari');
      var help = document.querySelector('[data-help]');
      if (event.key === '/' && box) {
        event.preventDefault();
        box.focus();
        box.select();
        // Some keyboards on screens send the character apart from its key.
        var refuse = function (input) { if (input.data === '/') { input.preventDefault(); } };
        box.addEventListener('beforeinput', refuse);
        document.addEventListener('keyup', function () { box.removeEventListener('beforeinput', refuse); }, { once: true });
      } else if (event.key === '?' && help) {
        event.preventDefault();
        help.click();
      }
    });
  }
})();
