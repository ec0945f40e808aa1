// Turns the slides of the wall, keeps its clock, and fetches new figures. The
// last figures stay when the network goes, marked as old.
(function () {
  'use strict';
  var board = document.querySelector('[data-board]');
  if (!board) { return; }

  var turnEvery = 12000;
  var refreshEvery = 60000;
  var current = 0;
  var paused = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  var pause = board.querySelector('[data-pause]');
  var stale = board.querySelector('[data-stale]');
  // The server's clock counts: that of a wall screen is often wrong.
  var ahead = Number(board.dataset.now) - Date.now();
  var timer = null;

  function slides() { return board.querySelectorAll('[data-slide]'); }

  function show(n) {
    var all = slides();
    current = (n + all.length) % all.length;
    all.forEach(function (slide, i) { slide.toggleAttribute('data-current', i === current); });
    board.querySelector('[data-position]').textContent = gaung.text('{1} dari {2}', current + 1, all.length);
  }

  function schedule() {
    clearInterval(timer);
    timer = paused ? null : setInterval(function () { show(current + 1); }, turnEvery);
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = gaung.text(paused ? 'Lanjutkan' : 'Jeda');
  }

  // Whoever turns a slide by hand gets the whole time to read it.
  function turn(by) {
    show(current + by);
    schedule();
  }

  function toggle() {
    paused = !paused;
    schedule();
  }

  function fullScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else if (document.documentElement.requestFullscreen) {
      document.documentElement.requestFullscreen().catch(function () {});
    }
  }

  function time(at, format) {
    return new Intl.DateTimeFormat(gaung.locale, Object.assign({ timeZone: board.dataset.zone }, format)).format(at);
  }

  function tick() {
    var now = new Date(Date.now() + ahead);
    var clock = board.querySelector('[data-clock]');
    clock.hidden = false;
    // Only Indonesian knows the short names of the zones.
    var zone = board.dataset.zoneLabel;
    clock.textContent = time(now, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZoneName: zone ? undefined : 'short' }) + (zone ? ' ' + zone : '');
  }

  var freshAt = new Date(Date.now() + ahead);

  function refresh() {
    fetch(location.href, { headers: { Accept: 'text/html' } })
      .then(function (answer) {
        if (!answer.ok) { throw new Error('status ' + answer.status); }
        return answer.text();
      })
      .then(function (text) {
        var next = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-board]');
        if (!next) { throw new Error('no board'); }
        board.querySelector('[data-slides]').replaceWith(document.importNode(next.querySelector('[data-slides]'), true));
        board.querySelector('[data-fresh]').textContent = next.querySelector('[data-fresh]').textContent;
        ahead = Number(next.dataset.now) - Date.now();
        freshAt = new Date(Date.now() + ahead);
        stale.textContent = '';
        show(current);
      })
      .catch(function () {
        stale.textContent = gaung.text('Data lama: jaringan terputus, angka dari pukul {1}', time(freshAt, { hour: '2-digit', minute: '2-digit' }));
      });
  }

  board.querySelector('[data-previous]').addEventListener('click', function () { turn(-1); });
  board.querySelector('[data-next]').addEventListener('click', function () { turn(1); });
  board.querySelector('[data-full]').addEventListener('click', fullScreen);
  pause.addEventListener('click', toggle);
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) { return; }
    switch (event.key) {
      case 'ArrowRight': case 'PageDown': turn(1); break;
      case 'ArrowLeft': case 'PageUp': turn(-1); break;
      case 'Home': turn(-current); break;
      case ' ':
        // On a button the space bar presses that button.
        if (event.target.closest('button, a')) { return; }
        toggle();
        break;
      case 'f': fullScreen(); break;
      default: return;
    }
    event.preventDefault();
  });
  window.addEventListener('offline', refresh);
  window.addEventListener('online', refresh);

  board.querySelector('[data-controls]').hidden = false;
  show(0);
  schedule();
  tick();
  setInterval(tick, 1000);
  setInterval(refresh, refreshEvery);
})();
