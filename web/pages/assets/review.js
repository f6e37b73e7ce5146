// 写法核对: rows take keys; after a decision the focus goes to the row that took the place.
const rows = () => [...document.querySelectorAll("[data-review]")];
const bare = e => !e.ctrlKey && !e.metaKey && !e.altKey;
const typing = e => /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName);

document.addEventListener("keydown", e => {
  const here = document.activeElement;
  if (!here || !bare(e) || typing(here)) return;
  const list = rows(), row = here.closest("[data-review]"), step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!list.length) return;
  if (step && (row || here === document.body)) {
    const next = list[row ? list.indexOf(row) + step : 0];
    if (next) { e.preventDefault(); next.focus(); }
    return;
  }
  if (!row || e.key.length > 1) return;
  const b = row.querySelector(`[data-key="${CSS.escape(e.key.toLowerCase())}"]`);
  if (!b) return;
  e.preventDefault();
  if (b.tagName === "SUMMARY") {
    b.parentNode.open = true;
    b.parentNode.querySelector("[name=entry]").focus();
  } else b.click();
});

let at = -1;
document.addEventListener("htmx:beforeRequest", e => {
  if (e.detail.requestConfig.verb !== "post") return;
  const row = e.target.closest("[data-review]");
  at = row ? rows().indexOf(row) : -1;
});
document.addEventListener("htmx:afterSettle", e => {
  if (at < 0 || e.detail.target.id === "entries") return;
  const list = rows(), row = list[Math.min(at, list.length - 1)];
  at = -1;
  if (row) row.focus();
});
