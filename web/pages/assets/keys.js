// Keys and rows: "/" to search, Esc to close, buttons that open a row.
const one = (s, n = document) => n.querySelector(s);
const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) || document.activeElement.isContentEditable;

document.addEventListener("click", e => {
  const b = e.target.closest("[data-do=row]");
  if (!b) return;
  const row = document.getElementById(b.getAttribute("aria-controls"));
  const open = b.getAttribute("aria-expanded") !== "true";
  b.setAttribute("aria-expanded", open);
  row.classList.toggle("open", open);
});

document.addEventListener("click", e => {
  if (e.target.closest("[data-do=print]")) window.print();
});

document.addEventListener("click", e => {
  const b = e.target.closest("[data-do=close]"), d = b && b.closest("details");
  if (d) { d.open = false; one("summary", d).focus(); }
});
// a question puts the focus on its safe answer
document.addEventListener("toggle", e => { if (e.target.matches("details.ask[open]")) one("[data-do=close]", e.target).focus(); }, true);

document.addEventListener("keydown", e => {
  if (e.key === "/" && !typing() && !e.ctrlKey && !e.metaKey && !e.altKey) {
    const f = one("[data-find]");
    if (f) { e.preventDefault(); f.focus(); f.select(); return; }
    const link = one(".nav-find");
    if (link) { e.preventDefault(); link.click(); }
  }
  if (e.key !== "Escape") return;
  // the topmost open thing: evidence, then the menu, then the search text
  const d = document.activeElement.closest("details[open]:not(.facets, .rv-list)");
  if (d) { d.open = false; one("summary", d).focus(); return; }
  const row = document.activeElement.closest("tr.det.open");
  if (row) { const b = one(`[aria-controls="${row.id}"]`); b.click(); b.focus(); return; }
  if (location.hash === "#nav") { location.hash = "#main"; return; }
  if (document.activeElement.matches("[data-find]")) document.activeElement.blur();
});

// Facets are folded on a phone; without script they are open.
const fold = () => { if (innerWidth < 820) document.querySelectorAll("details.facets").forEach(d => { d.open = false; }); };
fold();
document.addEventListener("htmx:afterSwap", fold);

// A slow answer shows the ring and marks what is being replaced.
document.addEventListener("htmx:beforeRequest", e => { const t = e.detail.target; if (t && t.setAttribute) t.setAttribute("aria-busy", "true"); });
document.addEventListener("htmx:afterRequest", e => { const t = e.detail.target; if (t && t.removeAttribute) t.removeAttribute("aria-busy"); });
// Errors carry a page fragment that says what to do: show it in place.
document.addEventListener("htmx:beforeSwap", e => { if (e.detail.xhr.status >= 400 && e.detail.xhr.status < 500) { e.detail.shouldSwap = true; e.detail.isError = false; } });
document.addEventListener("htmx:sendError", () => { const s = one("#offline"); if (s) s.hidden = false; });

// A select that filters submits its form at once.
document.addEventListener("change", e => { if (e.target.matches("[data-submit]")) e.target.form.requestSubmit(); });
