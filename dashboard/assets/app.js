// Small comforts; every page works without them.
(function () {
  'use strict';
  document.documentElement.classList.add('js');

  // Choosing a month or region shows it at once.
  document.querySelectorAll('form[data-autosubmit]').forEach(function (form) {
    form.addEventListener('change', function () { form.requestSubmit(); });
  });

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
})();
