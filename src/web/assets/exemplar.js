// Pages work without this; with it they do some things better.
import { initAll } from '/assets/nhsuk/nhsuk-frontend.min.js';

/** A receipt's page follows the queue's work as it happens. */
function followReceipt(place) {
  const source = new EventSource(place.dataset.events);
  const bar = place.querySelector('progress');
  const words = place.querySelector('[data-words]');
  source.addEventListener('receipt', ({ data }) => {
    const { state, progress } = JSON.parse(data);
    // A job that cannot know how much there is says so by a total of 0.
    if (progress?.total === 0) {
      bar.removeAttribute('value');
      words.textContent = progress.words;
    } else if (progress) {
      bar.max = progress.total;
      bar.value = progress.done;
      words.textContent = `${progress.done} of ${progress.total}: ${progress.words}`;
    }
    if (state === 'done' || state === 'failed') {
      source.close();
      location.replace(location.pathname);
    }
  });
}

/** An upload shows how far it is, and lands where it would have landed without this. */
function showUpload(form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const bar = form.querySelector('progress');
    const words = form.querySelector('[data-words]');
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.hidden = false;
      bar.max = total;
      bar.value = loaded;
      words.textContent = `${Math.round((loaded * 100) / total)}% uploaded`;
    });
    request.addEventListener('load', () => {
      // What it led to is here already, with what it says once: asking for it again would lose that.
      const landed = new URL(request.responseURL).pathname !== new URL(form.action).pathname;
      if (landed) history.replaceState(null, '', request.responseURL);
      document.documentElement.innerHTML = new DOMParser().parseFromString(
        request.responseText,
        'text/html',
      ).documentElement.innerHTML;
      // The page's own script that says so does not run when markup is put in its place.
      document.body.classList.add('js-enabled', 'nhsuk-frontend-supported');
      document.getElementById('maincontent')?.scrollIntoView();
      prepare();
    });
    request.addEventListener('error', () => {
      words.textContent = 'The upload was cut off. Nothing was stored: choose the file and upload it again.';
    });
    request.open('POST', form.action);
    request.send(new FormData(form));
  });
}

function prepare() {
  initAll();
  for (const place of document.querySelectorAll('[data-events]')) followReceipt(place);
  for (const form of document.querySelectorAll('form[data-upload]')) showUpload(form);
}

prepare();
