// A toast goes after 6 seconds, unless someone is on it. Without script it stays.
const wait = 6000;
const arm = () => document.querySelectorAll("[data-toast]:not([data-armed])").forEach(t => {
  t.dataset.armed = "";
  let timer;
  const start = () => { clearTimeout(timer); timer = setTimeout(() => t.remove(), wait); };
  const stop = () => clearTimeout(timer);
  ["mouseenter", "focusin"].forEach(n => t.addEventListener(n, stop));
  ["mouseleave", "focusout"].forEach(n => t.addEventListener(n, start));
  start();
});
document.addEventListener("htmx:afterSettle", arm);
arm();
