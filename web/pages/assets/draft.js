// 目标编制: weights add up while typing; keys move through the suggestions.
const all = (s, n = document) => [...n.querySelectorAll(s)];

const sums = () => {
  const foot = document.querySelector("[data-sums]");
  if (!foot) return;
  const by = {};
  let total = 0;
  all("[data-w]").forEach(i => {
    const v = parseFloat(i.value.replace("，", ".")) || 0;
    by[i.dataset.w] = (by[i.dataset.w] || 0) + v;
    total += v;
  });
  const text = v => String(Math.round(v * 100) / 100);
  all("[data-sum]", foot).forEach(o => { o.textContent = text(by[o.dataset.sum] || 0); });
  const t = foot.querySelector("[data-total]");
  if (t) t.textContent = text(total);
  const rest = foot.querySelector("[data-rest]");
  if (rest) {
    const gap = Math.round((Number(rest.dataset.full) - total) * 100) / 100;
    rest.textContent = gap === 0 ? "✓" : gap > 0 ? `还差 ${text(gap)}` : `多 ${text(-gap)}`;
  }
};
document.addEventListener("input", e => { if (e.target.matches("[data-w]")) sums(); });

// Suggestion list: arrows choose, Enter adds, E shows the evidence, X dismisses.
document.addEventListener("keydown", e => {
  const s = document.activeElement;
  if (!s || !s.matches || !s.matches(".sug") || e.ctrlKey || e.metaKey || e.altKey) return;
  const list = all(".sug");
  const to = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (to) {
    const next = list[list.indexOf(s) + to];
    if (next) { e.preventDefault(); next.focus(); }
    return;
  }
  const press = q => { const b = s.querySelector(q); if (b) { e.preventDefault(); b.click(); } };
  if (e.key === "Enter") press("[name=add]");
  if (e.key === "x" || e.key === "X") press("[name=skip]");
  if (e.key === "e" || e.key === "E") { const d = s.querySelector("details"); if (d) { e.preventDefault(); d.open = !d.open; } }
});
document.addEventListener("focusin", e => {
  const s = e.target.closest && e.target.closest(".sug");
  all(".sug.on").forEach(o => { if (o !== s) o.classList.remove("on"); });
  if (s) s.classList.add("on");
});

// F6 goes to the next pane.
document.addEventListener("keydown", e => {
  if (e.key !== "F6") return;
  const panes = all(".pane");
  if (!panes.length) return;
  e.preventDefault();
  const i = panes.findIndex(p => p.contains(document.activeElement));
  const next = panes[(i + 1) % panes.length];
  (next.querySelector(".sug") || next.querySelector("input:not([type=hidden]), textarea, select, button, a") || next).focus();
});

// After a swap the focus stays at the same place of the list.
let at = -1;
document.addEventListener("htmx:beforeSwap", () => {
  const s = document.activeElement && document.activeElement.closest(".sug");
  at = s ? all(".sug").indexOf(s) : -1;
});
document.addEventListener("htmx:afterSwap", () => {
  sums();
  if (at < 0) return;
  const list = all(".sug"), s = list[Math.min(at, list.length - 1)];
  at = -1;
  if (s) s.focus();
});
sums();

// Narrow windows show one pane at a time.
const panes = document.querySelector(".panes");
const show = name => {
  panes.dataset.show = name;
  all("[data-pane]", panes).forEach(b => b.setAttribute("aria-selected", b.dataset.pane === name));
};
if (panes) {
  show(panes.dataset.show);
  panes.addEventListener("click", e => { const b = e.target.closest("[data-pane]"); if (b) show(b.dataset.pane); });
  // What is typed into the list goes into the address, so that it survives a reload.
  panes.addEventListener("change", e => {
    if (!e.target.closest(".pane.form")) return;
    history.replaceState(history.state, "", `${location.pathname}?${new URLSearchParams(new FormData(panes))}`);
  });
}
